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

// Registrations lists startups from the newest on, with who to call. Looking is an action: the role is checked as it
// happens, and it leaves a line in the audit log.
func Registrations(places *viet.Places) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "dangkymoi", Label: "Xem đăng ký mới", Role: storage.Staff, Menu: true,
		Words: []string{"đăng ký mới", "danh sách đăng ký", "hồ sơ mới"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			page, _ := strconv.Atoi(argument)
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return list(ctx, tx, t, places, max(page, 0)) })
			return nil
		},
	}
}

func list(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, page int) error {
	allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff)
	if err != nil {
		return err
	}
	if !allowed {
		t.Say(handlers.NotUnderstood())
		return nil
	}
	found, err := storage.RecentStartups(ctx, tx, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	t.Say(card(found, places, t, page))
	return storage.AddAudit(ctx, tx, t.In.From, "list-startups", "page "+strconv.Itoa(page+1), t.Now)
}

func card(found []storage.RegisteredStartup, places *viet.Places, t *handlers.Turn, page int) bot.Outgoing {
	if len(found) == 0 {
		return bot.Outgoing{Text: "Không có đăng ký nào ở trang này. Anh/chị gõ “menu” để xem các việc khác."}
	}
	m := bot.Outgoing{Title: fmt.Sprintf("Đăng ký mới nhất, trang %d", page+1)}
	lines := []string{}
	for _, s := range found[:min(len(found), pageSize)] {
		lines = append(lines, describe(s, places, t))
	}
	m.Text = strings.Join(lines, "\n\n")
	if len(found) > pageSize {
		m.Buttons = []bot.Button{{Label: "Xem tiếp", Data: fmt.Sprintf("dangkymoi:%d", page+1), Row: true}}
	}
	return m
}

func describe(s storage.RegisteredStartup, places *viet.Places, t *handlers.Turn) string {
	text := handlers.DescribeStartup(s.Startup, places, t.Now.Location()) + "\n" + s.Founder + " · " + viet.ShowPhone(s.Phone)
	if s.Twin != "" {
		text += "\nCó thể trùng với " + s.Twin + "."
	}
	return text
}
