package storage

import (
	"context"
	"fmt"
	"time"
)

// retainedMost is how many startups or people one look for those whose time is over finds; the rest are found by the next.
const retainedMost = 500

// IdleStartups lists the ids of startups that their founders last touched before the given time.
func (s *Store) IdleStartups(ctx context.Context, before time.Time) ([]int64, error) {
	list := []int64{}
	err := s.read.SelectContext(ctx, &list, `SELECT id FROM startups WHERE updated_at < $1 ORDER BY id LIMIT $2`, millis(before), retainedMost)
	return list, wrap("find idle startups", err)
}

// EraseStartup deletes a startup with its files and history, if it was still last touched before the given time.
func EraseStartup(ctx context.Context, tx *Tx, files *Files, id int64, before time.Time) error {
	ok, err := found(tx.GetContext(ctx, new(int64), `UPDATE startups SET updated_at = updated_at WHERE id = $1 AND updated_at < $2 RETURNING id`,
		id, millis(before)))
	if !ok || err != nil {
		return wrap("lock idle startup", err)
	}
	contents := []string{}
	if err := tx.SelectContext(ctx, &contents, `DELETE FROM documents WHERE startup_id = $1 RETURNING hash`, id); err != nil {
		return fmt.Errorf("erase documents of a startup: %w", err)
	}
	for _, statement := range []string{
		`DELETE FROM startup_history WHERE startup_id = $1`, `DELETE FROM reviews WHERE startup_id = $1`, `DELETE FROM startups WHERE id = $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return fmt.Errorf("erase startup: %w", err)
		}
	}
	return files.Release(ctx, tx, contents...)
}

// EraseEntries deletes the entries that were last changed before the given time, with their files and members.
func (s *Store) EraseEntries(ctx context.Context, files *Files, before time.Time) error {
	idle := []int64{}
	err := s.read.SelectContext(ctx, &idle, `SELECT id FROM entries WHERE updated_at < $1 ORDER BY id LIMIT $2`, millis(before), retainedMost)
	if err != nil {
		return fmt.Errorf("find idle entries: %w", err)
	}
	for _, id := range idle {
		if err := s.InTx(ctx, func(tx *Tx) error { return eraseEntry(ctx, tx, files, id, before) }); err != nil {
			return err
		}
	}
	return nil
}

func eraseEntry(ctx context.Context, tx *Tx, files *Files, id int64, before time.Time) error {
	ok, err := found(tx.GetContext(ctx, new(int64), `UPDATE entries SET state = state WHERE id = $1 AND updated_at < $2 RETURNING id`, id, millis(before)))
	if !ok || err != nil {
		return wrap("lock idle entry", err)
	}
	contents := []string{}
	if err := tx.SelectContext(ctx, &contents, `DELETE FROM entry_files WHERE entry_id = $1 RETURNING hash`, id); err != nil {
		return fmt.Errorf("erase files of an entry: %w", err)
	}
	scans, err := letScansGo(ctx, tx, readingsOfEntry, id)
	if err != nil {
		return err
	}
	for _, statement := range []string{`DELETE FROM entry_members WHERE entry_id = $1`, `DELETE FROM entries WHERE id = $1`} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return fmt.Errorf("erase entry: %w", err)
		}
	}
	return files.Release(ctx, tx, append(contents, scans...)...)
}

// Whoever has no startup, entry, vote, role, agency or request, is no guest of an event, and was asked for no consent since $1, is
// kept for nothing, but perhaps to be told of
// things.
const (
	leftOver = `created_at < $1 AND NOT EXISTS (SELECT 1 FROM startups s WHERE s.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM roles r WHERE r.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM officers o WHERE o.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM jurors j WHERE j.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM entry_members m WHERE m.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM requests q WHERE q.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM guests g WHERE g.person_id = people.id)
		AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person_id = people.id AND c.at >= $1)`
	wantsNews = `EXISTS (SELECT 1 FROM consents c WHERE c.person_id = people.id AND c.purpose = 'announcements' AND c.given = 1
		AND c.id = (SELECT max(l.id) FROM consents l WHERE l.person_id = c.person_id AND l.purpose = c.purpose))`
)

// EraseLeftOver deletes everything about people who are kept for nothing since before the given time, but the proofs that
// Erase leaves. Of those who agreed to be told of things, the names and phones go.
func (s *Store) EraseLeftOver(ctx context.Context, files *Files, before, now time.Time) error {
	for _, statement := range []string{
		`UPDATE guardians SET name = '', phone = '' WHERE name || phone <> '' AND person_id IN (SELECT id FROM people WHERE ` + leftOver + `)`,
		`UPDATE people SET name = '', name_folded = '', phone = '' WHERE name || phone <> '' AND ` + leftOver,
	} {
		if _, err := s.write.ExecContext(ctx, statement, millis(before)); err != nil {
			return fmt.Errorf("erase names of people: %w", err)
		}
	}
	people := []int64{}
	err := s.read.SelectContext(ctx, &people, `SELECT id FROM people WHERE `+leftOver+` AND NOT `+wantsNews+` ORDER BY id LIMIT $2`,
		millis(before), retainedMost)
	if err != nil {
		return fmt.Errorf("find people kept for nothing: %w", err)
	}
	for _, id := range people {
		if err := s.InTx(ctx, func(tx *Tx) error { return eraseEverywhere(ctx, tx, files, id, now) }); err != nil {
			return err
		}
	}
	return nil
}

func eraseEverywhere(ctx context.Context, tx *Tx, files *Files, person int64, now time.Time) error {
	chats, err := erasePerson(ctx, tx, files, person, now)
	if err != nil {
		return err
	}
	for _, a := range chats {
		if err := EraseChat(ctx, tx, files, a, Session{}); err != nil {
			return err
		}
	}
	return nil
}

// ForgetMessages deletes what was said in web chats, the texts of what people were told unasked, and updates that could not be handled, from before the given time.
func (s *Store) ForgetMessages(ctx context.Context, before time.Time) error {
	for _, statement := range []string{
		`DELETE FROM web_log WHERE at < $1`,
		`DELETE FROM web_chats WHERE last < $1 AND NOT EXISTS (SELECT 1 FROM web_log l WHERE l.chat = web_chats.chat)`,
		`DELETE FROM dead_updates WHERE at < $1`,
		`UPDATE deliveries SET body = '' WHERE at < $1 AND body <> '' AND state NOT IN ('queued', 'sending')`,
	} {
		if _, err := s.write.ExecContext(ctx, statement, millis(before)); err != nil {
			return fmt.Errorf("forget old messages: %w", err)
		}
	}
	return nil
}

// ForgetProofs deletes the proofs of consent of people who were erased before the given time.
func (s *Store) ForgetProofs(ctx context.Context, before time.Time) error {
	_, err := s.write.ExecContext(ctx, `DELETE FROM consents WHERE erased_at > 0 AND erased_at < $1`, millis(before))
	return wrap("forget proofs of consent", err)
}
