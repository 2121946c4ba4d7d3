package scheduler

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// mostReminderButtons is how many buttons a notice may have.
const mostReminderButtons = 5

// message is a letter in words: first what the person has to send, then what staff wait for.
func (m *morning) message(l Letter) bot.Outgoing {
	mine, others := []Told{}, []Told{}
	for _, t := range l.Told {
		if t.To == plan.Officers || t.To == plan.Heads {
			mine = append(mine, t)
		} else {
			others = append(others, t)
		}
	}
	message := bot.Outgoing{Title: reminderTitle(mine)}
	texts, room := []string{}, mostReminderButtons
	if len(others) > 0 {
		room-- // for the letters
	}
	switch {
	case len(mine) == 1:
		texts = append(texts, m.letterAbout(mine[0]))
		message.Buttons = answerButtons(mine[0])
		message.Template = dueTemplate(mine[0])
	case len(mine) > 1:
		texts = append(texts, m.list(mine))
		message.Buttons = listButtons(mine, room)
	}
	if len(others) > 0 {
		texts = append(texts, m.awaited(others))
		message.Buttons = append(message.Buttons, draftButtons(others, mostReminderButtons-len(message.Buttons))...)
		message.Template = nil
	}
	message.Text = strings.Join(texts, "\n\n")
	return message
}

func reminderTitle(mine []Told) string {
	switch len(mine) {
	case 0:
		return "Đơn vị chưa gửi kế hoạch, báo cáo"
	case 1:
		if t := mine[0]; t.Unit != "" {
			return "Nhắc hạn ghi nhiệm vụ " + strings.Join(t.Tasks, ", ")
		}
		return "Nhắc hạn gửi " + viet.LowerFirst(mine[0].Obligation.Title)
	}
	return fmt.Sprintf("Nhắc hạn: %d việc cần gửi", len(mine))
}

// letterAbout is about one obligation, to the agency that owes it, or to a unit that has tasks in it.
func (m *morning) letterAbout(t Told) string {
	o, do, please := t.Obligation, "gửi", "Đề nghị anh/chị gửi hoặc cho biết ngày gửi."
	if t.Unit != "" {
		do, please = "ghi", "Đề nghị anh/chị ghi giúp."
	}
	text := fmt.Sprintf("Kính gửi %s. %s %s %s: hết %s, %s.", t.Owner(), limitOf(o), do, t.what(), viet.ShowDate(o.Last()), m.left(o))
	if m.late(o) {
		text = fmt.Sprintf("Kính gửi %s. Đến %s %s, %s %s, %s hết %s. %s",
			t.Owner(), m.now.Format("15:04"), viet.ShowDate(m.now.Format(time.DateOnly)), missedBy(t), t.what(), viet.LowerFirst(limitOf(o)), viet.ShowDate(o.Last()), please)
	}
	if o.Asked != "" {
		text += "\nNội dung: " + o.Asked
	}
	return text
}

// missedBy says, before what is late, who misses it. What the department owes others receive.
func missedBy(t Told) string {
	if t.Obligation.Agency == storage.Department && t.Unit == "" {
		return "trợ lý chưa ghi nhận đã gửi"
	}
	return "Sở Khoa học và Công nghệ chưa nhận được"
}

// limitOf is what the last day is called.
func limitOf(o storage.Obligation) string {
	if o.Promised != "" {
		return "Ngày hẹn"
	}
	return "Hạn"
}

