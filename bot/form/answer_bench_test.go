package form_test

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

// BenchmarkAnswer is one turn on the last question of a form, with all others answered: where most is looked at.
func BenchmarkAnswer(b *testing.B) {
	f, who := registration(), form.Person{Name: "Lê Văn An", Can: rich}
	start := form.Progress{Draft: "d1"}
	for _, text := range []string{"1", "Lê Văn An", "0912 345 678", "Ba Vinh", "Sấy mít"} {
		f.Answer(&start, bot.Incoming{Text: text}, who)
	}
	for name, in := range map[string]bot.Incoming{
		"pressed": {Button: "f:d1:stage:idea"},
		"number":  {Text: "1"},
		"label":   {Text: "da co mau thu"},
		"unknown": {Text: "chưa biết"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p := start
				f.Answer(&p, in, who)
			}
		})
	}
}
