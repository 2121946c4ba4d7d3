package storage

import (
	"context"
	"fmt"
	"time"
)

// ScorePaper is what staff took scores from that they entered in a juror's name.
type ScorePaper struct {
	Reading  int64  `db:"reading_id"`
	Document string // number and day of the minutes; "" when there is a scan
	Hash     string // of a scan of what the juror signed; "" for none
	Person   int64  `db:"person_id"` // who entered them
}

const scorePaperColumns = `reading_id, document, COALESCE(hash, '') AS hash, person_id`

// StandingReading finds a reading of a competition, and keeps others from changing it until the transaction ends. ok is false
// for one of another competition, of a round that the jury is not at, or whose results are out.
func StandingReading(ctx context.Context, tx *Tx, competition, id int64) (r Reading, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, `UPDATE readings SET state = state WHERE id = $1 AND competition_id = $2
		AND EXISTS (SELECT 1 FROM competitions c WHERE c.id = readings.competition_id AND c.round = readings.round AND c.published < c.round)
		RETURNING `+readingColumns, id, competition))
	return r, ok, wrap("find a reading of a competition", err)
}

// EnterScores keeps scores that staff took from paper. Whatever the juror does later to the reading ends that, see SaveReading.
func EnterScores(ctx context.Context, tx *Tx, r Reading, p ScorePaper, now time.Time) error {
	if err := SaveReading(ctx, tx, r, now); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO score_papers (reading_id, document, hash, person_id, at) VALUES ($1, $2, NULLIF($3, ''), $4, $5)`,
		r.ID, p.Document, p.Hash, p.Person, millis(now))
	return wrap("keep what scores were taken from", err)
}

// ScorePapers lists what the scores of a competition were taken from, by reading, where they came on paper.
func ScorePapers(ctx context.Context, tx *Tx, competition int64) (map[int64]ScorePaper, error) {
	list := []ScorePaper{}
	err := tx.SelectContext(ctx, &list, `SELECT `+scorePaperColumns+` FROM score_papers
		WHERE reading_id IN (SELECT id FROM readings WHERE competition_id = $1)`, competition)
	if err != nil {
		return nil, fmt.Errorf("list what scores were taken from: %w", err)
	}
	byReading := map[int64]ScorePaper{}
	for _, p := range list {
		byReading[p.Reading] = p
	}
	return byReading, nil
}

// ScorePaperOf finds what the scores of a reading were taken from; ok is false for what the juror scored.
func ScorePaperOf(ctx context.Context, tx *Tx, reading int64) (p ScorePaper, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &p, `SELECT `+scorePaperColumns+` FROM score_papers WHERE reading_id = $1`, reading))
	return p, ok, wrap("find what scores were taken from", err)
}

// letScansGo takes the scans out of which a juror, or an entry, could be known, and gives their contents. The number of the
// minutes stays.
func letScansGo(ctx context.Context, tx *Tx, ofReadings string, whose int64) (contents []string, err error) {
	const scans = `hash IS NOT NULL AND reading_id IN `
	if err := tx.SelectContext(ctx, &contents, `SELECT hash FROM score_papers WHERE `+scans+ofReadings, whose); err != nil {
		return nil, fmt.Errorf("list scans of scores: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE score_papers SET hash = NULL WHERE `+scans+ofReadings, whose)
	return contents, wrap("let scans of scores go", err)
}

// Readings whose scans letScansGo takes out.
const (
	readingsOfEntry  = `(SELECT id FROM readings WHERE entry_id = $1)`
	readingsOfPerson = `(SELECT id FROM readings WHERE juror_id IN (SELECT id FROM jurors WHERE person_id = $1)
		OR entry_id IN (SELECT id FROM entries WHERE person_id = $1))`
)
