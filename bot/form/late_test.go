package form_test

import (
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

// TestWhatALateMessageMakesDoubtfulIsAskedAgain answers three questions, each a minute after the one before. A message then
// comes that was written between two of the answers, or at another time.
func TestWhatALateMessageMakesDoubtfulIsAskedAgain(t *testing.T) {
	f := ask(form.Text("name", "Tên", "Tên gì?", "An"), form.Text("place", "Nơi", "Ở đâu?", "Ba Tơ"), form.Text("plan", "Việc", "Làm gì?", "Sấy mít"))
	begin := time.Date(2026, time.December, 1, 9, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		late      time.Duration
		text      string
		inOrder   bool // the channel keeps it
		unknown   bool // what was handled before the first answer
		takenBack bool
		left      int
	}{
		"before the first":                  {late: 30 * time.Second, text: "Bình", takenBack: true},
		"between the first and the second":  {late: 90 * time.Second, text: "Sơn Hà", takenBack: true, left: 1},
		"the same as what was taken":        {late: 90 * time.Second, text: "ba to", left: 3},
		"before all of it":                  {late: -time.Second, text: "chào", left: 3},
		"on a channel that keeps the order": {late: 30 * time.Second, text: "Bình", inOrder: true, left: 3},
		"what came before is not known":     {late: 30 * time.Second, text: "Bình", unknown: true, left: 3},
	} {
		t.Run(name, func(t *testing.T) {
			p, heard := &form.Progress{Draft: "d"}, begin
			if c.unknown {
				heard = time.UnixMilli(0)
			}
			for i, text := range []string{"An", "Ba Tơ", "Sấy mít"} {
				who := form.Person{Can: bot.Abilities{ButtonLimit: 5, Unordered: !c.inOrder}, Heard: heard.UnixMilli()}
				heard = begin.Add(time.Duration(i+1) * time.Minute)
				f.Answer(p, bot.Incoming{Text: text, At: heard}, who)
			}
			got := f.TakeBack(p, bot.Incoming{Text: c.text, At: begin.Add(c.late)})
			if left := len(f.Kept(*p)); got != c.takenBack || left != c.left {
				t.Errorf("taken back: %v, and %d answers are left; want %v and %d", got, left, c.takenBack, c.left)
			}
		})
	}
}
