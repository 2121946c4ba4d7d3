package events_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/handlers/events"
	"khoinghiep/storage"
)

// TestAnswersThatDoNotGoTogetherAreAskedAgain submits forms on a Sunday at 09:00.
func TestAnswersThatDoNotGoTogetherAreAskedAgain(t *testing.T) {
	create := events.Create(handlers.Hosts{})
	now := time.Date(2026, time.November, 22, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
	for name, c := range map[string]struct {
		differs form.Answers
		again   string // the field; "": taken
	}{
		"tomorrow":               {nil, ""},
		"on its way":             {form.Answers{"ngay": "2026-11-22", "gio": "08:00", "gio_xong": "09:30"}, ""},
		"over":                   {form.Answers{"ngay": "2026-11-22", "gio": "07:00", "gio_xong": "08:59"}, "ngay"},
		"ends before it starts":  {form.Answers{"gio_xong": "07:59"}, "gio_xong"},
		"ends when it starts":    {form.Answers{"gio_xong": "08:00"}, "gio_xong"},
		"overnight":              {form.Answers{"ngay_xong": "2026-11-24", "gio_xong": "07:00"}, ""},
		"for a month":            {form.Answers{"ngay_xong": "2026-12-24", "gio_xong": "08:00"}, ""},
		"for more than a month":  {form.Answers{"ngay_xong": "2026-12-24", "gio_xong": "08:01"}, "ngay_xong"},
		"for more than one year": {form.Answers{"ngay_xong": "2027-11-23"}, "ngay_xong"},
	} {
		t.Run(name, func(t *testing.T) {
			kept := form.Answers{
				"ten": "Ngày hội", "loai": "ngay_hoi", "nhiem_vu": "1.6", "don_vi": "", "dia_diem": "Hội trường A", "ban_do": "",
				"ngay": "2026-11-23", "gio": "08:00", "ngay_xong": "", "gio_xong": "11:00", "suc_chua": "0", "hoi_0": "",
			}
			maps.Copy(kept, c.differs)
			turn := &handlers.Turn{
				In: bot.Incoming{Kind: bot.Message}, Now: now, Session: &storage.Session{Name: create.Name, Form: &form.Progress{Draft: "d", Answers: kept}},
			}
			if err := create.Submit(context.Background(), turn, create.Form.Kept(*turn.Session.Form)); err != nil {
				t.Fatal(err)
			}
			again := ""
			if turn.Session.Form != nil {
				again = turn.Session.Form.Back
			}
			if again != c.again {
				t.Errorf("asked again: %q, want %q", again, c.again)
			}
		})
	}
}
