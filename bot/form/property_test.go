package form_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

// rights is a right answer to each field that anyForm may have, by key, as a person would give it.
var rights = map[string][]bot.Incoming{
	"text": {{Text: "Sấy mít"}}, "long": {{Text: "Một\nhai"}}, "phone": {{Text: "0912345678"}}, "date": {{Text: "9/12/2026"}},
	"one": {{Text: "1"}}, "other": {{Text: "2"}}, "long_one": {{Text: "30"}}, "many": {{Text: "1, 2"}, {Text: "xong"}},
	"yes": {{Text: "có"}}, "place": {{Text: "Ba Vinh"}}, "files": {{Files: []bot.File{{ID: "1"}}}, {Text: "xong"}},
}

// allFields are the fields of anyForm, in one version; versions differ in their choices.
func allFields(t *rapid.T) []form.Field {
	thirty := make([]form.Choice, 30)
	for i := range thirty {
		thirty[i] = form.Choice{Value: fmt.Sprint("v", i), Label: fmt.Sprintf("Mục số %c%c", 'A'+i/10, 'A'+i%10)}
	}
	colours := rapid.Permutation(colours()).Draw(t, "colours")
	return []form.Field{
		form.Text("text", "Tên", "Tên gì?", "Mít"), form.LongText("long", "Mô tả", "Thế nào?", "Hay"),
		form.Phone("phone", "Số", "Số nào?"), form.ComingDate("date", "Ngày", "Ngày nào?"),
		form.One("one", "Màu", "Màu nào?", colours[:rapid.IntRange(1, 4).Draw(t, "choices")]...),
		form.One("other", "Màu khác", "Màu nào?", colours...), form.One("long_one", "Mục", "Mục nào?", thirty...),
		form.Many("many", "Nhiều màu", "Những màu nào?", colours[:rapid.IntRange(2, 4).Draw(t, "ticks")]...),
		form.YesNo("yes", "Đồng ý", "Đồng ý chứ?"), form.Files("files", "Tệp", "Gửi tệp."),
		form.Place("place", "Nơi", "Ở đâu?", "Ba Tơ", find, showPlace, form.Choice{Value: "out", Label: "Ngoài tỉnh"}),
	}
}

// anyForm is any version of a form: some fields, in any order, with any conditions on one another.
func anyForm(t *rapid.T) *form.Form {
	fields := rapid.Permutation(allFields(t)).Draw(t, "order")
	fields = fields[:rapid.IntRange(1, len(fields)).Draw(t, "fields")]
	for i := range fields {
		fields[i].Optional = rapid.Bool().Draw(t, "optional")
		fields[i].Uncounted = rapid.IntRange(0, 5).Draw(t, "uncounted") == 0
		if rapid.IntRange(0, 2).Draw(t, "condition") == 0 {
			key := rapid.SampledFrom(fields).Draw(t, "on").Key
			value := rapid.SampledFrom([]string{"", "r", "g", "yes", "r,g"}).Draw(t, "value")
			fields[i].Skip = func(a form.Answers) bool { return a[key] == value }
		}
	}
	return ask(fields...)
}

// anyAct is anything a person may do, pressing any button ever seen included.
func anyAct(t *rapid.T, seen []string) bot.Incoming {
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0, 1, 2:
		return bot.Incoming{Button: rapid.SampledFrom(seen).Draw(t, "button"), Pressed: "m"}
	case 3:
		key := rapid.SampledFrom(slices.Sorted(maps.Keys(rights))).Draw(t, "key")
		return rapid.SampledFrom(rights[key]).Draw(t, "right")
	case 4, 5:
		return bot.Incoming{Text: rapid.SampledFrom([]string{"quay lại", "bỏ qua", "xong", "hủy", "điền tiếp", "xem thêm",
			"giữ nguyên", "Huy", "1", "2", "xóa 1", "bỏ 1", "huyện Ba Tơ", "gửi", "để sau", "gặp cán bộ"}).Draw(t, "word")}
	case 6:
		return bot.Incoming{Button: rapid.StringMatching(`(f:)?(d1|d2):(one|many|text|!review|!cancel):[!+-]?(r|g|page|note|page-3|note-1)?`).Draw(t, "forged")}
	case 7:
		return bot.Incoming{Contact: rapid.Bool().Draw(t, "own"), Phone: rapid.SampledFrom([]string{"", "0912345678"}).Draw(t, "contact")}
	case 8:
		return bot.Incoming{Kind: bot.Kind(rapid.IntRange(0, 3).Draw(t, "kind")), Edited: rapid.Bool().Draw(t, "edited"),
			Files: []bot.File{{ID: "x"}}, Group: rapid.SampledFrom([]string{"", "g"}).Draw(t, "group")}
	}
	return bot.Incoming{Text: rapid.String().Draw(t, "text")}
}

