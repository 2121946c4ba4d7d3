package form_test

import (
	"maps"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func single() *form.Form {
	note := form.Text("note", "Ghi chú", "Ghi chú gì?", "Sả")
	note.Optional = true
	return &form.Form{Name: "sua", Title: "Sửa hồ sơ", Single: true, Fields: []form.Field{
		form.Text("name", "Tên", "Tên gì?", "Đào"), note,
	}}
}

// TestSingleSubmitsOneField answers, leaves and empties the question of a form that asks one field at a time.
func TestSingleSubmitsOneField(t *testing.T) {
	t.Parallel()
	known := form.Answers{"name": "Đào", "note": "Sả"}
	cases := []struct {
		name, field, typed string
		outcome            form.Outcome
		want               form.Answers
	}{
		{"an answer", "note", "Quế", form.Submitted, form.Answers{"name": "Đào", "note": "Quế"}},
		{"a field that must be answered", "name", "Mai", form.Submitted, form.Answers{"name": "Mai", "note": "Sả"}},
		{"back", "note", "quay lại", form.Submitted, known},
		{"later", "note", "để sau", form.Submitted, known},
		{"cancelled", "note", "hủy", form.Submitted, known},
		{"passed over", "note", "bỏ qua", form.Submitted, known},
		{"emptied", "note", "Để trống", form.Submitted, form.Answers{"name": "Đào", "note": ""}},
		{"a person wanted", "note", "gặp cán bộ", form.WantsPerson, known},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := &form.Progress{Draft: "d", Answers: known, Back: c.field}
			outcome, _ := single().Answer(p, bot.Incoming{Text: c.typed}, form.Person{})
			if kept := single().Kept(*p); outcome != c.outcome || !maps.Equal(kept, c.want) {
				t.Errorf("got outcome %v with %v, want %v with %v", outcome, kept, c.outcome, c.want)
			}
		})
	}
}

// TestSingleAsksAgain holds that a wrong answer is asked for again and that what must be answered cannot be emptied.
func TestSingleAsksAgain(t *testing.T) {
	t.Parallel()
	for _, in := range []bot.Incoming{{Text: " "}, {Button: "f:d:name:!empty"}, {Button: "f:d:note:!empty"}} {
		p := &form.Progress{Draft: "d", Answers: form.Answers{"name": "Đào"}, Back: "name"}
		outcome, replies := single().Answer(p, in, form.Person{})
		if outcome != form.Asking || len(replies) != 1 || p.Answers["name"] != "Đào" {
			t.Errorf("after %+v: outcome %v, %d replies, name %q", in, outcome, len(replies), p.Answers["name"])
		}
	}
}

// TestTakesFiles holds that files are wanted only where they are the answer.
func TestTakesFiles(t *testing.T) {
	t.Parallel()
	f := &form.Form{Name: "tep", Title: "Tệp", Single: true, Fields: []form.Field{
		form.Text("name", "Tên", "Tên gì?", "Đào"), form.Files("files", "Tệp", "Gửi tệp"),
	}}
	for field, want := range map[string]bool{"name": false, "files": true} {
		if got := f.TakesFiles(&form.Progress{Draft: "d", Back: field}, form.Person{}); got != want {
			t.Errorf("at %s: %v, want %v", field, got, want)
		}
	}
}
