package storage

import (
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// When tells from when until when an event is: "08:00–11:00 thứ Bảy, ngày 05/12/2026".
func (e Event) When(zone *time.Location) string {
	start, end := e.Start(zone), e.End(zone)
	if start.Format(time.DateOnly) != end.Format(time.DateOnly) {
		return viet.ShowMoment(start) + " đến " + viet.ShowMoment(end)
	}
	return start.Format("15:04") + "–" + viet.ShowMoment(end)
}

// Where is the place and when: two lines.
func (e Event) Where(zone *time.Location) string {
	return fmt.Sprintf("Thời gian: %s.\nĐịa điểm: %s.", e.When(zone), strings.TrimRight(e.Place, "."))
}

// EventStep is a moment before an event at which those with a place are reminded of it.
type EventStep struct {
	Name   string
	Before time.Duration
	Words  string // for Before
	Title  string // of the reminder, before the event's name
	Hours  Hours
}

// EventSteps are all of them, the first before an event first.
func EventSteps() []EventStep {
	return []EventStep{
		{"7d", 7 * 24 * time.Hour, "7 ngày", "Nhắc lịch: ", Daytime},
		{"1d", 24 * time.Hour, "1 ngày", "Nhắc lịch: ", Daytime},
		{"2h", 2 * time.Hour, "2 giờ", "Sắp bắt đầu: ", LongDay},
	}
}

// Promise tells who gets a place at now when they will be reminded of e: "Mình nhắc bạn trước 7 ngày, 1 ngày và 2 giờ."
func (e Event) Promise(now time.Time) string {
	left := []string{}
	for _, s := range EventSteps() {
		if now.Before(e.Start(now.Location()).Add(-s.Before)) {
			left = append(left, s.Words)
		}
	}
	n := len(left)
	switch n {
	case 0:
		return ""
	case 1:
		return "Mình nhắc bạn trước " + left[0] + "."
	}
	return "Mình nhắc bạn trước " + strings.Join(left[:n-1], ", ") + " và " + left[n-1] + "."
}

// News makes m a message about e that also reaches those who have not written lately.
func (e Event) News(m bot.Outgoing, zone *time.Location) bot.Outgoing {
	m.Template = &bot.Template{Name: OfEvent, Params: map[string]string{
		"tieu_de": Subject(m.Title), "thoi_gian": viet.ShowMoment(e.Start(zone)), "ma": e.Code,
	}}
	return m
}

// MostPoints is the best rating.
const MostPoints = 5

// RatingCard asks somebody who was at e how it was: one tap.
func RatingCard(e Event) bot.Outgoing {
	m := bot.Outgoing{Title: "Sự kiện vừa qua thế nào?", Text: e.Name + "\nXin cho điểm, ban tổ chức đọc để lần sau làm tốt hơn."}
	for i, label := range []string{"Kém (1 điểm)", "Chưa tốt (2)", "Được (3)", "Tốt (4)", "Rất tốt (5)"} { // in this order, where they are numbered
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: fmt.Sprintf("sukien:cham:%s:%d", e.Code, i+1), Row: true})
	}
	return m
}