func copied(t *rapid.T, p *form.Progress) *form.Progress {
	stored, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var again form.Progress
	if err := json.Unmarshal(stored, &again); err != nil {
		t.Fatal(err)
	}
	return &again
}

// fitting proves that messages can be sent, and gives the buttons seen.
func fitting(t *rapid.T, messages []bot.Outgoing, can bot.Abilities) (data []string) {
	for _, m := range messages {
		if len(m.Buttons) > can.ButtonLimit {
			t.Fatalf("%d buttons, the channel has %d", len(m.Buttons), can.ButtonLimit)
		}
		for _, b := range m.Buttons {
			if len(b.Data) > bot.ButtonDataLimit || (b.Data == "") != b.Contact || b.Label == "" {
				t.Fatalf("button %+v", b)
			}
			data = append(data, b.Data)
		}
	}
	return data
}

// sameAnswers proves that only the question that was asked may have changed its answer.
func sameAnswers(t *rapid.T, before, after form.Answers, asked string) {
	for key, value := range before {
		if now, ok := after[key]; !ok || now != value && key != asked {
			t.Fatalf("asked %s; the answer %s was %q, is %q (%t)", asked, key, value, now, ok)
		}
	}
}

// reachReview answers what is asked until the review, as a patient person would.
func reachReview(t *rapid.T, f *form.Form, p *form.Progress, who form.Person) {
	if p.Cancelling {
		f.Answer(p, bot.Incoming{Text: "điền tiếp"}, who)
	}
	for range 3 * len(f.Fields) {
		if title := f.Show(p, who)[0].Title; strings.HasPrefix(title, "Xem lại") {
			return
		}
		for _, in := range rights[p.Attempt.Key] {
			f.Answer(p, in, who)
		}
	}
	t.Fatalf("no review; stuck at %q with %+v", f.Show(p, who)[0].Body(), p)
}

func TestAnyConversationHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		can := bot.Abilities{ButtonLimit: rapid.SampledFrom([]int{0, 1, 2, 3, 5, 13, 100}).Draw(t, "limit"), Contact: rapid.Bool().Draw(t, "contact")}
		who := form.Person{Name: "An", Can: can}
		f := anyForm(t)
		p := &form.Progress{Draft: "abcdefghijkl"}
		seen := append(fitting(t, f.Show(p, who), can), "x")
		for range rapid.IntRange(0, 30).Draw(t, "turns") {
			if rapid.IntRange(0, 9).Draw(t, "release") == 0 {
				f = anyForm(t)
				f.Show(p, who)
			}
			before := *copied(t, p)
			in := anyAct(t, seen)
			outcome, replies := f.Answer(p, in, who)
			seen = append(seen, fitting(t, replies, can)...)
			sameAnswers(t, before.Answers, p.Answers, before.Attempt.Key)
			if outcome == form.Asking && len(replies) == 0 && in.Group == "" {
				t.Fatalf("silence after %+v", in)
			}
			p = copied(t, p)
		}
		reachReview(t, f, p, who)
		if outcome, _ := f.Answer(p, bot.Incoming{Text: "gửi"}, who); outcome != form.Submitted {
			t.Fatalf("outcome %d instead of Submitted", outcome)
		}
		for _, field := range f.Fields {
			if value, ok := f.Kept(*p)[field.Key]; ok && value == "" && !field.Optional {
				t.Fatalf("%s was submitted without an answer", field.Key)
			}
		}
	})
}

func TestDraftOutlivesItsForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		who := form.Person{Can: rich}
		old, p := anyForm(t), &form.Progress{Draft: "d"}
		reachReview(t, old, p, who)
		answers := maps.Clone(p.Answers)

		p = copied(t, p)
		changed := anyForm(t)
		changed.Show(p, who)
		sameAnswers(t, answers, p.Answers, "")
		asked := p.Attempt.Key
		choosing := []string{"one", "many", "other"} // their choices differ between versions
		if _, answered := answers[asked]; answered && !slices.Contains(choosing, asked) {
			t.Fatalf("%s was answered and is asked again", asked)
		}
		reachReview(t, changed, p, who)
	})
}
