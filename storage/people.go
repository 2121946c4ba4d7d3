package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// Person is somebody we serve; a person may have several chats.
type Person struct {
	ID        int64
	Name      string
	Phone     string // E.164; "" when not given
	Minor     bool   // known to be under 16: nothing of theirs is ever public
	CreatedAt int64  `db:"created_at"` // Unix milliseconds
}

// PersonAt finds who writes from a; ok is false for somebody we know nothing of.
func (s *Store) PersonAt(ctx context.Context, a bot.Address) (p Person, ok bool, err error) {
	err = s.read.GetContext(ctx, &p, `
		SELECT p.id, p.name, p.phone, p.minor, p.created_at FROM addresses a JOIN people p ON p.id = a.person_id
		WHERE a.channel = $1 AND a.chat = $2`, a.Channel, a.Chat)
	if ok, err = found(err); err != nil {
		return p, false, fmt.Errorf("find person: %w", err)
	}
	return p, ok, nil
}

// EnsurePerson returns the id of who writes from a, making the person when a is new. It locks the address until the
// transaction ends: whoever joins this person with another waits for what is kept under the id.
func EnsurePerson(ctx context.Context, tx *Tx, a bot.Address, now time.Time) (int64, error) {
	var id int64
	err := tx.GetContext(ctx, &id, `UPDATE addresses SET since = since WHERE channel = $1 AND chat = $2 RETURNING person_id`, a.Channel, a.Chat)
	ok, err := found(err)
	if ok || err != nil {
		return id, wrap("find person", err)
	}
	id = NewID(now)
	if _, err := tx.ExecContext(ctx, `INSERT INTO people (id, created_at) VALUES ($1, $2)`, id, millis(now)); err != nil {
		return 0, fmt.Errorf("make person: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO addresses (channel, chat, person_id, since) VALUES ($1, $2, $3, $4)`, a.Channel, a.Chat, id, millis(now))
	return id, wrap("make address", err)
}

// LockPerson keeps what a person agrees to as it is until the transaction ends: what is kept by a consent read now comes
// before its withdrawal in another chat, or not at all. The person's address is locked before, see EnsurePerson.
func LockPerson(ctx context.Context, tx *Tx, id int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE people SET created_at = created_at WHERE id = $1`, id)
	return wrap("lock person", err)
}

// DescribePerson keeps what a person last told of themselves.
func DescribePerson(ctx context.Context, tx *Tx, id int64, name, phone string) error {
	_, err := tx.ExecContext(ctx, `UPDATE people SET name = $2, name_folded = $3, phone = $4 WHERE id = $1`, id, name, viet.Fold(name), phone)
	return wrap("describe person", err)
}

// NameOf is the name of a person; "" when we know none.
func NameOf(ctx context.Context, tx *Tx, id int64) (name string, err error) {
	_, err = found(tx.GetContext(ctx, &name, `SELECT name FROM people WHERE id = $1`, id))
	return name, wrap("find a person's name", err)
}

// NamePerson keeps the name that a person's channel tells, if we know none.
func NamePerson(ctx context.Context, tx *Tx, id int64, name string) error {
	_, err := tx.ExecContext(ctx, `UPDATE people SET name = $2, name_folded = $3 WHERE id = $1 AND name = ''`, id, name, viet.Fold(name))
	return wrap("name person", err)
}

// SetReachable remembers that the person at a blocked us, or came back.
func SetReachable(ctx context.Context, tx *Tx, a bot.Address, reachable bool) error {
	value := 0
	if reachable {
		value = 1
	}
	_, err := tx.ExecContext(ctx, `UPDATE addresses SET reachable = $3 WHERE channel = $1 AND chat = $2`, a.Channel, a.Chat, value)
	return wrap("mark reachable", err)
}

// wrap says what was being done, when it failed.
func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// PersonOf finds a person by their id; the zero Person for somebody who was erased.
func PersonOf(ctx context.Context, tx *Tx, id int64) (p Person, err error) {
	_, err = found(tx.GetContext(ctx, &p, `SELECT id, name, phone, minor, created_at FROM people WHERE id = $1`, id))
	return p, wrap("find person", err)
}
