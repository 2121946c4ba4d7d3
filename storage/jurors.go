package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// Juror is somebody who scores entries of a competition.
type Juror struct {
	ID          int64
	Competition int64 `db:"competition_id"`
	Person      int64 `db:"person_id"`
	Name        string
	Paper       bool // has no chat: staff enter what they signed
}

const jurorColumns = `id, competition_id, person_id, name, NOT EXISTS (SELECT 1 FROM addresses a WHERE a.person_id = jurors.person_id) AS paper`

// AddJuror makes a person a juror; again is harmless.
func AddJuror(ctx context.Context, tx *Tx, competition, person int64, name string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO jurors (id, competition_id, person_id, name, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (competition_id, person_id) DO NOTHING`, NewID(now), competition, person, name, millis(now))
	return wrap("add juror", err)
}

// AddPaperJuror adds a juror who has no chat, and so is known by name alone; ok is false when one of the name is there already.
func AddPaperJuror(ctx context.Context, tx *Tx, competition int64, name string, now time.Time) (ok bool, err error) {
	jurors, err := Jurors(ctx, tx, competition)
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(jurors, func(j Juror) bool { return viet.Fold(j.Name) == viet.Fold(name) }) {
		return false, nil
	}
	person, err := personWithoutChat(ctx, tx, name, "", now)
	if err != nil {
		return false, err
	}
	return true, AddJuror(ctx, tx, competition, person, name, now)
}

// Jurors lists the jurors of a competition in the order in which they came.
func Jurors(ctx context.Context, tx *Tx, competition int64) ([]Juror, error) {
	list := []Juror{}
	err := tx.SelectContext(ctx, &list, `SELECT `+jurorColumns+` FROM jurors WHERE competition_id = $1 ORDER BY id`, competition)
	return list, wrap("list jurors", err)
}

// JuriesAt lists what who writes from a is a juror of, the latest first.
func JuriesAt(ctx context.Context, tx *Tx, a bot.Address) ([]Juror, error) {
	list := []Juror{}
	err := tx.SelectContext(ctx, &list, `SELECT `+jurorColumns+` FROM jurors
		WHERE person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2) ORDER BY id DESC`, a.Channel, a.Chat)
	return list, wrap("list juries of a person", err)
}

// RemoveJuror takes a juror out, with what they did not score yet; ok is false when there is no such juror.
func RemoveJuror(ctx context.Context, tx *Tx, competition, juror int64) (j Juror, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &j, `DELETE FROM jurors WHERE id = $1 AND competition_id = $2 RETURNING `+jurorColumns, juror, competition))
	if !ok || err != nil {
		return j, false, wrap("remove juror", err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM readings WHERE juror_id = $1 AND state IN ('dealt', 'clear')`, juror)
	return j, true, wrap("take back what a juror did not score", err)
}

// TakePartAs lists who has a part in the entries of a competition, as captain or member: pairs of a juror of it and an entry.
func TakePartAs(ctx context.Context, tx *Tx, competition int64) ([]Reading, error) {
	list := []Reading{}
	err := tx.SelectContext(ctx, &list, `SELECT j.id AS juror_id, e.id AS entry_id FROM jurors j JOIN entries e ON e.competition_id = j.competition_id
		WHERE j.competition_id = $1 AND (e.person_id = j.person_id OR EXISTS (SELECT 1 FROM entry_members m WHERE m.entry_id = e.id AND m.person_id = j.person_id))`, competition)
	return list, wrap("find jurors who take part", err)
}

// BeginRound has the jury of a closed competition be at a round, from the one before; ok is false when it is not at that one.
func BeginRound(ctx context.Context, tx *Tx, c *Competition, round int) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, c, `UPDATE competitions SET round = $2 WHERE id = $1 AND round IN ($2 - 1, $2) AND published >= $2 - 1 RETURNING `+competitionColumns, c.ID, round))
	return ok, wrap("begin round", err)
}

// PublishRound has the results of the jury's round be out, and the entries given go on; ok is false when they were out.
func PublishRound(ctx context.Context, tx *Tx, c *Competition, goOn []int64) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, c, `UPDATE competitions SET published = round WHERE id = $1 AND published = round - 1 RETURNING `+competitionColumns, c.ID))
	if !ok || err != nil {
		return false, wrap("publish round", err)
	}
	for _, id := range goOn {
		if _, err := tx.ExecContext(ctx, `UPDATE entries SET round = $2 WHERE id = $1`, id, c.Round+1); err != nil {
			return false, fmt.Errorf("let an entry go on: %w", err)
		}
	}
	return true, nil
}
