// Package staff has the conversations of officers of Sở KH&CN.
package staff

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const pageSize = 5

// Registrations lists the startups that wait for staff, the longest first, each with a button to its card. Looking is an
// action: the role is checked as it happens, and it leaves a line in the audit log.
func Registrations(places *viet.Places) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "dangkymoi", Label: "Xem đăng ký chờ", Role: storage.Staff, Menu: true,
		Words: []string{"đăng ký mới", "xem đăng ký mới", "danh sách đăng ký", "hồ sơ mới", "đăng ký chờ"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			page, _ := strconv.Atoi(argument) // not a number: the first page
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return listWaiting(ctx, tx, t, places, max(page, 0)) })
			return nil
		},
	}
}

func listWaiting(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, page int) error {
	count, err := storage.CountMatches(ctx, tx, storage.Filter{Status: storage.StatusNew})
	if err != nil {
		return err
	}
	list, err := storage.WaitingStartups(ctx, tx, page*pageSize, pageSize)
	if err != nil {
		return err
	}
	t.Say(waiting(list, places, t, page, count))
	return storage.AddAudit(ctx, tx, t.In.From, "list-startups", "page "+strconv.Itoa(page+1), t.Now)
}

func waiting(list []storage.RegisteredStartup, places *viet.Places, t *handlers.Turn, page, count int) bot.Outgoing {
	switch {
	case count == 0:
		return bot.Outgoing{Text: "Không có đăng ký nào chờ xem. Anh/chị có thể tìm trong các hồ sơ đã có.", Buttons: []bot.Button{searchButton()}}
	case len(list) == 0:
		return bot.Outgoing{Text: "Trang này không còn đăng ký nào.", Buttons: []bot.Button{waitingButton()}}
	}
	m := bot.Outgoing{Title: fmt.Sprintf("%d đăng ký chờ xem, trang %d/%d", count, page+1, pages(count))}
	texts := []string{}
	for _, s := range list {
		texts = append(texts, describe(s, places, t))
		m.Buttons = append(m.Buttons, cardButton(s.Code))
	}
	m.Text = strings.Join(texts, "\n\n")
	if page+1 < pages(count) {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("dangkymoi:%d", page+1), Row: true})
	}
	return m
}

func pages(count int) int { return (count + pageSize - 1) / pageSize }

// describe tells what was registered, whom to call, and by when.
func describe(s storage.RegisteredStartup, places *viet.Places, t *handlers.Turn) string {
	text := handlers.DescribeStartup(s.Startup, places, t.Now.Location()) + "\n" + s.Founder + " · " + viet.ShowPhone(s.Phone)
	return text + dueLine(s.Startup, t) + twinLine(s.Startup)
}
