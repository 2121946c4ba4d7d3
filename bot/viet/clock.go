package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// clockForm is a time of day: 8:30, 08.30, 8h30, 8h, "8 giờ 30 phút", "8 giờ". A lone number is none.
var clockForm = regexp.MustCompile(`^(\d{1,2}) ?(?:[:.] ?(\d{2})|(?:h|g|gio) ?(?:(\d{1,2}) ?(?:p|phut)?)?)$`)

// Clock checks a time of day on the 24-hour clock and gives it as "15:04".
func Clock(s string) (string, error) {
	m := clockForm.FindStringSubmatch(unaccented(Clean(s)))
	if m == nil {
		return "", Problem("Chưa đọc được giờ này. Bạn gõ giờ và phút theo 24 giờ, ví dụ: 14:30.")
	}
	hour, _ := strconv.Atoi(m[1])          // two digits at most
	minute, _ := strconv.Atoi(m[2] + m[3]) // one of them is empty, perhaps both
	if hour > 23 || minute > 59 {
		return "", Problem("Giờ từ 0 đến 23, phút từ 0 đến 59. Bạn xem lại giúp, ví dụ: 14:30.")
	}
	return fmt.Sprintf("%02d:%02d", hour, minute), nil
}

// ShowMoment gives a moment in words, by the clock where it is told: "08:00 thứ Tư, ngày 09/12/2026".
func ShowMoment(at time.Time) string {
	return at.Format("15:04 ") + ShowDate(at.Format(time.DateOnly))
}

// TimeLeft tells how long it is from now until a moment, rounded down: what is promised is there.
func TimeLeft(until, now time.Time) string {
	switch d := until.Sub(now); {
	case d >= 48*time.Hour:
		return fmt.Sprintf("còn %d ngày", int(d.Hours())/24)
	case d >= 2*time.Hour:
		return fmt.Sprintf("còn %d giờ", int(d.Hours()))
	case d >= time.Minute:
		return fmt.Sprintf("còn %d phút", int(d.Minutes()))
	}
	return "còn chưa đầy một phút"
}
