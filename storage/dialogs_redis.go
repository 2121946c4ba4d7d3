package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"khoinghiep/bot"
)

// RedisDialogs keeps dialogs in Redis while they run; the table follows (see Run) and is the truth after a loss.
//
// A turn without effect is a load and a swap, no SQL. A turn with an effect first freezes the value in Redis, so that no
// turn without effect can pass it by while its transaction runs; the transaction holds the lock on the dialog's row.
// Whoever finds a value frozen, missing, or written in an earlier life of Redis waits for that lock and then decides
// from both places which value is the newer one (adopt). Every adoption starts a new epoch, so that whatever an
// interrupted process still writes is recognised as old.
type RedisDialogs struct {
	store   *Store
	rdb     *redis.Client
	shared  *redis.AutoPipeliner // sends what many turns ask for at one moment in one round trip; go-redis 9.23 calls it experimental
	life    life
	owner   string
	drain   drain
	atPoint func(point string) error // only in tests
}

// errTakenOut lets a test take the freeze out, to show what it is for.
var errTakenOut = errors.New("taken out")

// reach is a weak moment of a turn, where tests stop it or fail it.
func (s *RedisDialogs) reach(point string) error {
	if s.atPoint == nil {
		return nil
	}
	return s.atPoint(point)
}

const (
	keyPrefix = "khoinghiep:dialog:"
	keyDirty  = "khoinghiep:dirty"  // sorted set: address by Revision.score, due for draining
	keyUnsent = "khoinghiep:unsent" // sorted set: address by the time at which its replies may be taken over

	keptInRedis = 48 * time.Hour // after a person's last turn; afterwards the table alone has it
	frozenMost  = 15 * time.Second

	redisTimeout = 3 * time.Second // for a command, with what it waits for
)

// NewRedisDialogs keeps the dialogs of store in the Redis server at url (redis://…). owner names this process.
func NewRedisDialogs(store *Store, url, owner string) (*RedisDialogs, error) {
	o, err := redis.ParseURL(url)
	if err != nil {
		return nil, errors.New("open Redis: the address is not of the form redis://HOST:PORT/NUMBER")
	}
	o.DialTimeout, o.ReadTimeout, o.WriteTimeout = 2*time.Second, redisTimeout, redisTimeout
	o.ContextTimeoutEnabled = true
	o.PoolSize = 32
	o.Protocol = 2    // 3 looks for pushed messages before every command, which we never ask for
	o.MaxRetries = -1 // none: whoever asks tries again itself, and tells people meanwhile
	rdb := redis.NewClient(o)
	shared, err := rdb.AsyncAutoPipeline()
	if err != nil {
		return nil, fmt.Errorf("open Redis: %w", err)
	}
	s := &RedisDialogs{store: store, rdb: rdb, shared: shared, life: life{rdb: rdb}, owner: owner}
	s.drain.clear(time.Now())
	return s, nil
}

// AddHook has h see every command sent to Redis, for counting.
func (s *RedisDialogs) AddHook(h redis.Hook) { s.rdb.AddHook(h) }

// Close lets go of the connections.
func (s *RedisDialogs) Close() error { return s.rdb.Close() }

// Ping asks Redis for an answer.
func (s *RedisDialogs) Ping(ctx context.Context) error {
	if err := s.rdb.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ask Redis: %w", err)
	}
	return nil
}

// Load returns the dialog at a; an empty one when there is none yet.
func (s *RedisDialogs) Load(ctx context.Context, a bot.Address) (*Dialog, error) {
	srv, err := s.life.server(ctx)
	if err != nil {
		return nil, err
	}
	d, err := s.get(ctx, a)
	if err != nil {
		return nil, err
	}
	if d.stored.live(srv) {
		return d, nil
	}
	return s.adopt(ctx, srv, a)
}

// Save replaces what d was loaded from, and gives d its new revision. It fails with ErrChanged when somebody else did so
// before. It refuses when the table has not followed for too long (ErrLag). After any error d must be loaded again.
func (s *RedisDialogs) Save(ctx context.Context, d *Dialog) error {
	if err := s.drain.check(time.Now()); err != nil {
		return err
	}
	srv, err := s.lifeOf(ctx, d)
	if err != nil {
		return err
	}
	d.Revision = d.Revision.next()
	return s.swapIn(ctx, srv, d)
}

// Commit does what Save does, together with the effect, in one transaction. When its outcome is not known, the dialog
// stays frozen until the next Load finds it out.
func (s *RedisDialogs) Commit(ctx context.Context, d *Dialog, effect Effect) error {
	srv, err := s.lifeOf(ctx, d)
	if err != nil {
		return err
	}
	err = s.store.InTx(ctx, func(tx *Tx) error { return s.freezeAndRun(ctx, srv, tx, d, effect) })
	if err != nil {
		return err
	}
	if err := s.reach("committed"); err != nil {
		return err
	}
	if err := s.swapIn(ctx, srv, d); !errors.Is(err, ErrChanged) {
		return err
	}
	return nil // somebody found it frozen and adopted what we committed
}

// lifeOf returns the life of Redis in which d was loaded. A later one may have started from an old snapshot, where the value
// that d was loaded from stands again though the table has a newer one: ErrChanged then has d loaded anew.
func (s *RedisDialogs) lifeOf(ctx context.Context, d *Dialog) (*server, error) {
	srv, err := s.life.server(ctx)
	if err == nil && d.stored.Run != srv.run {
		err = ErrChanged
	}
	return srv, err
}

