package staff

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// listRequests lists what this member of staff may answer, theirs first. Whoever talks in a request stops doing so: numbers
// and labels typed now are of the list.
func listRequests(ctx context.Context, tx *storage.Tx, t *handlers.Turn, me int64, page int) error {
	if t.Session.Name == "yeucau" {
		t.Session.Drop()
	}
	found, err := storage.OpenRequests(ctx, tx, me, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	t.Say(requestCard(found, me, page, t.Now.Location()))
	return storage.AddAudit(ctx, tx, t.In.From, "list-requests", "page "+strconv.Itoa(page+1), t.Now)
}

func requestCard(found []storage.Request, me int64, page int, zone *time.Location) bot.Outgoing {
	if len(found) == 0 {
		return bot.Outgoing{Text: "Không có yêu cầu nào chờ anh/chị ở trang này. Anh/chị gõ “menu” để xem các việc khác."}
	}
	m, lines := bot.Outgoing{Title: fmt.Sprintf("Yêu cầu đang mở, trang %d", page+1)}, []string{}
	for _, r := range found[:min(len(found), pageSize)] {
		lines = append(lines, describeRequest(r, zone))
		b := bot.Button{Label: "Nhận " + r.Code, Data: "yeucau:" + takeRequest + ":" + r.Code, Row: true}
		if r.Staff == me {
			b = bot.Button{Label: "Mở " + r.Code, Data: "yeucau:" + r.Code, Row: true}
		}
		m.Buttons = append(m.Buttons, b)
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("yeucau:%d", page+1), Row: true})
	}
	m.Text = strings.Join(lines, "\n\n")
	return m
}

func describeRequest(r storage.Request, zone *time.Location) string {
	state, held := "Đã trả lời", "anh/chị đang giữ"
	if r.WaitingAt > 0 {
		state = "Chờ trả lời từ " + clock(r.WaitingAt, zone)
	}
	switch {
	case r.Staff == 0 && r.TakenOn != "": // of all platforms, only Zalo tells
		held = "cán bộ đang trả lời ngay trên Zalo"
	case r.Staff == 0:
		held = "chưa ai nhận"
	}
	return handlers.RequestTitle(r) + "\n" + state + " · " + held
}

func clock(at int64, zone *time.Location) string {
	return time.UnixMilli(at).In(zone).Format("15:04 02/01/2006")
}
