package storage

import (
	"context"
	"slices"
	"time"

	"khoinghiep/bot"
)

// EntryMember is somebody who takes part in an entry beside its captain.
type EntryMember struct {
	ID        int64
	Entry     int64 `db:"entry_id"`
	Person    int64 `db:"person_id"`
	Name      string
	Confirmed bool // by the captain
}

const memberColumns = `id, entry_id, person_id, name, confirmed`

// Members lists who takes part in an entry, or asks to, in the order in which they came.
func Members(ctx context.Context, tx *Tx, entry int64) ([]EntryMember, error) {
	list := []EntryMember{}
	err := tx.SelectContext(ctx, &list, `SELECT `+memberColumns+` FROM entry_members WHERE entry_id = $1 ORDER BY id`, entry)
	return list, wrap("list members", err)
}

// AskToJoin keeps that a person wants to take part in an entry; again changes the name alone.
func AskToJoin(ctx context.Context, tx *Tx, entry, person int64, name string, now time.Time) (m EntryMember, err error) {
	err = tx.GetContext(ctx, &m, `INSERT INTO entry_members (id, entry_id, person_id, name, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (entry_id, person_id) DO UPDATE SET name = EXCLUDED.name RETURNING `+memberColumns, NewID(now), entry, person, name, millis(now))
	return m, wrap("ask to join", err)
}

// ConfirmMember has the captain agree to a member of their entry; ok is false when there is none to agree to.
func ConfirmMember(ctx context.Context, tx *Tx, e Entry, member int64) (m EntryMember, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &m, `UPDATE entry_members SET confirmed = 1 WHERE id = $1 AND entry_id = $2 AND confirmed = 0 RETURNING `+memberColumns, member, e.ID))
	return m, ok, wrap("confirm member", err)
}

// RemoveMember takes somebody out of an entry; ok is false when they were not in it.
func RemoveMember(ctx context.Context, tx *Tx, e Entry, member int64) (m EntryMember, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &m, `DELETE FROM entry_members WHERE id = $1 AND entry_id = $2 RETURNING `+memberColumns, member, e.ID))
	return m, ok, wrap("remove member", err)
}

// FindEntry finds an entry that is not withdrawn, whoever's, with its competition; ok is false for none.
func FindEntry(ctx context.Context, tx *Tx, id int64) (e Entry, c Competition, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &e, `SELECT `+entryColumns+` FROM entries WHERE id = $1 AND state <> 'withdrawn'`, id))
	if !ok || err != nil {
		return e, c, false, wrap("find entry", err)
	}
	err = tx.GetContext(ctx, &c, `SELECT `+competitionColumns+` FROM competitions WHERE id = $1`, e.Competition)
	return e, c, true, wrap("find the competition of an entry", err)
}

// EntryAsMember finds an entry of which who writes from a is a member whom the captain confirmed, with its competition; ok is
// false for any other, and for one that is withdrawn.
func EntryAsMember(ctx context.Context, tx *Tx, a bot.Address, id int64) (e Entry, c Competition, ok bool, err error) {
	list, err := EntriesAsMember(ctx, tx, a)
	if err != nil || !slices.ContainsFunc(list, func(e Entry) bool { return e.ID == id }) {
		return e, c, false, err
	}
	return FindEntry(ctx, tx, id)
}

// EntriesAsMember lists the entries of which who writes from a is a confirmed member, but for those that are withdrawn, the latest first.
func EntriesAsMember(ctx context.Context, tx *Tx, a bot.Address) ([]Entry, error) {
	list := []Entry{}
	err := tx.SelectContext(ctx, &list, `SELECT `+entryColumns+` FROM entries WHERE state <> 'withdrawn' AND id IN (SELECT m.entry_id FROM entry_members m
		JOIN addresses a ON a.person_id = m.person_id WHERE m.confirmed = 1 AND a.channel = $1 AND a.chat = $2) ORDER BY id DESC`, a.Channel, a.Chat)
	return list, wrap("list entries of a member", err)
}

// TakesPart reports whether who writes from a is the captain of an entry, or a member whom the captain confirmed.
func TakesPart(ctx context.Context, tx *Tx, a bot.Address, entry int64) (bool, error) {
	n := 0
	err := tx.GetContext(ctx, &n, `SELECT COUNT(*) FROM addresses d WHERE d.channel = $1 AND d.chat = $2 AND (
		EXISTS (SELECT 1 FROM entries e WHERE e.id = $3 AND e.person_id = d.person_id)
		OR EXISTS (SELECT 1 FROM entry_members m WHERE m.entry_id = $3 AND m.person_id = d.person_id AND m.confirmed = 1))`, a.Channel, a.Chat, entry)
	return n > 0, wrap("ask whether somebody takes part", err)
}

// IsCaptain reports whether an entry is that of who writes from a.
func (s *Store) IsCaptain(ctx context.Context, a bot.Address, entry int64) (bool, error) {
	n := 0
	err := s.read.GetContext(ctx, &n, `SELECT COUNT(*) FROM entries e JOIN addresses d ON d.person_id = e.person_id
		WHERE e.id = $3 AND d.channel = $1 AND d.chat = $2`, a.Channel, a.Chat, entry)
	return n > 0, wrap("ask for the captain of an entry", err)
}
