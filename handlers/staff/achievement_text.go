package staff

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

func noRecords() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Không có kết quả nào ở đây.",
		Buttons: []bot.Button{{Label: "Xem chỉ tiêu", Data: "minhchung:", Row: true}},
	}
}

// recordsPage has at most pageSize of the records; one more of them means that there is another page.
func recordsPage(t *handlers.Turn, period plan.Period, target plan.Target, list []storage.Achievement, page int) bot.Outgoing {
	m := bot.Outgoing{Title: fmt.Sprintf("%s, giai đoạn %s, trang %d", target.Name, period.Name, page+1)}
	lines := []string{}
	for _, a := range list[:min(len(list), pageSize)] {
		lines = append(lines, describeRecord(a, t))
		if f, ok := a.File(); ok {
			m.Buttons = append(m.Buttons, t.FileButtons(f)...)
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: "Gỡ " + a.Code, Data: "minhchung:" + askTakeBack + ":" + a.Code, Row: true})
	}
	if len(list) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: recordsButton(period, target.ID, page+1), Row: true})
	}
	m.Text = strings.Join(lines, "\n\n")
	return m
}

// describeRecord tells whose it is, the evidence, and who confirmed it when.
func describeRecord(a storage.Achievement, t *handlers.Turn) string {
	at := time.UnixMilli(a.At).In(t.Now.Location()).Format("02/01/2006")
	return fmt.Sprintf("%s · %s\nĐạt được %s. Minh chứng: %s.\n%s xác nhận ngày %s.", a.Code, whose(a), viet.ShowDate(a.Day),
		evidence(a), cmp.Or(a.Officer, "Một cán bộ"), at)
}

func evidence(a storage.Achievement) string {
	list := []string{}
	if a.Document != "" {
		list = append(list, a.Document)
	}
	if a.Hash != "" {
		list = append(list, "tệp "+cmp.Or(a.FileName, "ảnh"))
	}
	return cmp.Or(strings.Join(list, "; "), "không còn, nên không được tính")
}

// whose names the startup as it is now, or what was typed.
func whose(a storage.Achievement) string {
	if a.Startup == "" {
		return a.Name
	}
	return a.Startup + " " + cmp.Or(a.Project, "(hồ sơ đã xóa)")
}
