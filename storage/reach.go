package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"khoinghiep/bot"
)

// reach is where people can be written to, the best chat of each first.
type reach map[int64][]reachable

type reachable struct {
	Person int64 `db:"person_id"`
	bot.Address
	Preferred int64 `db:"preferred_at"`
	Since     int64
	Seen      int64 // when the person last did something there, Unix milliseconds; with Redis a second late at most
}

// reachOf lists the reachable chats of people.
func reachOf(ctx context.Context, q sqlx.QueryerContext, people []int64) (reach, error) {
	rows := []reachable{}
	list, args := in(people)
	err := sqlx.SelectContext(ctx, q, &rows, `
		SELECT a.person_id, a.channel, a.chat, a.preferred_at, a.since, COALESCE(d.updated_at, 0) AS seen
		FROM addresses a LEFT JOIN dialogs d ON d.channel = a.channel AND d.chat = a.chat
		WHERE a.reachable = 1 AND a.person_id IN `+list, args...)
	if err != nil {
		return nil, wrap("find chats of people", err)
	}
	// In a web chat people see what they are told once they come back: it is the last resort.
	slices.SortFunc(rows, func(a, b reachable) int {
		return cmp.Or(number(onTheWeb(a.Channel))-number(onTheWeb(b.Channel)), cmp.Compare(b.Preferred, a.Preferred), cmp.Compare(b.Since, a.Since))
	})
	r := reach{}
	for _, row := range rows {
		r[row.Person] = append(r[row.Person], row)
	}
	return r, nil
}

// best is the chat to write to.
func (r reach) best(person int64) (bot.Address, bool) {
	if len(r[person]) == 0 {
		return bot.Address{}, false
	}
	return r[person][0].Address, true
}

func onTheWeb(channel string) bool { return strings.HasPrefix(channel, "web") }

// in gives a list of placeholders and its values, for "IN"; without any, a list that nothing is in.
func in(ids []int64) (list string, args []any) {
	if len(ids) == 0 {
		return "(NULL)", nil
	}
	for _, id := range ids {
		args = append(args, id)
	}
	return placeholders(1, len(ids)), args
}

// Prefer remembers that a is the chat in which its person wants to be written to.
func Prefer(ctx context.Context, tx *Tx, a bot.Address, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE addresses SET preferred_at = $3 WHERE channel = $1 AND chat = $2`, a.Channel, a.Chat, millis(now))
	return wrap("prefer a chat", err)
}

// AwayErrand is the errand that tells a dialog that its person could not be reached.
const AwayErrand = "away"

// LoseChat remembers that a chat cannot be written to, until the person writes there: the dialog is told so that it looks.
func LoseChat(ctx context.Context, tx *Tx, a bot.Address, now time.Time) error {
	if err := SetReachable(ctx, tx, a, false); err != nil {
		return err
	}
	return AddErrand(ctx, tx, a, AwayErrand, now)
}
