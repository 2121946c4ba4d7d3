package storage

import (
	"context"
	"time"
)

// Delegation has somebody approve in the place of an approver who is away.
type Delegation struct {
	ID       int64
	Person   int64  `db:"person_id"`   // the approver
	Delegate int64  `db:"delegate_id"` // who approves in their place, with a PIN of their own
	Name     string // of the delegate
	Reason   string
	From     int64 `db:"from_at"`  // Unix milliseconds
	Until    int64 `db:"until_at"` // Unix milliseconds; no longer then
}

// inForce is the condition for a delegation d at the moment $1. It ends with the role of either side; one's own role is
// needed to delegate, so that what is delegated cannot be passed on.
const inForce = `d.from_at <= $1 AND d.until_at > $1 AND d.ended_at = 0
	AND EXISTS (SELECT 1 FROM roles o WHERE o.person_id = d.person_id AND o.role IN ('approver', 'admin'))
	AND EXISTS (SELECT 1 FROM roles o WHERE o.person_id = d.delegate_id)`

// AddDelegation keeps d and sets its ID.
func AddDelegation(ctx context.Context, tx *Tx, d *Delegation, now time.Time) error {
	d.ID = NewID(now)
	_, err := tx.ExecContext(ctx, `
		INSERT INTO delegations (id, person_id, delegate_id, reason, from_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.Person, d.Delegate, d.Reason, d.From, d.Until)
	return wrap("keep delegation", err)
}

// DelegationsOf lists what an approver delegated that is not over, the earliest first.
func DelegationsOf(ctx context.Context, tx *Tx, person int64, now time.Time) ([]Delegation, error) {
	list := []Delegation{}
	err := tx.SelectContext(ctx, &list, `
		SELECT d.id, d.person_id, d.delegate_id, p.name, d.reason, d.from_at, d.until_at
		FROM delegations d JOIN people p ON p.id = d.delegate_id
		WHERE d.person_id = $1 AND d.until_at > $2 AND d.ended_at = 0 ORDER BY d.from_at, d.id`, person, millis(now))
	return list, wrap("list delegations", err)
}

// EndDelegation takes back what the person delegated. ok is false for what is over, or somebody else's.
func EndDelegation(ctx context.Context, tx *Tx, id, person int64, now time.Time) (d Delegation, ok bool, err error) {
	err = tx.GetContext(ctx, &d, `
		UPDATE delegations SET ended_at = $3 WHERE id = $1 AND person_id = $2 AND until_at > $3 AND ended_at = 0
		RETURNING id, person_id, delegate_id, reason, from_at, until_at`, id, person, millis(now))
	ok, err = found(err)
	return d, ok, wrap("end delegation", err)
}

// standsInFor is the approver in whose place the person may approve now; 0 for nobody, and for an approver.
func standsInFor(ctx context.Context, tx *Tx, person int64, now time.Time) (approver int64, err error) {
	err = tx.GetContext(ctx, &approver, `
		SELECT d.person_id FROM delegations d WHERE d.delegate_id = $2 AND `+inForce+`
		AND NOT EXISTS (SELECT 1 FROM roles o WHERE o.person_id = $2 AND o.role IN ('approver', 'admin'))
		ORDER BY d.id LIMIT 1`, millis(now), person)
	_, err = found(err)
	return approver, wrap("look for a delegation", err)
}