func (s *RedisDialogs) freezeAndRun(ctx context.Context, srv *server, tx *Tx, d *Dialog, effect Effect) error {
	if _, err := s.store.lockDialog(ctx, tx, d.Address); err != nil {
		return err
	}
	if err := s.freeze(ctx, srv, d); err != nil && !errors.Is(err, errTakenOut) {
		return err
	}
	if err := s.reach("frozen"); err != nil {
		return err
	}
	if err := effect(ctx, tx); err != nil {
		return err
	}
	d.Revision = d.Revision.next()
	if err := writeDialog(ctx, tx, d); err != nil {
		return err
	}
	return s.reach("written")
}

// freeze marks the value that d was loaded from, as it is, as being decided by a transaction.
func (s *RedisDialogs) freeze(ctx context.Context, srv *server, d *Dialog) error {
	if err := s.reach("freeze"); err != nil {
		return err
	}
	frozen := d.stored
	frozen.Frozen = fmt.Sprintf("%s@%d", s.owner, time.Now().UnixMilli())
	return s.swap(ctx, srv, d, frozen, d.state)
}

// swapIn puts d, as it is now, in the place of the value it was loaded from.
func (s *RedisDialogs) swapIn(ctx context.Context, srv *server, d *Dialog) error {
	state, err := d.encode()
	if err != nil {
		return err
	}
	return s.swap(ctx, srv, d, header{srv.run, d.Revision, unfrozen}, state)
}

func (s *RedisDialogs) swap(ctx context.Context, srv *server, d *Dialog, head header, state []byte) error {
	name := d.Address.String()
	swap := redis.NewCmd(ctx, "evalsha", srv.swap.Hash(), 3, keyPrefix+name, keyDirty, keyUnsent,
		d.stored.String(), slices.Concat([]byte(head.String()), state), int(keptInRedis.Seconds()), name, head.Revision.score(), d.Outbox.dueAt())
	err := s.ask(ctx, swap)
	switch {
	case s.life.ended(srv, err):
		return ErrChanged
	case err != nil:
		return fmt.Errorf("swap dialog in Redis: %w", err)
	case swap.Val() == int64(0):
		return ErrChanged
	}
	d.stored, d.state = head, state
	return nil
}

func (s *RedisDialogs) get(ctx context.Context, a bot.Address) (*Dialog, error) {
	get := redis.NewStringCmd(ctx, "get", keyPrefix+a.String())
	if err := s.ask(ctx, get); err != nil && !errors.Is(err, redis.Nil) {
		return nil, fmt.Errorf("load dialog from Redis: %w", err)
	}
	return parseValue(a, get.Val())
}

// ask has Redis do a command together with those of other turns. It gives up when ctx is done, or after redisTimeout; the
// command may be done all the same, then or later. Its result is there only without an error of ctx.
func (s *RedisDialogs) ask(ctx context.Context, command redis.Cmder) error {
	ctx, cancel := context.WithTimeout(ctx, redisTimeout)
	defer cancel()
	return s.shared.Submit(ctx, command).WaitContext(ctx)
}

// newerThan is the dialog of the row, to be put in the place of old in Redis.
func (r dialogRow) newerThan(old *Dialog) (*Dialog, error) {
	d, err := r.dialog(old.Address)
	if err != nil {
		return nil, err
	}
	d.stored = old.stored
	return d, nil
}

// adopt brings a dialog back that Redis lost, has in an old version, or holds frozen: under the lock on its row, the
// newer of both values is installed in both places as the first of a new epoch.
func (s *RedisDialogs) adopt(ctx context.Context, srv *server, a bot.Address) (d *Dialog, err error) {
	err = s.store.InTx(ctx, func(tx *Tx) error {
		row, err := s.store.lockDialog(ctx, tx, a)
		if err != nil {
			return err
		}
		if d, err = s.get(ctx, a); err != nil {
			return err
		}
		if d.stored.live(srv) {
			return nil // somebody else adopted it while we waited for the lock
		}
		if d.Revision.Less(row.revision()) {
			if d, err = row.newerThan(d); err != nil {
				return err
			}
		}
		d.Revision.Epoch++
		if err := writeDialog(ctx, tx, d); err != nil {
			return err
		}
		return s.swapIn(ctx, srv, d)
	})
	if err != nil {
		return nil, fmt.Errorf("recover dialog: %w", err)
	}
	return d, nil
}

// Unsent lists dialogs with replies that anybody may send now: those Redis knows, and those that were committed to the
// table by a process that died before it told Redis.
func (s *RedisDialogs) Unsent(ctx context.Context, now time.Time) ([]bot.Address, error) {
	names, err := s.rdb.ZRangeArgs(ctx, redis.ZRangeArgs{Key: keyUnsent, ByScore: true, Start: "-inf", Stop: millis(now), Count: 1000}).Result()
	if err != nil {
		return nil, fmt.Errorf("find unsent replies: %w", err)
	}
	due, err := unsentInTable(ctx, s.store, now)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if a, ok := parseAddress(name); ok {
			due = append(due, a)
		}
	}
	return due, nil
}
