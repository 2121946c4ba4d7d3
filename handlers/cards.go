package handlers

import (
	"context"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// mostCards is how many messages wait at most to be shown whole; of more, the latest.
const mostCards = 3

// noteCard remembers a delivery that came as a template only. It reports whether the errand is about one.
func noteCard(t *Turn) bool {
	number, ok := strings.CutPrefix(t.In.Button, storage.CardErrand)
	if !ok {
		return false
	}
	if id, err := strconv.ParseInt(number, 10, 64); err == nil {
		t.Session.Cards = append(t.Session.Cards, id)
		t.Session.Cards = t.Session.Cards[max(0, len(t.Session.Cards)-mostCards):]
	}
	return true
}

// showCards answers the first thing that a person does after a template with the message that it stood for. It reports
// whether that is all: a press, a code, the name of something, or files that no question waits for are answered as well.
func (r *Router) showCards(ctx context.Context, t *Turn) (bool, error) {
	if len(t.Session.Cards) == 0 || t.In.Kind != bot.Message && t.In.Kind != bot.Unsupported {
		return false, nil
	}
	shown := false
	for _, id := range t.Session.Cards {
		card, ok, err := t.Store.Card(ctx, t.In.From, id)
		if err != nil {
			return false, err
		}
		if ok {
			card.Template, shown = nil, true
			t.Say(card.Outgoing)
		}
	}
	t.Session.Cards = nil
	_, named := r.named(ctx, t)
	files := len(t.In.Files) > 0 && r.inHand(t) == nil
	if !shown || named || files || t.In.Start != "" || t.In.Button != "" || isCode(t.In.Text) {
		return false, nil
	}
	r.resume(t)
	return true, nil
}
