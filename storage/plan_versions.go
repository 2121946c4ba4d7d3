package storage

import (
	"context"
	"time"
)

// PlanVersion is a version of the plan that was loaded from a file.
type PlanVersion struct {
	Version string
	From    string `db:"starts_on"` // in force from that day, "2006-01-02"
	Body    string // the file
}

// LoadPlan keeps a version of the plan. ok is false when there is one of that name already, which stays as it is.
func LoadPlan(ctx context.Context, tx *Tx, v PlanVersion, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(string), `INSERT INTO plan_versions (version, starts_on, body, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (version) DO NOTHING RETURNING version`, v.Version, v.From, v.Body, millis(now)))
	return ok, wrap("keep version of the plan", err)
}

// PlanVersions lists the loaded versions, the earliest first.
func (s *Store) PlanVersions(ctx context.Context) ([]PlanVersion, error) {
	list := []PlanVersion{}
	err := s.read.SelectContext(ctx, &list, `SELECT version, starts_on, body FROM plan_versions ORDER BY starts_on, version`)
	return list, wrap("list versions of the plan", err)
}
