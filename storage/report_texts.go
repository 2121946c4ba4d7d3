package storage

import (
	"context"
	"time"
)

// The parts of the consolidated report that staff write, beside one for each task, see TaskPart.
const (
	OverviewPart    = "overview"
	ConclusionsPart = "conclusions"
)

// TaskPart is the part of a report about a task.
func TaskPart(task string) string { return "task " + task }

// ReportText is what staff wrote for a part of the report of a year.
type ReportText struct {
	Year   int
	Part   string
	Text   string
	Person int64 `db:"person_id"` // who wrote it last
	At     int64 // Unix milliseconds
}

// ReportTexts gives what staff wrote for the report of a year, by part.
func ReportTexts(ctx context.Context, tx *Tx, year int) (map[string]string, error) {
	list := []ReportText{}
	err := tx.SelectContext(ctx, &list, `SELECT year, part, text, person_id, at FROM report_texts WHERE year = $1`, year)
	if err != nil {
		return nil, wrap("list texts of a report", err)
	}
	texts := map[string]string{}
	for _, t := range list {
		texts[t.Part] = t.Text
	}
	return texts, nil
}

// KeepReportText keeps a text in the place of what was written before; an empty one has the part made of what agencies sent.
func KeepReportText(ctx context.Context, tx *Tx, t ReportText, now time.Time) error {
	if t.Text == "" {
		_, err := tx.ExecContext(ctx, `DELETE FROM report_texts WHERE year = $1 AND part = $2`, t.Year, t.Part)
		return wrap("take a text of a report away", err)
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO report_texts (year, part, text, person_id, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (year, part) DO UPDATE SET text = EXCLUDED.text, person_id = EXCLUDED.person_id, at = EXCLUDED.at`,
		t.Year, t.Part, t.Text, t.Person, millis(now))
	return wrap("keep a text of a report", err)
}

// ReportSending is that the report of a year was sent.
type ReportSending struct {
	Year     int
	Document string // its number and day
	Person   int64  `db:"person_id"` // who marked it
	At       int64  // Unix milliseconds
}

// FindReportSending finds whether the report of a year was sent; ok is false while it is a draft.
func FindReportSending(ctx context.Context, tx *Tx, year int) (s ReportSending, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &s, `SELECT year, document, person_id, at FROM report_sendings WHERE year = $1`, year))
	return s, ok, wrap("find sending of a report", err)
}

// MarkReportSent notes that the report of a year was sent; ok is false when it was marked before.
func MarkReportSent(ctx context.Context, tx *Tx, s ReportSending, now time.Time) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int), `INSERT INTO report_sendings (year, document, person_id, at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (year) DO NOTHING RETURNING year`, s.Year, s.Document, s.Person, millis(now)))
	return ok, wrap("mark report as sent", err)
}

// MarkReportDraft has the report of a year be a draft again; ok is false when it is one.
func MarkReportDraft(ctx context.Context, tx *Tx, year int) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int), `DELETE FROM report_sendings WHERE year = $1 RETURNING year`, year))
	return ok, wrap("mark report as a draft", err)
}
