package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"khoinghiep/bot"
)

// ErrLag means that the table has not followed Redis for so long that losing Redis now would cost more than was promised.
var ErrLag = errors.New("dialogs have not reached the database for too long")

const (
	drainEvery = time.Second
	drainBatch = 500
	lagMost    = 5 * time.Second
)

// drain knows how far the table is behind Redis.
type drain struct{ clearedAt atomic.Int64 } // start of the last complete pass, Unix milliseconds

func (d *drain) clear(at time.Time) { d.clearedAt.Store(at.UnixMilli()) }

func (d *drain) lag(now time.Time) time.Duration {
	return time.Duration(now.UnixMilli()-d.clearedAt.Load()) * time.Millisecond
}

func (d *drain) check(now time.Time) error {
	if lag := d.lag(now); lag > lagMost {
		return fmt.Errorf("%w: %s", ErrLag, lag.Round(time.Second))
	}
	return nil
}

// Lag is the age of the oldest change that may be in Redis only.
func (s *RedisDialogs) Lag() time.Duration { return s.drain.lag(time.Now()) }

// Run brings changed dialogs from Redis to the table about every second until ctx is done, and once more then.
func (s *RedisDialogs) Run(ctx context.Context) {
	tick := time.NewTicker(drainEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		pass, cancel := context.WithTimeout(context.WithoutCancel(ctx), lagMost)
		if err := s.Drain(pass); err != nil {
			slog.Warn("dialogs do not reach the database", "lag", s.Lag(), "error", err)
		}
		cancel()
	}
}

// Drain writes every dialog that changed in Redis to the table. Any replica may drain any dialog: an older value never
// replaces a newer one.
func (s *RedisDialogs) Drain(ctx context.Context) error {
	start := time.Now()
	due, err := s.rdb.ZRangeWithScores(ctx, keyDirty, 0, -1).Result()
	if err != nil {
		return fmt.Errorf("list changed dialogs: %w", err)
	}
	slices.SortFunc(due, func(a, b redis.Z) int { return strings.Compare(a.Member.(string), b.Member.(string)) }) // one order of locks for all replicas
	for batch := range slices.Chunk(due, drainBatch) {
		if err := s.drainBatch(ctx, batch); err != nil {
			return err
		}
	}
	s.drain.clear(start)
	return nil
}

func (s *RedisDialogs) drainBatch(ctx context.Context, batch []redis.Z) error {
	srv, err := s.life.server(ctx)
	if err != nil {
		return err
	}
	values, err := s.rdb.MGet(ctx, dialogKeys(batch)...).Result()
	if err != nil {
		return fmt.Errorf("read changed dialogs: %w", err)
	}
	if err := s.reach("drain"); err != nil {
		return err
	}
	done := make([]redis.Z, 0, len(batch))
	err = s.store.InTx(ctx, func(tx *Tx) error {
		for i, z := range batch {
			ok, err := s.drainOne(ctx, tx, z.Member.(string), values[i])
			if err != nil {
				return err
			}
			if ok {
				done = append(done, z)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("drain dialogs: %w", err)
	}
	return s.strike(ctx, srv, done)
}

// drainOne writes one value to the table, and reports whether it need not be drained again. A frozen one is being
// decided by a transaction that holds its row; one frozen for long was left behind, and is recovered.
func (s *RedisDialogs) drainOne(ctx context.Context, tx *Tx, name string, value any) (bool, error) {
	a, ok := parseAddress(name)
	text, present := value.(string)
	if !ok || !present {
		return true, nil // expired or flushed: nothing newer than the table has it
	}
	d, err := parseValue(a, text)
	if err != nil {
		return false, err
	}
	if d.stored.Frozen != unfrozen {
		if time.Now().UnixMilli()-d.stored.frozenSince() > frozenMost.Milliseconds() {
			go s.recover(a)
		}
		return false, nil
	}
	return true, writeState(ctx, tx, d, d.state)
}

func (s *RedisDialogs) recover(a bot.Address) {
	ctx, cancel := context.WithTimeout(context.Background(), lagMost)
	defer cancel()
	if _, err := s.Load(ctx, a); err != nil {
		slog.Warn("a dialog stays frozen", "error", err)
	}
}

// strike takes drained dialogs off the list, each only if it did not change since it was listed.
func (s *RedisDialogs) strike(ctx context.Context, srv *server, done []redis.Z) error {
	pipe := s.rdb.Pipeline()
	for _, z := range done {
		srv.drained.EvalSha(ctx, pipe, []string{keyDirty}, z.Member, int64(z.Score))
	}
	if _, err := pipe.Exec(ctx); err != nil && !s.life.ended(srv, err) {
		return fmt.Errorf("strike drained dialogs: %w", err)
	}
	return nil
}

func dialogKeys(batch []redis.Z) []string {
	keys := make([]string, len(batch))
	for i, z := range batch {
		keys[i] = keyPrefix + z.Member.(string)
	}
	return keys
}

// parseAddress reads what bot.Address.String wrote; no channel has a colon in its name.
func parseAddress(name string) (bot.Address, bool) {
	channel, chat, ok := strings.Cut(name, ":")
	return bot.Address{Channel: channel, Chat: chat}, ok
}
