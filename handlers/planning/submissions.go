package planning

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Submissions lists what agencies sent and staff have not looked at yet, the oldest first.
func (o Office) Submissions() *handlers.Conversation {
	return &handlers.Conversation{
		Name: submissions, Label: "Duyệt bản gửi", Role: storage.Staff,
		Words: []string{"bản gửi chờ xem", "duyệt báo cáo", "báo cáo chờ duyệt"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
				return listSubmissions(ctx, tx, t, pageNumber(argument))
			})
			return nil
		},
	}
}

func listSubmissions(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	found, err := storage.WaitingSubmissions(ctx, tx, page*pageSize, pageSize+1)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: fmt.Sprintf("Bản gửi chờ xem, trang %d", page+1), Text: "Không có bản gửi nào chờ xem ở trang này."}
	lines := []string{}
	for _, s := range found[:min(len(found), pageSize)] {
		_, owed, _, err := storage.FindSubmission(ctx, tx, s.Code)
		if err != nil {
			return err
		}
		lines = append(lines, owed.Owner+" · "+owed.Title+"\n"+submissionLine(s, t))
		m.Buttons = append(m.Buttons, row("Mở "+owed.Code, obligation, owed.Code))
	}
	if len(lines) > 0 {
		m.Text = strings.Join(lines, "\n\n")
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, row("Xem tiếp", submissions, strconv.Itoa(page+1)))
	}
	m.Buttons = append(m.Buttons, row("Tiến độ", progress, ""))
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-submissions", "page "+strconv.Itoa(page+1), t.Now)
}
