package scheduler_test

import (
	"testing"
	"time"

	"khoinghiep/scheduler"
)

func TestSpans(t *testing.T) {
	now := time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		"24h": time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC),
		"90d": time.Date(2026, time.August, 24, 9, 0, 0, 0, time.UTC),
		"24m": time.Date(2024, time.November, 22, 9, 0, 0, 0, time.UTC),
		"5y":  time.Date(2021, time.November, 22, 9, 0, 0, 0, time.UTC),
	} {
		s, err := scheduler.ParseSpan(text)
		if err != nil || !s.Before(now).Equal(want) {
			t.Errorf("%s before %s: got %s, %v", text, now, s.Before(now), err)
		}
	}
	for _, text := range []string{"", "h", "24", "0d", "-1d", "1.5y", "24dd", "24 h", "1w", "99999999999999999999d"} {
		if s, err := scheduler.ParseSpan(text); err == nil {
			t.Errorf("%q was read as %+v", text, s)
		}
	}
}
