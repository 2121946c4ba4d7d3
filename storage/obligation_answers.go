package storage

import (
	"context"
	"time"
)

// Answer is what an officer answered to a reminder, and what staff decided about it.
type Answer struct {
	ID         int64
	Obligation int64  `db:"obligation_id"`
	Person     int64  `db:"person_id"`
	Officer    string // their name; "" when we do not know it any more
	Kind       AnswerKind
	Day        string // promised, "2006-01-02"
	Reason     string
	State      AnswerState
	DecidedBy  int64  `db:"decided_by"`
	Decision   string // the words of staff
	DecidedAt  int64  `db:"decided_at"` // Unix milliseconds, as below
	At         int64
}

// AnswerKind is what an officer answers.
type AnswerKind string

// The kinds. Staff decide about the last two.
const (
	AnswerSeen    AnswerKind = "seen"    // "Đã nắm, sẽ gửi"
	AnswerPromise AnswerKind = "promise" // another day
	AnswerNotOurs AnswerKind = "notours" // it is not the agency's
)

// AnswerState is what became of an answer.
type AnswerState string

// The states.
const (
	AnswerOpen     AnswerState = "open"
	AnswerAccepted AnswerState = "accepted"
	AnswerDeclined AnswerState = "declined"
	AnswerReplaced AnswerState = "replaced" // by a later one of the same kind
)

const answerColumns = `id, obligation_id, person_id, kind, day, reason, state, decided_by, decision, decided_at, at,
	COALESCE((SELECT p.name FROM people p WHERE p.id = obligation_answers.person_id), '') AS officer`

// AddAnswer keeps an answer, in the place of an undecided one of its kind, and fills it in. That something was seen needs
// no decision.
func AddAnswer(ctx context.Context, tx *Tx, a *Answer, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE obligation_answers SET state = 'replaced' WHERE obligation_id = $1 AND kind = $2 AND state = 'open'`, a.Obligation, a.Kind)
	if err != nil {
		return wrap("replace answer", err)
	}
	if a.State = AnswerOpen; a.Kind == AnswerSeen {
		a.State = AnswerAccepted
	}
	err = tx.GetContext(ctx, a, `INSERT INTO obligation_answers (id, obligation_id, person_id, kind, day, reason, state, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING `+answerColumns, NewID(now), a.Obligation, a.Person, a.Kind, a.Day, a.Reason, a.State, millis(now))
	return wrap("keep answer", err)
}

// AnswersTo lists what was answered about an obligation, the latest first.
func AnswersTo(ctx context.Context, tx *Tx, obligation int64) ([]Answer, error) {
	list := []Answer{}
	err := tx.SelectContext(ctx, &list, `SELECT `+answerColumns+` FROM obligation_answers WHERE obligation_id = $1 ORDER BY id DESC`, obligation)
	return list, wrap("list answers", err)
}

// OpenAnswers lists what staff have to decide about, the oldest first, skipping the first ones. About what is settled there is
// nothing to decide.
func OpenAnswers(ctx context.Context, tx *Tx, skip, most int) ([]Answer, error) {
	list := []Answer{}
	err := tx.SelectContext(ctx, &list, `SELECT `+answerColumns+` FROM obligation_answers WHERE state = 'open'
		AND EXISTS (SELECT 1 FROM obligations o WHERE o.id = obligation_answers.obligation_id AND o.state IN ('open', 'sent')) ORDER BY id LIMIT $2 OFFSET $1`, skip, most)
	return list, wrap("list open answers", err)
}

// FindAnswer finds one by its id, with its obligation; ok is false for none.
func FindAnswer(ctx context.Context, tx *Tx, id int64) (a Answer, o Obligation, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &a, `SELECT `+answerColumns+` FROM obligation_answers WHERE id = $1`, id))
	if !ok || err != nil {
		return a, o, false, wrap("find answer", err)
	}
	err = tx.GetContext(ctx, &o, `SELECT `+obligationColumns+` FROM obligations WHERE id = $1`, a.Obligation)
	return a, o, err == nil, wrap("find obligation of an answer", err)
}

// DecideAnswer accepts or declines an answer, with words for the officer. An accepted day takes the place of the last day
// for the reminders; what is accepted as not the agency's is stopped. ok is false, and nothing is changed, when it was decided
// already, or the obligation changed since it was seen or is settled.
func DecideAnswer(ctx context.Context, tx *Tx, o *Obligation, a *Answer, state AnswerState, by int64, words string, now time.Time) (ok bool, err error) {
	if ok, err := lockObligation(ctx, tx, *o); !ok || err != nil || o.Done() {
		return false, err
	}
	ok, err = found(tx.GetContext(ctx, a, `UPDATE obligation_answers SET state = $2, decided_by = $3, decision = $4, decided_at = $5
		WHERE id = $1 AND state = 'open' RETURNING `+answerColumns, a.ID, state, by, words, millis(now)))
	switch {
	case !ok || err != nil:
		return false, wrap("decide answer", err)
	case state != AnswerAccepted:
		return true, nil
	case a.Kind == AnswerNotOurs:
		return StopObligation(ctx, tx, o, now)
	}
	o.Promised = a.Day
	return moveObligation(ctx, tx, o, now)
}
