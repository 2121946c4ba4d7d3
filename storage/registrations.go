package storage

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"khoinghiep/bot/viet"
)

// RegisteredStartup is a startup with whom to call about it.
type RegisteredStartup struct {
	Startup
	Founder string
	Phone   string // E.164
}

// Those that founders withdrew are nobody's business any more.
const registered = `
	SELECT s.id, s.code, s.draft, s.person_id, s.name, s.place, s.field, s.stage, s.status, s.twin, s.profile, s.origin, s.created_at, s.updated_at,
		s.revision, s.waiting_at, s.due_at, s.told_at, s.merged_into, p.name AS founder, p.phone
	FROM startups s JOIN people p ON p.id = s.person_id WHERE s.status <> 'withdrawn'`

// FindRegistered finds a startup by its code; ok is false when there is none, or it is withdrawn.
func FindRegistered(ctx context.Context, tx *Tx, code string) (s RegisteredStartup, ok bool, err error) {
	ok, err = found(tx.GetContext(ctx, &s, registered+` AND s.code = $1`, code))
	return s, ok, wrap("find startup", err)
}

// WaitingStartups lists the startups that wait for staff, the longest first, skipping the first ones.
func WaitingStartups(ctx context.Context, tx *Tx, skip, most int) ([]RegisteredStartup, error) {
	list := []RegisteredStartup{}
	err := tx.SelectContext(ctx, &list, registered+` AND s.status = 'new' ORDER BY s.waiting_at, s.id LIMIT $2 OFFSET $1`, skip, most)
	return list, wrap("list waiting startups", err)
}

// Filter says which startups are looked for. What is empty does not matter.
type Filter struct {
	Text   string   // a code, a part of a name (the startup's or the founder's) or of a phone, however they are spelled
	Places []string // codes
	Field  string
	Stage  string
	Status string
}

const filtered = ` AND (CAST($1 AS TEXT) = '' OR s.code = $2 OR s.name_folded LIKE $3 OR p.name_folded LIKE $3 OR p.phone LIKE $4)
	AND (CAST($5 AS TEXT) = '' OR CAST($5 AS TEXT) LIKE '%,' || s.place || ',%')
	AND (CAST($6 AS TEXT) = '' OR s.field = $6) AND (CAST($7 AS TEXT) = '' OR s.stage = $7) AND (CAST($8 AS TEXT) = '' OR s.status = $8)`

// SearchStartups lists what the filter lets through, from the newest on, skipping the first ones.
func SearchStartups(ctx context.Context, tx *Tx, f Filter, skip, most int) ([]RegisteredStartup, error) {
	list := []RegisteredStartup{}
	err := tx.SelectContext(ctx, &list, registered+filtered+` ORDER BY s.id DESC LIMIT $10 OFFSET $9`, append(f.values(), skip, most)...)
	return list, wrap("search startups", err)
}

// CountMatches counts what the filter lets through.
func CountMatches(ctx context.Context, tx *Tx, f Filter) (n int, err error) {
	err = tx.GetContext(ctx, &n, `SELECT COUNT(*) FROM (`+registered+filtered+`) AS f`, f.values()...)
	return n, wrap("count startups", err)
}

// likeNone is like no folded text and no phone.
const likeNone = "-"

// values are those of the placeholders of filtered. Folded texts have no character that LIKE takes for another.
func (f Filter) values() []any {
	text, name, places := viet.Fold(f.Text), likeNone, ""
	if text != "" {
		name = "%" + text + "%"
	}
	if len(f.Places) > 0 {
		places = "," + strings.Join(f.Places, ",") + ","
	}
	return []any{strings.TrimSpace(f.Text), codeIn(text), name, phoneIn(text), places, f.Field, f.Stage, f.Status}
}

var (
	codeShape  = regexp.MustCompile(`^(?:kn ?)?(20\d\d) ?0*(\d{1,6})$`)
	phoneShape = regexp.MustCompile(`^(?:00)?(?:84|0)?(\d{4,10})$`)
)

// codeIn is the code that a folded text spells: "kn 2026 0001" or "2026 1"; "" for none.
func codeIn(text string) string {
	m := codeShape.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	n, _ := strconv.Atoi(m[2]) // at most six digits
	return fmt.Sprintf("KN-%s-%04d", m[1], n)
}

// phoneIn is the pattern of the phones of which a folded text is a part, with 0 or 84 before it or without. Fewer than four
// digits are none.
func phoneIn(text string) string {
	if m := phoneShape.FindStringSubmatch(strings.ReplaceAll(text, " ", "")); m != nil {
		return "+84%" + m[1] + "%"
	}
	return likeNone
}
