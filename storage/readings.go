package storage

import (
	"context"
	"database/sql/driver"
	"fmt"
	"time"

	"khoinghiep/bot"
)

// Reading is an entry that a juror scores in a round.
type Reading struct {
	ID          int64
	Competition int64 `db:"competition_id"`
	Juror       int64 `db:"juror_id"`
	Entry       int64 `db:"entry_id"`
	Round       int
	State       string
	Scores      Scores // so far, by criterion
	Note        string // for who entered
}

// The states of a reading.
const (
	ReadingDealt    = "dealt"
	ReadingClear    = "clear"    // the juror declared that there is no conflict of interest
	ReadingConflict = "conflict" // that there is one: somebody else reads
	ReadingScored   = "scored"
)

// Scores are scores in hundredths, kept as JSON.
type Scores []int64

// Value gives the JSON that is kept.
func (s Scores) Value() (driver.Value, error) {
	if s == nil {
		return "[]", nil
	}
	return encodeColumn([]int64(s))
}

// Scan reads what Value gave.
func (s *Scores) Scan(kept any) error { return decodeColumn(kept, (*[]int64)(s)) }

const readingColumns = `id, competition_id, juror_id, entry_id, round, state, scores, note`

// AddReadings has jurors read entries in a round.
func AddReadings(ctx context.Context, tx *Tx, list []Reading, now time.Time) error {
	for _, r := range list {
		_, err := tx.ExecContext(ctx, `INSERT INTO readings (id, competition_id, juror_id, entry_id, round, state, at)
			VALUES ($1, $2, $3, $4, $5, 'dealt', $6) ON CONFLICT (juror_id, entry_id, round) DO NOTHING`,
			NewID(now), r.Competition, r.Juror, r.Entry, r.Round, millis(now))
		if err != nil {
			return fmt.Errorf("deal an entry: %w", err)
		}
	}
	return nil
}

// Readings lists all of a competition, in the order in which they were dealt.
func Readings(ctx context.Context, tx *Tx, competition int64) ([]Reading, error) {
	list := []Reading{}
	err := tx.SelectContext(ctx, &list, `SELECT `+readingColumns+` FROM readings WHERE competition_id = $1 ORDER BY id`, competition)
	return list, wrap("list readings", err)
}

// ReadingsOf lists what a juror reads in a round, but for conflicts: what is not scored first.
func ReadingsOf(ctx context.Context, tx *Tx, juror int64, round int) ([]Reading, error) {
	list := []Reading{}
	err := tx.SelectContext(ctx, &list, `SELECT `+readingColumns+` FROM readings WHERE juror_id = $1 AND round = $2 AND state <> 'conflict'
		ORDER BY CASE state WHEN 'scored' THEN 1 ELSE 0 END, id`, juror, round)
	return list, wrap("list readings of a juror", err)
}

// OwnReading finds a reading of who writes from a, and keeps others from changing it until the transaction ends. ok is
// false for one that is not theirs, or not any more for a conflict of interest, or of a round that the jury is not at, or
// whose results are out.
func OwnReading(ctx context.Context, tx *Tx, a bot.Address, id int64) (r Reading, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &r, `UPDATE readings SET state = state WHERE id = $1 AND state <> 'conflict'
		AND juror_id IN (SELECT j.id FROM jurors j JOIN addresses d ON d.person_id = j.person_id WHERE d.channel = $2 AND d.chat = $3)
		AND EXISTS (SELECT 1 FROM competitions c WHERE c.id = readings.competition_id AND c.round = readings.round AND c.published < c.round)
		RETURNING `+readingColumns, id, a.Channel, a.Chat))
	return r, ok, wrap("find reading", err)
}

// Behind is how many entries somebody has yet to score in the round that the jury of a competition is at.
type Behind struct {
	Person     int64 `db:"person_id"`
	Name       string
	Definition string // of the competition
	Round      int
	Entries    int
}

// JurorsBehind lists the jurors with a chat who have something to score, those of one person together.
func JurorsBehind(ctx context.Context, tx *Tx) ([]Behind, error) {
	list := []Behind{}
	err := tx.SelectContext(ctx, &list, `SELECT j.person_id, c.name, c.definition, c.round, COUNT(*) AS entries
		FROM competitions c JOIN readings r ON r.competition_id = c.id AND r.round = c.round AND r.state IN ('dealt', 'clear')
		JOIN jurors j ON j.id = r.juror_id JOIN entries e ON e.id = r.entry_id AND e.state = 'submitted'
		WHERE c.published < c.round AND EXISTS (SELECT 1 FROM addresses a WHERE a.person_id = j.person_id)
		GROUP BY j.person_id, c.id, c.name, c.definition, c.round ORDER BY j.person_id, c.id`)
	return list, wrap("list jurors who are behind", err)
}

// SaveReading keeps the state, scores and note of a reading, in the place of what staff entered from paper.
func SaveReading(ctx context.Context, tx *Tx, r Reading, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM score_papers WHERE reading_id = $1`, r.ID); err != nil {
		return fmt.Errorf("replace scores from paper: %w", err)
	}
	_, err := tx.ExecContext(ctx, `UPDATE readings SET state = $2, scores = $3, note = $4, at = $5 WHERE id = $1`, r.ID, r.State, r.Scores, r.Note, millis(now))
	return wrap("keep reading", err)
}
