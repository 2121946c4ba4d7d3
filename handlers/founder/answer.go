package founder

import (
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// answered tells in a line of its own what staff decided, or by when they will.
func (d *dossier) answered(f *form.Form, t *handlers.Turn) string {
	switch {
	case d.Status == storage.StatusNew && d.DueAt > t.Now.UnixMilli():
		return "\nBạn có câu trả lời " + dueOf(d.Startup, t) + "."
	case d.Status == storage.StatusChanges:
		return fmt.Sprintf("\nCán bộ đề nghị bạn sửa “%s”: %s", labelOf(f, d.review.Field), d.review.Reason)
	case d.Status == storage.StatusDeclined:
		return "\nLý do: " + d.review.Reason + "\nCần hỏi thêm, bạn nhắn “gặp cán bộ”."
	}
	return ""
}

// correction is the button that opens the field that staff asked to correct.
func (d *dossier) correction(f *form.Form) []bot.Button {
	if d.Status != storage.StatusChanges {
		return nil
	}
	return []bot.Button{{Label: "Sửa: " + labelOf(f, d.review.Field), Data: "hoanthien:" + d.Code + ":" + d.review.Field, Row: true}}
}

// corrects reports whether an answer to the field is what staff asked for.
func (d *dossier) corrects(key string) bool {
	return d.Status == storage.StatusChanges && d.review.Field == key
}

func labelOf(f *form.Form, key string) string {
	if i := slices.IndexFunc(f.Fields, func(field form.Field) bool { return field.Key == key }); i >= 0 {
		return f.Fields[i].Label
	}
	return key
}

// dueOf tells by when the founder of s has an answer.
func dueOf(s storage.Startup, t *handlers.Turn) string {
	return handlers.ShowDue(time.UnixMilli(s.DueAt).In(t.Now.Location()))
}
