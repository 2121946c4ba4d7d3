package storage

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Count is how many startups have a value.
type Count struct {
	Value string
	N     int64
}

// Statistics counts the startups that are neither withdrawn nor merged into another one, in several ways. Values that no startup has are left out.
type Statistics struct {
	All    int64
	Fields []Count // the most frequent first, as with stages and places
	Stages []Count
	Places []Count
	Months []Count // of registration, "2006-01", in order
}

// StartupStatistics counts at now; months are those of the zone of now, which is taken to have had the same offset all along, as
// Vietnam has had since 1975.
func StartupStatistics(ctx context.Context, tx *Tx, now time.Time) (s Statistics, err error) {
	for column, counts := range map[string]*[]Count{"field": &s.Fields, "stage": &s.Stages, "place": &s.Places} {
		err := tx.SelectContext(ctx, counts, `SELECT `+column+` AS value, COUNT(*) AS n FROM startups WHERE `+isOpen+`
			GROUP BY `+column+` ORDER BY n DESC, value`)
		if err != nil {
			return s, fmt.Errorf("count startups by %s: %w", column, err)
		}
	}
	days := []struct{ Day, N int64 }{}
	_, offset := now.Zone()
	err = tx.SelectContext(ctx, &days, `SELECT (created_at + $1) / 86400000 AS day, COUNT(*) AS n FROM startups WHERE `+isOpen+`
		GROUP BY day ORDER BY day`, int64(offset)*1000)
	if err != nil {
		return s, fmt.Errorf("count startups by day: %w", err)
	}
	for _, d := range days {
		s.All += d.N
		s.Months = addTo(s.Months, time.Unix(d.Day*86400, 0).UTC().Format("2006-01"), d.N)
	}
	return s, nil
}

func addTo(counts []Count, value string, n int64) []Count {
	i := slices.IndexFunc(counts, func(c Count) bool { return c.Value == value })
	if i < 0 {
		return append(counts, Count{value, n})
	}
	counts[i].N += n
	return counts
}
