package storage

import "time"

// span is when the hours begin and end, in minutes of the day.
func (h Hours) span() (from, to int) {
	switch h {
	case LongDay:
		return 6 * 60, 21*60 + 30
	case Daytime:
		return 8 * 60, 20 * 60
	}
	return 0, 24 * 60
}

// Open reports whether people may be written to at t, by the clock where t is told.
func (h Hours) Open(t time.Time) bool {
	from, to := h.span()
	minute := t.Hour()*60 + t.Minute()
	return from <= minute && minute < to
}

// Next is the first moment at t or later when people may be written to.
func (h Hours) Next(t time.Time) time.Time {
	if h.Open(t) {
		return t
	}
	if from, _ := h.span(); t.Hour()*60+t.Minute() < from {
		return h.begin(t)
	}
	return h.Tomorrow(t)
}

// Tomorrow is when the hours begin on the day after t.
func (h Hours) Tomorrow(t time.Time) time.Time { return h.begin(t.AddDate(0, 0, 1)) }

func (h Hours) begin(day time.Time) time.Time {
	from, _ := h.span()
	y, m, d := day.Date()
	return time.Date(y, m, d, from/60, from%60, 0, 0, day.Location())
}

// Later is the moment when so much time within the hours has passed since t.
func (h Hours) Later(t time.Time, d time.Duration) time.Time {
	for t = h.Next(t); t.Add(d).After(h.end(t)); t = h.Tomorrow(t) {
		d -= h.end(t).Sub(t)
	}
	return t.Add(d)
}

func (h Hours) end(day time.Time) time.Time {
	_, to := h.span()
	y, m, d := day.Date()
	return time.Date(y, m, d, to/60, to%60, 0, 0, day.Location())
}
