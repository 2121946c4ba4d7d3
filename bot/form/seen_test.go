package form_test

import (
	"testing"

	"khoinghiep/bot/form"
)

// TestACorrectionTakesAlongWhatDependsOnIt corrects an answer that another one's choices depend on, which is asked at once then.
func TestACorrectionTakesAlongWhatDependsOnIt(t *testing.T) {
	city := form.One("city", "Nơi", "Ở đâu?")
	city.Choices = func(a form.Answers) []form.Choice {
		if a["side"] == "north" {
			return []form.Choice{{Value: "hn", Label: "Hà Nội"}}
		}
		return []form.Choice{{Value: "ct", Label: "Cần Thơ"}}
	}
	side := form.One("side", "Miền", "Miền nào?", form.Choice{Value: "north", Label: "Bắc"}, form.Choice{Value: "south", Label: "Nam"})
	p := fill(t, ask(side, city), rich)
	p.types("Bắc", "Hà Nội", "1", "Nam")
	p.sees("Ở đâu?", "Cần Thơ")
}

// TestAnOldAnswerIsCleanedAlsoWhenAnotherIsGiven has an answer as an older form kept it.
func TestAnOldAnswerIsCleanedAlsoWhenAnotherIsGiven(t *testing.T) {
	p := fill(t, ask(form.Name("name", "Tên", "Tên gì?"), form.Text("note", "Ghi chú", "Ghi chú gì?", "Sả")), rich)
	p.p.Answers = form.Answers{"name": " nguyễn  thị đào "}
	p.types("Sả")
	p.sees("1. Tên: Nguyễn Thị Đào")
}
