package storage

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"maps"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// Profile is what a founder told of a startup after the registration: answers by key, kept as JSON.
type Profile map[string]string

// Value gives the JSON that is kept.
func (p Profile) Value() (driver.Value, error) {
	if p == nil {
		return "{}", nil
	}
	text, err := json.Marshal(p)
	return string(text), wrap("encode profile", err)
}

// Scan reads what Value gave.
func (p *Profile) Scan(kept any) error {
	switch kept := kept.(type) {
	case string:
		return wrap("decode profile", json.Unmarshal([]byte(kept), p))
	case []byte:
		return wrap("decode profile", json.Unmarshal(kept, p))
	}
	return fmt.Errorf("decode profile: a column of type %T", kept)
}

// StartupAt finds a startup of who writes from a by its code; ok is false for one that is not theirs or not open.
func (s *Store) StartupAt(ctx context.Context, a bot.Address, code string) (st Startup, ok bool, err error) {
	err = s.read.GetContext(ctx, &st, `SELECT `+startupColumns+` FROM startups WHERE `+ownStartup, code, a.Channel, a.Chat)
	ok, err = found(err)
	return st, ok, wrap("find startup of a person", err)
}

const ownStartup = `code = $1 AND person_id = (SELECT person_id FROM addresses WHERE channel = $2 AND chat = $3) AND ` + isOpen

// ReviseStartup has revise change the name, place, field, stage, status, profile or promised time of a startup of who writes
// from a, and keeps the change, its history and the time. Of revise that changes nothing, the time alone is kept. ok is false
// for a startup that is not theirs or not open.
func ReviseStartup(ctx context.Context, tx *Tx, a bot.Address, code string, revise func(*Startup), now time.Time) (ok bool, err error) {
	s := Startup{} // read by an update, which locks the row on either database
	err = tx.GetContext(ctx, &s, `UPDATE startups SET updated_at = $4, revision = revision + 1 WHERE `+ownStartup+` RETURNING `+startupColumns,
		code, a.Channel, a.Chat, millis(now))
	if ok, err = found(err); !ok || err != nil {
		return false, wrap("find startup to change", err)
	}
	before := s.facts()
	revise(&s)
	if s.Status == StatusNew && before["status"] != StatusNew {
		s.WaitingAt, s.ToldAt = millis(now), 0
	}
	if err := saveStartup(ctx, tx, s); err != nil {
		return false, err
	}
	return true, addHistory(ctx, tx, s, s.Person, before, now)
}

func saveStartup(ctx context.Context, tx *Tx, s Startup) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE startups SET name = $2, name_folded = $3, place = $4, field = $5, stage = $6, status = $7, twin = $8, profile = $9,
			revision = $10, waiting_at = $11, due_at = $12, told_at = $13, merged_into = $14 WHERE id = $1`,
		s.ID, s.Name, viet.Fold(s.Name), s.Place, s.Field, s.Stage, s.Status, s.Twin, s.Profile,
		s.Revision, s.WaitingAt, s.DueAt, s.ToldAt, s.MergedInto)
	return wrap("change startup", err)
}

// facts are what the history of a startup tells of, by name.
func (s *Startup) facts() map[string]string {
	facts := map[string]string{"name": s.Name, "place": s.Place, "field": s.Field, "stage": s.Stage, "status": s.Status}
	maps.Copy(facts, s.Profile)
	return facts
}

// addHistory keeps what the person changed of s.
func addHistory(ctx context.Context, tx *Tx, s Startup, person int64, before map[string]string, now time.Time) error {
	after := s.facts()
	changed := maps.Clone(before) // names on either side
	maps.Copy(changed, after)
	for field := range changed {
		if before[field] == after[field] {
			continue
		}
		if err := addChange(ctx, tx, s.ID, Change{Field: field, Old: before[field], New: after[field], Person: person, At: millis(now)}); err != nil {
			return err
		}
	}
	return nil
}

func addChange(ctx context.Context, tx *Tx, startup int64, c Change) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO startup_history (id, startup_id, person_id, field, old, new, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		NewID(time.UnixMilli(c.At)), startup, c.Person, c.Field, c.Old, c.New, c.At)
	return wrap("keep history", err)
}

// Change is one line of a startup's history.
type Change struct {
	Field    string // name, place, field, stage, status, documents, or a key of the profile
	Old, New string
	Person   int64 `db:"person_id"` // who changed it
	At       int64 // Unix milliseconds
}

// History lists what was changed of a startup, the latest first.
func (s *Store) History(ctx context.Context, startup int64) ([]Change, error) {
	list := []Change{}
	err := s.read.SelectContext(ctx, &list, `SELECT field, old, new, person_id, at FROM startup_history WHERE startup_id = $1 ORDER BY id DESC`, startup)
	return list, wrap("read history", err)
}
