package form

import (
	"fmt"

	"khoinghiep/bot"
)

func (t *turn) cancelQuestion(note string) bot.Outgoing {
	m := bot.Outgoing{Title: t.address("Bạn muốn hủy “") + t.form.Title + "”?", Text: paragraphs(note, willErase)}
	return t.lay(m, t.cancelMenu())
}

func (t *turn) cancelMenu() menu {
	here := []Choice{{Value: actErase, Label: "Hủy hẳn"}, {Value: actGoOn, Label: "Điền tiếp"}}
	if typed := t.p.Attempt.Typed; typed != "" {
		here = append(here, Choice{Value: actTyped, Label: "Câu trả lời là " + typed})
	}
	return menu{here: here}
}

// decide carries out an act on the cancel question: a second "hủy" is a yes.
func (t *turn) decide(act string) (Outcome, []bot.Outgoing) {
	switch act {
	case actErase, actCancel:
		return Cancelled, []bot.Outgoing{{Title: "Đã hủy “" + t.form.Title + "”", Text: fmt.Sprintf(t.address(erased), t.form.Title)}}
	case actGoOn, actBack:
		t.stopCancelling()
	case actTyped:
		text := t.p.Attempt.Typed
		t.stopCancelling()
		if text != "" {
			return t.reply(text)
		}
	}
	return t.say("")
}

func (t *turn) stopCancelling() {
	t.p.Cancelling, t.p.Attempt.Typed = false, ""
}
