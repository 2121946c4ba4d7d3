package storage

import "context"

// OwingAgency is an agency of which something is awaited.
type OwingAgency struct {
	Agency
	Officers int64 // how many answer for it
	Open     int64 // how much is awaited
}

// OwingAgencies lists the agencies of which something is awaited, those first for whom nobody answers, by name.
func OwingAgencies(ctx context.Context, tx *Tx) ([]OwingAgency, error) {
	list := []OwingAgency{}
	err := tx.SelectContext(ctx, &list, `SELECT * FROM (SELECT `+agencyColumns+`,
		(SELECT COUNT(*) FROM officers o WHERE o.agency = agencies.id) AS officers,
		(SELECT COUNT(*) FROM obligations b WHERE b.agency = agencies.id AND b.state IN ('open', 'sent')) AS open FROM agencies) AS owing
		WHERE open > 0 ORDER BY CASE officers WHEN 0 THEN 0 ELSE 1 END, name, id`)
	return list, wrap("list agencies that owe something", err)
}
