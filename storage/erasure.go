package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"khoinghiep/bot"
)

// Erase deletes everything about who writes from a, and returns all their chats, a among them: whoever calls it has each
// of these erased as well, with EraseChat and an empty dialog. ok is false for somebody we know nothing of.
//
// What stays is proof. The rows of consents tell that somebody agreed and took it back: the purpose, the version and hash
// of the text, and the message that said so. The chat's id is part of that: platforms number messages within a chat,
// without it nobody could find the message again, nor could the person show that it was theirs. They have no name, phone
// or text, and go when their own time is over (see ForgetProofs). The rows of audit tell what staff did; their subjects
// are codes. A founder's startup code stays there and in the fields twin and merged_into of a
// startup that resembles it.
func Erase(ctx context.Context, tx *Tx, files *Files, a bot.Address, now time.Time) (chats []bot.Address, ok bool, err error) {
	var person int64
	ok, err = found(tx.GetContext(ctx, &person, `SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2`, a.Channel, a.Chat))
	if !ok || err != nil {
		return nil, false, wrap("find person to erase", err)
	}
	chats, err = erasePerson(ctx, tx, files, person, now)
	return chats, true, err
}

// ErrSending means that something is being sent to the person at this moment: it might come, and be kept by the channel, as
// in the web chat's log, after everything was erased. Erase again when it is over.
var ErrSending = errors.New("something is being sent to the person")

func erasePerson(ctx context.Context, tx *Tx, files *Files, person int64, now time.Time) (chats []bot.Address, err error) {
	// By an update, which waits for turns that keep something under the person.
	err = tx.SelectContext(ctx, &chats, `UPDATE addresses SET since = since WHERE person_id = $1 RETURNING channel, chat`, person)
	if err != nil {
		return nil, fmt.Errorf("lock a person's chats: %w", err)
	}
	contents := []string{}
	err = tx.SelectContext(ctx, &contents, `SELECT hash FROM documents WHERE person_id = $1 UNION SELECT hash FROM entry_files
		WHERE person_id = $1 UNION SELECT hash FROM request_messages WHERE hash IS NOT NULL
		AND (person_id = $1 OR request_id IN (SELECT id FROM requests WHERE person_id = $1))`, person)
	if err != nil {
		return nil, fmt.Errorf("list a person's files: %w", err)
	}
	scans, err := letScansGo(ctx, tx, readingsOfPerson, person)
	if err != nil {
		return nil, err
	}
	if err := forgetCopies(ctx, tx, person); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE consents SET erased_at = $2 WHERE person_id = $1`, person, millis(now)); err != nil {
		return nil, fmt.Errorf("date a person's proofs: %w", err)
	}
	if err := deleteRows(ctx, tx, ofPerson(), person); err != nil {
		return nil, err
	}
	onTheWay := 0
	if err := tx.GetContext(ctx, &onTheWay, `SELECT COUNT(*) FROM deliveries WHERE person_id = $1`, person); err != nil || onTheWay > 0 {
		return nil, cmp.Or(wrap("look for deliveries on their way", err), ErrSending)
	}
	return chats, files.Release(ctx, tx, append(contents, scans...)...)
}

// EraseChat deletes what is kept under the address a beside its dialog, and the files that only it or the session, the
// former state of its dialog, knows of. A guardian who agreed here loses name and phone; their consent stands. Those whose
// consent on paper was recorded here keep theirs: whoever is erased is the officer.
func EraseChat(ctx context.Context, tx *Tx, files *Files, a bot.Address, session Session) error {
	contents, err := contentsOfChat(ctx, tx, a, session)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE guardians SET name = '', phone = ''
		WHERE paper_date = '' AND consent_id IN (SELECT id FROM consents WHERE channel = $1 AND chat = $2)`, a.Channel, a.Chat)
	if err != nil {
		return fmt.Errorf("erase a guardian's name: %w", err)
	}
	if err := deleteRows(ctx, tx, ofChat(), a.Channel, a.Chat); err != nil {
		return err
	}
	return files.Release(ctx, tx, contents...)
}

func deleteRows(ctx context.Context, tx *Tx, list []holding, whose ...any) error {
	for _, h := range list {
		if h.proof {
			continue
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+h.table+` WHERE `+h.rows, whose...); err != nil {
			return fmt.Errorf("erase from %s: %w", h.table, err)
		}
	}
	return nil
}

var contentID = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

// contentsOfChat finds the contents that were sent in a chat, and perhaps attached to no startup yet.
func contentsOfChat(ctx context.Context, tx *Tx, a bot.Address, session Session) ([]string, error) {
	texts := []string{}
	if err := tx.SelectContext(ctx, &texts, `SELECT body FROM web_log WHERE chat = $1`, a.Chat); err != nil {
		return nil, fmt.Errorf("list the files of a web chat: %w", err)
	}
	state, err := (&Dialog{Session: session}).encode()
	if err != nil {
		return nil, err
	}
	contents := []string{}
	for _, text := range append(texts, string(state)) {
		contents = append(contents, contentID.FindAllString(text, -1)...)
	}
	slices.Sort(contents) // one order of locks
	return slices.Compact(contents), nil
}
