package export

import (
	"time"

	ics "github.com/arran4/golang-ical"
)

// Appointment is one entry of a calendar.
type Appointment struct {
	UID        string // the same again replaces the entry
	Revision   int64  // greater ones replace smaller ones
	Name       string
	Text       string
	Place      string
	URL        string // "": none
	Start, End time.Time
	Stamp      time.Time // when this was made
	Cancelled  bool
}

// ICS is a calendar file (RFC 5545) with one entry. Times are in UTC, so that it needs no time zone of its own.
func ICS(a Appointment) []byte {
	calendar := ics.NewCalendarFor("khoinghiep")
	calendar.SetMethod(ics.MethodPublish)
	e := calendar.AddEvent(a.UID)
	e.SetDtStampTime(a.Stamp)
	e.SetSequence(int(a.Revision))
	e.SetSummary(a.Name)
	e.SetDescription(a.Text)
	e.SetLocation(a.Place)
	e.SetStartAt(a.Start)
	e.SetEndAt(a.End)
	e.SetStatus(ics.ObjectStatusConfirmed)
	if a.Cancelled {
		e.SetStatus(ics.ObjectStatusCancelled)
	}
	if a.URL != "" {
		e.SetURL(a.URL)
	}
	return []byte(calendar.Serialize(ics.WithNewLineWindows))
}
