package export_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	emersion "github.com/emersion/go-ical"

	"khoinghiep/storage/export"
)

func appointment() export.Appointment {
	start := time.Date(2026, time.December, 5, 8, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
	return export.Appointment{
		UID: "SK-2026-0001@bot.example", Revision: 3, Name: "Ngày hội khởi nghiệp; đổi mới, sáng tạo", Text: strings.Repeat("Mời bạn đến sớm.\n", 20),
		Place: "Hội trường A, 52 Hùng Vương", URL: "https://bot.example/sk/SK-2026-0001", Start: start, End: start.Add(3 * time.Hour), Stamp: start.AddDate(0, 0, -9),
	}
}

// TestACalendarFileOpensInTwoParsers that know nothing of each other, with everything that went in.
func TestACalendarFileOpensInTwoParsers(t *testing.T) {
	a := appointment()
	file := export.ICS(a)
	one, err := ics.ParseCalendar(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	two, err := emersion.NewDecoder(bytes.NewReader(file)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	e, other := one.Events()[0], two.Events()[0]
	start, err := e.GetStartAt()
	otherEnd, err2 := other.DateTimeEnd(time.UTC)
	if err != nil || err2 != nil || !start.Equal(a.Start) || !otherEnd.Equal(a.End) {
		t.Errorf("from %v (%v) to %v (%v)", start, err, otherEnd, err2)
	}
	for name, want := range map[string]string{"UID": a.UID, "SUMMARY": a.Name, "LOCATION": a.Place, "DESCRIPTION": a.Text, "URL": a.URL, "SEQUENCE": "3", "STATUS": "CONFIRMED"} {
		if got := ics.FromText(e.GetProperty(ics.ComponentProperty(name)).Value); got != want {
			t.Errorf("golang-ical reads %s as %q, want %q", name, got, want)
		}
		got := other.Props.Get(name).Value
		if text, err := other.Props.Text(name); err == nil {
			got = text
		}
		if got != want {
			t.Errorf("go-ical reads %s as %q, want %q", name, got, want)
		}
	}
}

// TestACalendarFileIsWrittenStrictly: lines end in CR LF, have 75 octets at most, and no character is cut (RFC 5545, 3.1).
func TestACalendarFileIsWrittenStrictly(t *testing.T) {
	a := appointment()
	a.Cancelled = true
	file := string(export.ICS(a))
	if !strings.Contains(file, "\r\nSTATUS:CANCELLED\r\n") {
		t.Error("not cancelled")
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !strings.HasPrefix(line, " ") && !strings.Contains(line, ":") && !strings.Contains(line, ";") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if strings.ToValidUTF8(line, "") != line {
			t.Errorf("a character is cut: %q", line)
		}
	}
}
