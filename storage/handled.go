package storage

import (
	"slices"
	"strings"
	"time"
)

// Handled is the updates that need no second handling, by the hour they were handled in, the oldest first. The ids of an
// hour are one string, each between spaces: a list of 256 costs a turn next to nothing to read and write.
type Handled []handledHour

type handledHour struct {
	Hour int64  `json:"h"` // since 1970
	IDs  string `json:"ids"`
}

// How long, and how many, handled updates are remembered. Platforms redeliver for less than a day.
const (
	handledFor  = 24 * time.Hour
	handledMost = 256
)

// Has reports whether the update id was handled within the last 24 hours. Ids of updates have no spaces.
func (h Handled) Has(id string) bool {
	return slices.ContainsFunc(h, func(hour handledHour) bool { return strings.Contains(hour.IDs, " "+id+" ") })
}

// Add remembers an update id, and forgets what is too old and too much.
func (h *Handled) Add(id string, now time.Time) {
	hour, oldest := hourOf(now), hourOf(now.Add(-handledFor))
	*h = slices.DeleteFunc(*h, func(old handledHour) bool { return old.Hour < oldest })
	if n := len(*h); n == 0 || (*h)[n-1].Hour != hour {
		*h = append(*h, handledHour{hour, " "})
	}
	(*h)[len(*h)-1].IDs += id + " "
	if h.count() > handledMost {
		h.forgetOne()
	}
}

func (h *Handled) count() (n int) {
	for _, hour := range *h {
		n += strings.Count(hour.IDs, " ") - 1
	}
	return n
}

// forgetOne drops the oldest id.
func (h *Handled) forgetOne() {
	first := &(*h)[0]
	if first.IDs = first.IDs[1+strings.Index(first.IDs[1:], " "):]; first.IDs == " " {
		*h = (*h)[1:]
	}
}

func hourOf(t time.Time) int64 { return t.Unix() / 3600 }
