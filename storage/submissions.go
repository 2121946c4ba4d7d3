package storage

import (
	"context"
	"time"

	"khoinghiep/bot"
)

// Submission is what an agency sent for an obligation: a file, the number of a document that went through the document
// system, or both.
type Submission struct {
	ID         int64
	Code       string // BG-2026-0001
	Draft      string // of the form it came from; unique
	Obligation int64  `db:"obligation_id"`
	Person     int64  `db:"person_id"` // who sent it
	Sender     string // their name; "" when we do not know it any more
	Document   string // its number
	DocumentOn string `db:"document_on"` // its day, "2006-01-02"
	Hash       string // of the file's content
	FileName   string `db:"file_name"`
	State      SubmissionState
	Reason     string // why it was returned
	DecidedBy  int64  `db:"decided_by"`
	DecidedAt  int64  `db:"decided_at"` // Unix milliseconds, as below
	At         int64
}

// SubmissionState is what became of a submission.
type SubmissionState string

// The states.
const (
	SubmissionSent     SubmissionState = "sent"
	SubmissionReplaced SubmissionState = "replaced" // by a later one of the same obligation
	SubmissionAccepted SubmissionState = "accepted"
	SubmissionReturned SubmissionState = "returned"
)

// File is the file that was sent; ok is false when there is none.
func (s Submission) File() (f bot.File, ok bool) {
	return bot.File{ID: s.Hash, Name: s.FileName}, s.Hash != ""
}

const submissionColumns = `id, code, draft, obligation_id, person_id, document, document_on, hash, file_name, state, reason, decided_by, decided_at, at,
	COALESCE((SELECT p.name FROM people p WHERE p.id = submissions.person_id), '') AS sender`

// Submit keeps what an agency sent, once for its draft, in the place of what it sent before, and fills s in. It stops the
// reminders. ok is false, and nothing is kept, when the obligation is accepted or stopped. It fails with ErrFileMissing
// when the file is gone.
func Submit(ctx context.Context, tx *Tx, o *Obligation, s *Submission, by bot.Address, now time.Time) (ok bool, err error) {
	done, err := found(tx.GetContext(ctx, s, `SELECT `+submissionColumns+` FROM submissions WHERE draft = $1`, s.Draft))
	if done || err != nil {
		return done, wrap("find submission of draft", err)
	}
	if err := AwaitReminders(ctx, tx); err != nil {
		return false, err
	}
	if err := tx.GetContext(ctx, o, `UPDATE obligations SET revision = revision WHERE id = $1 RETURNING `+obligationColumns, o.ID); err != nil {
		return false, wrap("lock obligation", err)
	}
	if o.Done() {
		return false, nil
	}
	if err := addSubmission(ctx, tx, o, s, by, now); err != nil {
		return false, err
	}
	o.State = ObligationSent
	return moveObligation(ctx, tx, o, now)
}

func addSubmission(ctx context.Context, tx *Tx, o *Obligation, s *Submission, by bot.Address, now time.Time) (err error) {
	if s.Person, err = EnsurePerson(ctx, tx, by, now); err != nil {
		return err
	}
	if err := holdFile(ctx, tx, s.Hash); err != nil {
		return err
	}
	if s.Code, err = nextCode(ctx, tx, "BG", now.Year()); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE submissions SET state = 'replaced' WHERE obligation_id = $1 AND state = 'sent'`, o.ID); err != nil {
		return wrap("replace submission", err)
	}
	err = tx.GetContext(ctx, s, `INSERT INTO submissions (id, code, draft, obligation_id, person_id, document, document_on, hash, file_name, state, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'sent', $10) RETURNING `+submissionColumns,
		NewID(now), s.Code, s.Draft, o.ID, s.Person, s.Document, s.DocumentOn, s.Hash, s.FileName, millis(now))
	return wrap("keep submission", err)
}

// LastSubmission finds what was sent last for an obligation; ok is false for nothing.
func LastSubmission(ctx context.Context, tx *Tx, obligation int64) (s Submission, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &s, `SELECT `+submissionColumns+` FROM submissions WHERE obligation_id = $1 ORDER BY id DESC LIMIT 1`, obligation))
	return s, ok, wrap("find submission", err)
}

// waitingForStaff is the condition for a submission to be looked at; not when staff stopped what it is for. It looks up the obligations of
// what waits, however many others there are.
const waitingForStaff = `state = 'sent' AND EXISTS (SELECT 1 FROM obligations o WHERE o.id = submissions.obligation_id AND o.state IN ('open', 'sent'))`

// WaitingSubmissions lists what staff have not looked at yet, the oldest first, skipping the first ones.
func WaitingSubmissions(ctx context.Context, tx *Tx, skip, most int) ([]Submission, error) {
	list := []Submission{}
	err := tx.SelectContext(ctx, &list, `SELECT `+submissionColumns+` FROM submissions WHERE `+waitingForStaff+` ORDER BY id LIMIT $2 OFFSET $1`, skip, most)
	return list, wrap("list waiting submissions", err)
}

// CountWaitingSubmissions counts what came before a moment and staff have not looked at yet; latest is the code of the last that
// came by then, whatever became of it.
func CountWaitingSubmissions(ctx context.Context, tx *Tx, before time.Time) (waiting int, latest string, err error) {
	if err := tx.GetContext(ctx, &waiting, `SELECT COUNT(*) FROM submissions WHERE at < $1 AND `+waitingForStaff, millis(before)); err != nil || waiting == 0 {
		return 0, "", wrap("count waiting submissions", err)
	}
	err = tx.GetContext(ctx, &latest, `SELECT code FROM submissions WHERE at < $1 ORDER BY id DESC LIMIT 1`, millis(before))
	return waiting, latest, wrap("find the latest submission", err)
}

// FindSubmission finds one by its code, with its obligation; ok is false for none.
func FindSubmission(ctx context.Context, tx *Tx, code string) (s Submission, o Obligation, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &s, `SELECT `+submissionColumns+` FROM submissions WHERE code = $1`, code))
	if !ok || err != nil {
		return s, o, false, wrap("find submission", err)
	}
	err = tx.GetContext(ctx, &o, `SELECT `+obligationColumns+` FROM obligations WHERE id = $1`, s.Obligation)
	return s, o, err == nil, wrap("find obligation of a submission", err)
}

// DecideSubmission accepts a submission, or returns it with a reason: then the obligation is open again. ok is false, and
// nothing is changed, when it is no longer the one that waits, or staff stopped what it is for: of several who decide at once, one wins.
func DecideSubmission(ctx context.Context, tx *Tx, o *Obligation, s *Submission, by int64, reason string, now time.Time) (ok bool, err error) {
	if ok, err := lockObligation(ctx, tx, *o); !ok || err != nil || o.Done() {
		return false, err
	}
	state, after := SubmissionAccepted, ObligationAccepted
	if reason != "" {
		state, after = SubmissionReturned, ObligationOpen
	}
	ok, err = found(tx.GetContext(ctx, s, `UPDATE submissions SET state = $2, reason = $3, decided_by = $4, decided_at = $5
		WHERE id = $1 AND state = 'sent' RETURNING `+submissionColumns, s.ID, state, reason, by, millis(now)))
	if !ok || err != nil {
		return false, wrap("decide submission", err)
	}
	o.State = after
	return moveObligation(ctx, tx, o, now)
}
