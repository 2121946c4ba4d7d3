package staff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// cardText is all that the founder told, and what was decided last.
func cardText(s storage.RegisteredStartup, review storage.Review, documents []bot.File, places *viet.Places, profile *form.Form, t *handlers.Turn) string {
	lines := append([]string{describe(s, places, t)}, profile.Tell(form.Answers(s.Profile))...)
	lines = append(lines, fmt.Sprintf("Tài liệu: %d tệp", len(documents)))
	if s.MergedInto != "" {
		lines = append(lines, "Đã gộp vào "+s.MergedInto+".")
	}
	if review.ID != 0 && s.Status == review.Status {
		lines = append(lines, "", decided(review, t)+asked(review, profile))
	}
	return strings.Join(lines, "\n")
}

// dueLine tells by when the founder was promised an answer, in a line of its own; "" when they wait for none.
func dueLine(s storage.Startup, t *handlers.Turn) string {
	due := time.UnixMilli(s.DueAt).In(t.Now.Location())
	switch {
	case s.Status != storage.StatusNew || s.DueAt == 0:
		return ""
	case t.Now.Before(due):
		return "\nTrả lời " + handlers.ShowDue(due) + "."
	}
	return "\nĐã quá hạn: hẹn trả lời " + handlers.ShowDue(due) + "."
}

func twinLine(s storage.Startup) string {
	if s.Twin == "" || s.Status == storage.StatusMerged {
		return ""
	}
	return "\nCó thể trùng với " + s.Twin + "."
}

// decided tells who decided what, and when.
func decided(r storage.Review, t *handlers.Turn) string {
	what := map[string]string{
		storage.StatusConfirmed: "xác nhận", storage.StatusChanges: "yêu cầu sửa", storage.StatusDeclined: "từ chối", storage.StatusMerged: "gộp",
	}[r.Status]
	at := time.UnixMilli(r.At).In(t.Now.Location())
	return fmt.Sprintf("%s đã %s hồ sơ này lúc %s, %s.", cmp.Or(r.Reviewer, "Một cán bộ"), what, at.Format("15:04"), viet.ShowDate(at.Format(time.DateOnly)))
}

// asked tells, in a line of its own, what was written to the founder.
func asked(r storage.Review, profile *form.Form) string {
	switch {
	case r.Field != "":
		return fmt.Sprintf("\n%s: %s", labelOf(profile, r.Field), r.Reason)
	case r.Reason != "":
		return "\nLý do: " + r.Reason
	}
	return ""
}

func labelOf(profile *form.Form, key string) string {
	if i := slices.IndexFunc(profile.Fields, func(f form.Field) bool { return f.Key == key }); i >= 0 {
		return profile.Fields[i].Label
	}
	return key
}
