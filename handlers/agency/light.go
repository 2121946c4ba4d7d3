package agency

import (
	"fmt"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// soon is within how many days before its end a deadline is close.
const soon = 7

// light tells where an obligation stands: a sign at a glance, and words that say the same.
func (d Office) light(o storage.Obligation, now time.Time) (sign, words string) {
	switch o.State {
	case storage.ObligationSent:
		return "📨", "đã gửi, chờ Sở Khoa học và Công nghệ xem"
	case storage.ObligationAccepted:
		return "✅", "đã xong, Sở Khoa học và Công nghệ đã nhận"
	case storage.ObligationStopped:
		return "⚪", "không phải gửi"
	}
	return d.awaited(o, now)
}

// taskLight tells where a task stands that is assigned to a unit, whose officers tell of it and send nothing.
func (d Office) taskLight(l storage.AssignedLine, now time.Time) (sign, words string) {
	switch {
	case l.In.State == storage.ObligationStopped:
		return "⚪", "không phải ghi"
	case l.In.State == storage.ObligationAccepted:
		return "✅", "đã xong"
	case l.Told():
		return "✅", "đã ghi, còn sửa được"
	case l.In.State == storage.ObligationSent:
		return "📨", "báo cáo đã gửi, còn ghi thêm được"
	}
	return d.awaited(l.In, now)
}

// awaited is the light of something open, with its last day.
func (d Office) awaited(o storage.Obligation, now time.Time) (sign, words string) {
	sign, words = d.deadline(o.Last(), now)
	words += ", hạn: hết " + viet.ShowDate(o.Last())
	if o.Promised != "" {
		words += " (ngày đã hẹn)"
	}
	return sign, words
}

// deadline is the light of something open with a last day.
func (d Office) deadline(last string, now time.Time) (sign, words string) {
	day, err := time.ParseInLocation(time.DateOnly, last, now.Location())
	if err != nil { // not of our making
		return "⚪", "chưa rõ hạn"
	}
	today := now.Format(time.DateOnly)
	switch left := d.Calendar.WorkingDaysBetween(now, day); {
	case last < today:
		return "🔴", "quá hạn" + days(" ", d.Calendar.WorkingDaysBetween(day, now))
	case last == today:
		return "🟡", "đến hạn hôm nay"
	case last <= now.AddDate(0, 0, soon).Format(time.DateOnly):
		return "🟡", "sắp đến hạn" + days(", còn ", left)
	default:
		return "🟢", days("còn ", left)
	}
}

// days tells a number of working days after some words; nothing for none.
func days(before string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%s%d ngày làm việc", before, n)
}
