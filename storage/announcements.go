package storage

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// Announcement is what is told to many at once. Its deliveries are in the queue of its ID.
type Announcement struct {
	ID         int64
	Code       string // TB-2026-0001
	Draft      string // of the form it came from; unique
	Author     int64  `db:"author_id"`   // who changed it last
	Approver   int64  `db:"approver_id"` // 0: nobody yet
	Event      string // the code of the event that it invites to; "": none
	Category   string
	Message    Message
	Answers    Profile // of the form it came from, by key
	Revision   int64   // raised by every correction
	Audience   Audience
	Urgent     bool // goes beyond one a day a person, and from 06:00 to 21:30
	State      AnnouncementState
	StartAt    int64 `db:"start_at"`    // not before, Unix milliseconds
	CreatedAt  int64 `db:"created_at"`  // Unix milliseconds
	FinishedAt int64 `db:"finished_at"` // when nothing was left to send, Unix milliseconds; 0: something is
}

// file is the hash of the content that goes with the message; "" for none.
func (a Announcement) file() string {
	if a.Message.File == nil {
		return ""
	}
	return a.Message.File.ID
}

// AnnouncementState is where an announcement stands.
type AnnouncementState string

// The states.
const (
	AnnouncementDraft     AnnouncementState = "draft"
	AnnouncementProposed  AnnouncementState = "proposed" // waits for somebody to approve it
	AnnouncementSending   AnnouncementState = "sending"
	AnnouncementPaused    AnnouncementState = "paused"
	AnnouncementCancelled AnnouncementState = "cancelled"
	AnnouncementDone      AnnouncementState = "done" // every recipient is in a final state
)

// Message is a message as a column keeps it, in JSON.
type Message struct{ bot.Outgoing }

// Value gives the JSON that is kept.
func (m Message) Value() (driver.Value, error) { return encodeColumn(m.Outgoing) }

// Scan reads what Value gave.
func (m *Message) Scan(kept any) error { return decodeColumn(kept, &m.Outgoing) }

func encodeColumn(v any) (driver.Value, error) {
	text, err := json.Marshal(v)
	return string(text), wrap("encode a column", err)
}

func decodeColumn(kept, v any) error {
	switch kept := kept.(type) {
	case string:
		return wrap("decode a column", json.Unmarshal([]byte(kept), v))
	case []byte:
		return wrap("decode a column", json.Unmarshal(kept, v))
	}
	return fmt.Errorf("decode a column of type %T", kept)
}

const announcementColumns = `id, code, draft, author_id, approver_id, event, category, message, answers, revision, audience, urgent, state,
	start_at, created_at, finished_at`

// AddAnnouncement keeps a as a draft, once for its form, and fills in ID, Code, State and CreatedAt.
func AddAnnouncement(ctx context.Context, tx *Tx, a *Announcement, now time.Time) error {
	ok, err := found(tx.GetContext(ctx, a, `SELECT `+announcementColumns+` FROM announcements WHERE draft = $1`, a.Draft))
	if ok || err != nil {
		return wrap("find announcement of draft", err)
	}
	if a.Code, err = nextCode(ctx, tx, "TB", now.Year()); err != nil {
		return err
	}
	a.ID, a.State, a.CreatedAt = NewID(now), AnnouncementDraft, millis(now)
	_, err = tx.ExecContext(ctx, `INSERT INTO announcements (id, code, draft, author_id, category, message, audience, urgent, state, start_at, created_at, answers, file, event)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
		a.ID, a.Code, a.Draft, a.Author, a.Category, a.Message, a.Audience, number(a.Urgent), a.State, a.StartAt, a.CreatedAt, a.Answers, a.file(), a.Event)
	return wrap("keep announcement", err)
}

// ReviseAnnouncement keeps a in the place of what was to be sent, as a draft by a.Author, and fills in the rest. ok is
// false when it is on its way or over.
func ReviseAnnouncement(ctx context.Context, tx *Tx, a *Announcement) (ok bool, err error) {
	err = tx.GetContext(ctx, a, `
		UPDATE announcements SET author_id = $2, category = $3, message = $4, audience = $5, urgent = $6, start_at = $7, answers = $8, file = $9,
			state = 'draft', revision = revision + 1
		WHERE id = $1 AND state IN ('draft', 'proposed') RETURNING `+announcementColumns,
		a.ID, a.Author, a.Category, a.Message, a.Audience, number(a.Urgent), a.StartAt, a.Answers, a.file())
	ok, err = found(err)
	return ok, wrap("correct announcement", err)
}

// FindAnnouncement finds one by its id, locked until the transaction ends.
func FindAnnouncement(ctx context.Context, tx *Tx, id int64) (a Announcement, ok bool, err error) {
	err = tx.GetContext(ctx, &a, `UPDATE announcements SET state = state WHERE id = $1 RETURNING `+announcementColumns, id)
	ok, err = found(err)
	return a, ok, wrap("find announcement", err)
}

// MoveAnnouncement brings an announcement from one of some states to another; ok is false when it is in none of them.
func MoveAnnouncement(ctx context.Context, tx *Tx, id int64, to AnnouncementState, from ...AnnouncementState) (ok bool, err error) {
	values := []any{id, to}
	for _, state := range from {
		values = append(values, state)
	}
	ok, err = found(tx.GetContext(ctx, new(int64), `UPDATE announcements SET state = $2 WHERE id = $1 AND state IN `+
		placeholders(3, len(from))+` RETURNING id`, values...))
	return ok, wrap("move announcement", err)
}
