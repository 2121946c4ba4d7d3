package telegram

import "slices"

// state is how far one fetched update came.
type state int

const (
	inHand  state = iota // handed to accept, not answered yet
	failed               // to be handed in again
	settled              // done, but Telegram cannot be told while an earlier one is not
)

// window is what was fetched and may not be confirmed yet. Telegram confirms only whole prefixes: a request for
// updates from an offset confirms all below it, and brings again all from it on.
type window struct {
	offset int   // nothing from here on is confirmed
	order  []int // ascending, from the lowest that is not settled
	states map[int]state
}

// take notes an update that came in. hand tells that accept should get it, fresh that it never came before. An update
// below the offset is handed in too: after a week of silence Telegram's numbering may start anew.
func (w *window) take(id int) (hand, fresh bool) {
	was, known := w.states[id]
	if known && was != failed {
		return false, false
	}
	fresh = !known && id >= w.offset
	if !known {
		at, _ := slices.BinarySearch(w.order, id)
		w.order = slices.Insert(w.order, at, id)
	}
	w.states[id] = inHand
	w.offset = min(w.offset, id)
	return true, fresh
}

// finish notes how an update in hand ended and moves the offset as far as it may go.
func (w *window) finish(id int, err error) {
	if err != nil {
		w.states[id] = failed
		return
	}
	w.states[id] = settled
	for len(w.order) > 0 && w.states[w.order[0]] == settled {
		w.offset = w.order[0] + 1
		delete(w.states, w.order[0])
		w.order = w.order[1:]
	}
}

// empty tells that everything that came is settled.
func (w *window) empty() bool { return len(w.order) == 0 }

// busy tells that accept still has some.
func (w *window) busy() bool {
	for _, s := range w.states {
		if s == inHand {
			return true
		}
	}
	return false
}
