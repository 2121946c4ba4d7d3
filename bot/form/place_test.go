package form_test

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
)

// where asks for a place, with these found for any name.
func where(found ...form.Choice) *form.Form {
	find := func(string) []form.Choice { return found }
	return ask(form.Place("p", "Nơi", "Ở đâu?", "Ba Tơ", find, func(v string) string { return v },
		form.Choice{Value: "out", Label: "Ngoài tỉnh"}, form.Choice{Value: "unsure", Label: "Không chắc"}))
}

func TestChoicesThatDifferByAccent(t *testing.T) {
	twins := []form.Choice{{Value: "a", Label: "Sơn Hà"}, {Value: "b", Label: "Sơn Hạ"}}
	found := form.Place("p", "Nơi", "Ở đâu?", "Sơn Hà", func(string) []form.Choice { return twins }, func(v string) string { return v })
	p := fill(t, ask(found), rich)
	p.types("son ha")
	p.sees("Tên này có thể là một trong các nơi sau")
	p.types("son ha")
	p.sees("Mình chưa rõ bạn muốn nói nơi nào.", "Bạn chọn một nơi", "[Sơn Hà]\n[Sơn Hạ]")
	p.types("sơn hạ")
	p.kept("p", "b")
}

func TestFixedChoiceOfAPlaceIsNotChecked(t *testing.T) {
	f := form.Place("p", "Nơi", "Ở đâu?", "Ba Tơ", find, showPlace, form.Choice{Value: "out", Label: "Ngoài tỉnh"})
	f.Check = func(code string) (string, error) {
		if showPlace(code) == code {
			return "", viet.Problem("Không còn nơi này.")
		}
		return code, nil
	}
	p := fill(t, ask(f), rich)
	p.types("ngoài tỉnh")
	p.kept("p", "out")
	p = fill(t, ask(f), rich)
	p.p.Answers = form.Answers{"p": "999"}
	p.last = p.form.Show(p.p, p.who)
	p.sees("Ở đâu?")
}

func TestPlaceSearchAgain(t *testing.T) {
	p := fill(t, registration(), poor)
	p.types("1", "An", "0912345678")
	p.sees("[Ngoài tỉnh]\n[Không chắc]", "[Quay lại]\n[Để sau]\n[Hủy]")
	p.types("Atlantis")
	p.sees("Chưa tìm thấy “Atlantis”")
	p.types("huyện Ba Tơ")
	p.sees("Tên này có thể là một trong các nơi sau", "1. xã Ba Tơ")
	p.presses("Xem thêm")
	if p.last[0].Replace != "m1" {
		t.Error("the next page does not replace the first")
	}
	p.types("Ba Vì")
	p.kept("place", "5")
	p.types("quay lại")
	p.sees("Hiện là: xã Ba Vì")
	p.types("không")
	p.kept("place", "unsure")
}

func TestTheNameOfOneFoundPlaceIsTaken(t *testing.T) {
	found := []form.Choice{{Value: "a", Label: "Xã Ba Tơ"}, {Value: "b", Label: "Xã Ba Tô"}, {Value: "c", Label: "Xã Ba Vinh (thuộc huyện Ba Tơ cũ)"}}
	tests := []struct{ typed, want string }{
		{"Ba Tơ", "a"}, {"ba tơ", "a"}, {"xã Ba Tô", "b"}, {"Ba Vinh", "c"}, {"xã Ba Vinh", "c"},
		{"ba to", ""}, {"huyện Ba Tơ", ""}, {"phường Ba Tơ", ""},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, where(found...), rich)
			p.types("Ba Tơ")
			p.sees("Tên này có thể là một trong các nơi sau", "[Xã Ba Vinh (thuộc huyện Ba Tơ cũ)]")
			p.types(test.typed)
			if test.want == "" {
				p.sees("Mình chưa rõ bạn muốn nói nơi nào.", "[Xã Ba Tơ]\n[Xã Ba Tô]")
				return
			}
			p.kept("p", test.want)
		})
	}
}

func TestAGuessIsConfirmed(t *testing.T) {
	tests := []struct{ typed, want string }{
		{"1", "a"}, {"Tịnh Khê", "a"}, {"đúng rồi", "a"}, {"có", "a"}, {"ngoài tỉnh", "out"}, {"không chắc", "unsure"}, {"không", ""}, {"sai rồi", ""},
	}
	for _, test := range tests {
		t.Run(test.typed, func(t *testing.T) {
			p := fill(t, where(form.Choice{Value: "a", Label: "Xã Tịnh Khê (tên gần giống)", Guess: true}), rich)
			p.types("Tịnh Khuê")
			p.sees("Có phải nơi này không?", "[Xã Tịnh Khê (tên gần giống)]\n[Ngoài tỉnh]")
			p.types(test.typed)
			if test.want == "" {
				p.sees("Nơi")
				p.seesNot("Xem lại")
				return
			}
			p.kept("p", test.want)
		})
	}
}

func TestARefusedGuessIsForgotten(t *testing.T) {
	p := fill(t, where(form.Choice{Value: "a", Label: "Xã Tịnh Khê", Guess: true}), rich)
	p.types("Tịnh Khuê")
	guessed := p.button("Xã Tịnh Khê")
	p.types("không")
	p.sees("Ở đâu?\nVí dụ: Ba Tơ")
	p.seesNot("Xã Tịnh Khê")
	p.do(bot.Incoming{Button: guessed})
	p.sees("Nút này thuộc câu trước.")
}

func TestARefusedPlaceNamesWhatElseThereIs(t *testing.T) {
	p := fill(t, where(), rich)
	p.types("Đà Nẵng")
	p.sees("Chưa tìm thấy “Đà Nẵng”. Bạn gõ tên khác, ví dụ: Ba Tơ, hoặc chọn “Ngoài tỉnh”, “Không chắc”.")
	p = fill(t, ask(form.Place("p", "Nơi", "Ở đâu?", "Ba Tơ", find, showPlace)), rich)
	p.types("Đà Nẵng")
	p.sees("Bạn gõ tên khác, ví dụ: Ba Tơ.\n")
}
