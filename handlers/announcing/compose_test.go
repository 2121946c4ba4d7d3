package announcing_test

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/handlers/announcing"
	"khoinghiep/handlers/founder"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// TestAnswersThatDoNotGoTogetherAreAskedAgain submits forms on a Sunday at 09:00.
func TestAnswersThatDoNotGoTogetherAreAskedAgain(t *testing.T) {
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	compose := announcing.Desk{Places: places, Profile: founder.Profile(places)}.Compose()
	const file = `[{"id":"abc","name":"poster.png","image":true}]`
	now := time.Date(2026, time.November, 22, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
	at := func(urgent, day, hour string) form.Answers {
		return form.Answers{"khan": urgent, "luc": "hen", "ngay": day, "gio": hour}
	}
	for name, c := range map[string]struct {
		differs form.Answers
		again   string // the field; "": taken
	}{
		"at once":                         {nil, ""},
		"long":                            {form.Answers{"noi_dung": strings.Repeat("ă", 1700)}, ""},
		"long with a file":                {form.Answers{"noi_dung": strings.Repeat("ă", 893), "tep": file}, "noi_dung"},
		"as long as may be with a file":   {form.Answers{"noi_dung": strings.Repeat("ă", 892), "tep": file}, ""},
		"tomorrow":                        {at(form.No, "2026-11-23", "08:00"), ""},
		"in the past":                     {at(form.No, "2026-11-22", "08:59"), "ngay"},
		"at night":                        {at(form.No, "2026-11-22", "20:00"), "gio"},
		"urgent in the evening":           {at(form.Yes, "2026-11-22", "21:29"), ""},
		"urgent at night":                 {at(form.Yes, "2026-11-22", "21:30"), "gio"},
		"urgent after more than 48 hours": {at(form.Yes, "2026-11-24", "09:01"), "ngay"},
		"urgent after 48 hours":           {at(form.Yes, "2026-11-24", "09:00"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			kept := form.Answers{"tieu_de": "Ngày hội", "noi_dung": "Mời bạn.", "tep": "", "loai": "khac", "gui_cho": "tat_ca", "khan": form.No, "luc": "ngay"}
			maps.Copy(kept, c.differs)
			turn := &handlers.Turn{
				In: bot.Incoming{Kind: bot.Message}, Now: now, Session: &storage.Session{Name: compose.Name, Form: &form.Progress{Draft: "d", Answers: kept}},
			}
			if err := compose.Submit(context.Background(), turn, compose.Form.Kept(*turn.Session.Form)); err != nil {
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