// list is one line for each obligation.
func (m *morning) list(mine []Told) string {
	owners := owners(mine)
	lines := []string{"Kính gửi anh/chị. Các việc cần gửi Sở Khoa học và Công nghệ:"}
	if len(owners) == 1 {
		lines[0] = fmt.Sprintf("Kính gửi %s. Các việc cần gửi Sở Khoa học và Công nghệ:", owners[0])
	}
	for _, t := range mine {
		o := t.Obligation
		line := fmt.Sprintf("%s: %s hết %s, %s", viet.UpperFirst(t.what()), viet.LowerFirst(limitOf(o)), viet.ShowDate(o.Last()), m.left(o))
		if len(owners) > 1 {
			line = t.Owner() + ". " + line
		}
		line = "- " + line
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func owners(told []Told) (names []string) {
	for _, t := range told {
		if !slices.Contains(names, t.Owner()) {
			names = append(names, t.Owner())
		}
	}
	return names
}

// awaited tells staff which agencies did not send what: one line for all that owe the same until the same day.
func (m *morning) awaited(others []Told) string {
	heads, owers := []string{}, map[string][]string{}
	for _, t := range others {
		o := t.Obligation
		head := fmt.Sprintf("- %s, %s hết %s, %s", o.Title, viet.LowerFirst(limitOf(o)), viet.ShowDate(o.Last()), m.left(o))
		if owers[head] == nil {
			heads = append(heads, head)
		}
		owers[head] = append(owers[head], o.Short)
	}
	lines := []string{"Các đơn vị chưa gửi, có sẵn dự thảo công văn đôn đốc:"}
	if len(urged(others)) == 0 {
		lines[0] = "Chưa gửi:"
	}
	for _, head := range heads {
		lines = append(lines, head+": "+strings.Join(owers[head], "; ")+".")
	}
	return strings.Join(lines, "\n")
}

func (m *morning) late(o storage.Obligation) bool { return o.Last() < m.now.Format(time.DateOnly) }

// left tells how many working days are left after today, or by how many it is late.
func (m *morning) left(o storage.Obligation) string {
	last, err := time.ParseInLocation(time.DateOnly, o.Last(), m.now.Location())
	if err != nil {
		return "" // days are kept as "2006-01-02" alone
	}
	if m.late(o) {
		return fmt.Sprintf("quá hạn %d ngày làm việc", m.job.Calendar.WorkingDaysBetween(last, m.now))
	}
	if n := m.job.Calendar.WorkingDaysBetween(m.now, last); n > 0 {
		return fmt.Sprintf("còn %d ngày làm việc", n)
	}
	return "hôm nay là ngày làm việc cuối"
}

// answerButtons are what an officer can answer about one obligation.
func answerButtons(t Told) []bot.Button {
	code := t.Obligation.Code
	if t.Unit != "" {
		return []bot.Button{t.sendButton("Ghi tình hình nhiệm vụ"), {Label: "Việc của tôi", Data: "vieccuatoi:", Row: true}}
	}
	send := t.sendButton("Gửi hoặc báo đã gửi")
	seen := bot.Button{Label: "Đã nắm, sẽ gửi", Data: "nhachan:nam:" + code, Row: true}
	promise := bot.Button{Label: "Hẹn ngày gửi", Data: "henngay:" + code, Row: true}
	notOurs := bot.Button{Label: "Không thuộc nhiệm vụ đơn vị", Data: "khongthuoc:" + code, Row: true}
	if t.Step.Overdue {
		return []bot.Button{send, promise, notOurs}
	}
	return []bot.Button{send, seen, promise, notOurs}
}

// listButtons lead to the list, and straight to sending the first ones.
func listButtons(mine []Told, room int) []bot.Button {
	list := []bot.Button{{Label: "Việc của tôi", Data: "vieccuatoi:", Row: true}}
	for _, t := range mine[:min(len(mine), room-1)] {
		label := "Gửi " + viet.LowerFirst(t.Obligation.Title)
		switch {
		case t.Unit != "":
			label = "Ghi nhiệm vụ " + strings.Join(t.Tasks, ", ")
		case len(owners(mine)) > 1:
			label += " · " + t.Obligation.Short
		}
		list = append(list, t.sendButton(label))
	}
	return list
}

// draftButtons lead to the drafts of the letters; where there is no room for a button each, to those of the first agencies and to all.
func draftButtons(others []Told, room int) (list []bot.Button) {
	all := urged(others)
	shown := all
	if len(all) > room {
		shown = all[:room-1]
	}
	for _, t := range shown {
		list = append(list, bot.Button{Label: "Công văn: " + t.Obligation.Short, Data: "congvan:" + t.Obligation.Code, Row: true})
	}
	if len(shown) < len(all) {
		list = append(list, bot.Button{Label: "Công văn cho tất cả", Data: "congvan:", Row: true})
	}
	return list
}

// urged are those to whose agencies a letter goes: the department writes none to itself.
func urged(others []Told) []Told {
	return slices.DeleteFunc(slices.Clone(others), func(t Told) bool { return t.Obligation.Agency == storage.Department })
}
