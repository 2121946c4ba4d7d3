package agency

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const pageSize = 4 // so that the buttons are what a small screen shows

// List shows an officer what their agencies owe and owed, and opens one. A button carries the page from 0, or the code.
func (d Office) List() *handlers.Conversation {
	return &handlers.Conversation{
		Name: listing, Label: "Việc của tôi", Role: storage.Officer, Menu: true,
		Words:  []string{"việc cần gửi", "hạn gửi", "hạn báo cáo"},
		Always: []string{"việc của tôi"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if page, err := strconv.Atoi(cmp.Or(argument, "0")); err == nil {
				asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
					return d.list(ctx, tx, t, mine, max(page, 0))
				})
				return nil
			}
			about(t, argument, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
				return d.open(ctx, tx, t, o, "")
			})
			return nil
		},
	}
}

func (d Office) list(ctx context.Context, tx *storage.Tx, t *handlers.Turn, mine []string, page int) error {
	found, err := storage.ObligationsOf(ctx, tx, mine, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: fmt.Sprintf("Việc của tôi, trang %d", page+1), Text: "Không có việc nào ở trang này."}
	lines := []string{}
	for _, o := range found[:min(len(found), pageSize)] {
		sign, words := d.light(o, t.Now)
		lines = append(lines, fmt.Sprintf("%s %s · %s\n%s", sign, o.Code, fullName(o), words))
		m.Buttons = append(m.Buttons, openButton(o))
	}
	if len(lines) > 0 {
		m.Text = strings.Join(lines, "\n\n")
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("%s:%d", listing, page+1), Row: true})
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-obligations", "page "+strconv.Itoa(page+1), t.Now)
}
