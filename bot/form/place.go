package form

import (
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// search takes a place that was chosen by number or label, else looks for the name that was typed.
func (t turn) search(text string) (Outcome, []bot.Outgoing) {
	l := t.line()
	options := t.options()
	if i, ok := named(options, text); ok {
		return t.offer(options[i].Value, "")
	}
	found := l.Find(text)
	switch len(found) {
	case 0:
		return t.notFound(text)
	case 1:
		return t.offer(found[0].Value, fmt.Sprintf("Đã ghi: %s.", found[0].Label))
	}
	t.p.Attempt = Attempt{Key: t.key(), Found: found}
	return t.say("")
}

// notFound tries the beginning of a label ("không" for "Không chắc") before giving up.
func (t turn) notFound(text string) (Outcome, []bot.Outgoing) {
	options := t.options()
	if i, ok := pick(options, text); ok {
		return t.offer(options[i].Value, "")
	}
	return t.fail(fmt.Sprintf("Chưa tìm thấy “%s”. Bạn gõ lại tên, ví dụ: %s.", viet.Clean(text), t.line().Example))
}
