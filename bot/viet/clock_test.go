package viet_test

import (
	"testing"
	"time"

	"khoinghiep/bot/viet"
)

func TestClock(t *testing.T) {
	for typed, want := range map[string]string{
		"14:30": "14:30", "8:05": "08:05", "8h30": "08:30", "8h": "08:00", "8g15": "08:15", "08.30": "08:30",
		"8 giờ": "08:00", "8 giờ 5 phút": "08:05", "8 gio 30": "08:30", " 20H00 ": "20:00", "0:00": "00:00", "23:59": "23:59",
	} {
		got, err := viet.Clock(typed)
		if err != nil || got != want {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
		if again, err := viet.Clock(got); err != nil || again != got {
			t.Errorf("%q is not accepted again: %q, %v", got, again, err)
		}
	}
	for _, typed := range []string{"", "8", "24:00", "8:60", "8h75", "sáng mai", "8:3", "-1:00", "8:30:00", "14:30 chiều"} {
		if got, err := viet.Clock(typed); err == nil {
			t.Errorf("%q was read as %q", typed, got)
		}
	}
}

func TestTimeLeftIsRoundedDown(t *testing.T) {
	now := time.Date(2026, time.November, 25, 8, 0, 0, 0, time.UTC)
	for left, want := range map[time.Duration]string{
		72*time.Hour - time.Second: "còn 2 ngày", 48 * time.Hour: "còn 2 ngày", 47 * time.Hour: "còn 47 giờ",
		2*time.Hour - time.Second: "còn 119 phút", time.Minute: "còn 1 phút", time.Second: "còn chưa đầy một phút",
	} {
		if got := viet.TimeLeft(now.Add(left), now); got != want {
			t.Errorf("%s: %q, want %q", left, got, want)
		}
	}
}
