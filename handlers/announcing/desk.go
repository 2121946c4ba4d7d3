// Package announcing has the conversations in which staff tell something to many people at once: they write it, look at whom
// it would reach, have it approved, and see it through.
package announcing

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Desk is where announcements are made.
type Desk struct {
	Places  *viet.Places
	Profile *form.Form // of startups: what people can be chosen by
	// Alone has whoever wrote an announcement approve it as well; otherwise it takes two.
	Alone bool
	Rate  func(channel string) float64 // messages a second
}

// Names of the conversations.
const (
	composing = "thongbaomoi"
	managing  = "dsthongbao"
)

// tellOther queues a notice about a to somebody, unless it is who acts. what tells these notices from others about a.
func tellOther(ctx context.Context, tx *storage.Tx, t *handlers.Turn, me, other int64, a storage.Announcement, what string, m bot.Outgoing) error {
	if me == other {
		return nil
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: source(a, what, t.Now), Person: other, Message: m, Queue: storage.QueueNotices, Hours: a.Hours(),
	}, t.Now)
}

func listButton() bot.Button {
	return bot.Button{Label: "Các thông báo", Data: managing + ":", Row: true}
}
