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
	m := bot.Outgoing{Title: "Bạn thấy sự kiện thế nào?", Text: e.Name + "\nBạn bấm số điểm, ban tổ chức đọc để lần sau làm tốt hơn."}
	for i, label := range []string{"Kém (1 điểm)", "Chưa tốt (2)", "Được (3)", "Tốt (4)", "Rất tốt (5)"} { // in this order, where they are numbered
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: fmt.Sprintf("sukien:cham:%s:%d", e.Code, i+1), Row: true})
	}
	return m
}
