package storage

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// Achievement is one thing that counts towards a target of the plan, confirmed by an officer with evidence: the number of a
// document, a file, or both.
type Achievement struct {
	ID       int64
	Code     string // MC-2026-0001
	Draft    string // of the form it came from; unique
	Target   string // id of a plan.Target
	Startup  string `db:"startup_code"` // whose it is; "": nobody's who is registered
	Name     string // of whose it is, when that is no startup here
	Project  string // the startup's name as it is now; "" when it was erased
	Day      string `db:"achieved_on"` // "2006-01-02"
	Document string // its number
	Hash     string // of the file's content
	FileName string `db:"file_name"`
	Person   int64  `db:"person_id"` // who confirmed it
	Officer  string // their name; "" when we do not know it any more
	At       int64  // when, Unix milliseconds
}

// File is the file that proves it; ok is false when there is none.
func (a Achievement) File() (f bot.File, ok bool) {
	return bot.File{ID: a.Hash, Name: a.FileName}, a.Hash != ""
}

// AddAchievement keeps what who writes from the address by confirmed, once for its draft, and fills in ID, Code, Person and
// At. It fails with ErrFileMissing when the file is gone.
func AddAchievement(ctx context.Context, tx *Tx, a *Achievement, by bot.Address, now time.Time) error {
	done, err := found(tx.GetContext(ctx, a, achievements+` WHERE a.draft = $1`, a.Draft))
	if done || err != nil {
		return wrap("find achievement of draft", err)
	}
	if a.Person, err = EnsurePerson(ctx, tx, by, now); err != nil {
		return err
	}
	if err := holdFile(ctx, tx, a.Hash); err != nil {
		return err
	}
	if a.Code, err = nextCode(ctx, tx, "MC", now.Year()); err != nil {
		return err
	}
	a.ID, a.At = NewID(now), millis(now)
	_, err = tx.ExecContext(ctx, `
		INSERT INTO achievements (id, code, draft, target, startup_code, name, name_folded, achieved_on, document, hash, file_name, person_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		a.ID, a.Code, a.Draft, a.Target, a.Startup, a.Name, viet.Fold(a.Name), a.Day, a.Document, a.Hash, a.FileName, a.Person, a.At)
	return wrap("keep achievement", err)
}

// holdFile makes sure that a content is there and is not removed until the transaction ends; "" is no content.
func holdFile(ctx context.Context, tx *Tx, hash string) error {
	if hash == "" {
		return nil
	}
	ok, err := found(tx.GetContext(ctx, new(string), `UPDATE files SET at = at WHERE hash = $1 AND struck = 0 RETURNING hash`, hash))
	if err == nil && !ok {
		return ErrFileMissing
	}
	return wrap("hold file", err)
}

const achievements = `
	SELECT a.id, a.code, a.draft, a.target, a.startup_code, a.name, COALESCE(s.name, '') AS project, a.achieved_on, a.document, a.hash,
	a.file_name, a.person_id, COALESCE(p.name, '') AS officer, a.at
	FROM achievements a LEFT JOIN startups s ON s.code = a.startup_code LEFT JOIN people p ON p.id = a.person_id`

// Achievements lists what counts towards a target, achieved between two days, both included, the latest first, skipping the
// first ones.
func Achievements(ctx context.Context, tx *Tx, target, from, until string, skip, most int) ([]Achievement, error) {
	list := []Achievement{}
	err := tx.SelectContext(ctx, &list, achievements+` WHERE a.target = $1 AND a.achieved_on BETWEEN $2 AND $3
		ORDER BY a.achieved_on DESC, a.id DESC LIMIT $5 OFFSET $4`, target, from, until, skip, most)
	return list, wrap("list achievements", err)
}

// FindAchievement finds one by its code; ok is false when there is none, or no more.
func FindAchievement(ctx context.Context, tx *Tx, code string) (a Achievement, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &a, achievements+` WHERE a.code = $1`, code))
	return a, ok, wrap("find achievement", err)
}

// CountAchievements tells for each target how many have achieved it between two days, both included: a startup, or a name,
// counts once, however many achievements it has. What has lost its evidence does not count. Targets without any are left out.
func CountAchievements(ctx context.Context, tx *Tx, from, until string) (map[string]int64, error) {
	rows := []struct {
		Target string
		N      int64
	}{}
	err := tx.SelectContext(ctx, &rows, `SELECT target, COUNT(DISTINCT startup_code || '/' || name_folded) AS n FROM achievements
		WHERE achieved_on BETWEEN $1 AND $2 AND document || hash <> '' GROUP BY target`, from, until)
	if err != nil {
		return nil, fmt.Errorf("count achievements: %w", err)
	}
	counts := map[string]int64{}
	for _, r := range rows {
		counts[r.Target] = r.N
	}
	return counts, nil
}

// TakeBack deletes an achievement, and its file when nobody else has it. ok is false when it is gone already.
func (f *Files) TakeBack(ctx context.Context, tx *Tx, a Achievement) (ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, new(int64), `DELETE FROM achievements WHERE id = $1 RETURNING id`, a.ID))
	if !ok || err != nil || a.Hash == "" {
		return ok, wrap("take achievement back", err)
	}
	return true, f.Release(ctx, tx, a.Hash)
}
