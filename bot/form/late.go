package form

import (
	"maps"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// Typed is when an answer was typed, and when the message that was handled before it, Unix milliseconds: a message of
// between these two, which comes only later, may be the answer that was meant.
type Typed struct {
	At    int64 `json:"at"`
	After int64 `json:"after"`
}

// noteTime remembers when an answer that is about to be taken was typed, where messages may come in another order than they
// were written. A button says itself what it answers.
func (t *turn) noteTime() {
	if !t.who.Can.Unordered {
		return
	}
	typed := map[string]Typed{}
	maps.Copy(typed, t.p.Typed)
	delete(typed, t.key())
	if t.in.Button == "" {
		typed[t.key()] = Typed{At: t.in.At.UnixMilli(), After: t.who.Heard}
	}
	t.p.Typed = typed
}

// TakeBack drops the answers that a message which comes only now shows to be doubtful: the one that was taken in its place,
// unless it is the same, and all that were typed after that one. It reports whether there are any; they are asked again.
func (f *Form) TakeBack(p *Progress, late bot.Incoming) bool {
	doubtful, at := "", late.At.UnixMilli()
	for key, typed := range p.Typed {
		if typed.After > 0 && typed.After < at && at < typed.At {
			doubtful = key
		}
	}
	if doubtful == "" || viet.Fold(p.Answers[doubtful]) == viet.Fold(late.Text) {
		return false
	}
	from, kept := p.Typed[doubtful].At, maps.Clone(p.Typed)
	for key, typed := range p.Typed {
		if typed.At >= from {
			p.Answers, p.Back = p.Answers.without(key), ""
			delete(kept, key)
		}
	}
	p.Typed = kept
	return true
}
