package handlers

import (
	"context"
	"errors"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// isCode reports whether a text can only be a code: bare, or as "/start CODE" where the platform does not take that apart.
func isCode(text string) bool {
	_, ok := storage.NormalCode(withoutStart(text))
	return ok
}

func withoutStart(text string) string { return strings.TrimPrefix(text, "/start ") }

// code follows a one-time code, typed or opened by a link, to the conversation that it is for. A form in hand goes on
// afterwards.
func (r *Router) code(ctx context.Context, t *Turn, typed string) error {
	source := t.In.From.String()
	code, ok, err := t.Store.FindCode(ctx, withoutStart(typed), source, t.Now)
	switch c := r.followed(ctx, t, code.Kind); {
	case errors.Is(err, storage.ErrTooManyCodes):
		t.Say(bot.Outgoing{Text: "Bạn đã thử nhiều mã chưa đúng. Bạn chờ khoảng một giờ rồi thử lại, hoặc xin mã mới từ người đã gửi mã."})
	case err != nil:
		return err
	case !ok || c == nil:
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return storage.CountWrongCode(ctx, tx, source, t.Now) })
		t.Say(WrongCode())
	default:
		if err := c.Follow(ctx, t, code); err != nil {
			return err
		}
	}
	r.resume(t)
	return nil
}

// followed is the conversation that codes of a kind lead to: the one in hand if it is one, else the first; nil for none.
func (r *Router) followed(ctx context.Context, t *Turn, kind storage.CodeKind) *Conversation {
	if c, ok := r.byName[t.Session.Name]; ok && c.Code == kind && c.Follow != nil && r.may(ctx, t, c) {
		return c
	}
	for _, c := range r.list {
		if c.Code == kind && c.Follow != nil && c.Role == "" {
			return c
		}
	}
	return nil
}

// WrongCode is the one answer to codes that do not exist, are used or have expired.
func WrongCode() bot.Outgoing {
	return bot.Outgoing{Text: "Mã này không đúng, đã được dùng hoặc đã hết hạn. Bạn xin mã mới từ người đã gửi mã, hoặc gõ “menu” để xem các việc khác."}
}

// CodeCard tells a code that was just made, with the link that opens it where this service has a public address.
func (t *Turn) CodeCard(text, code string) bot.Outgoing {
	m := bot.Outgoing{Title: "Mã: " + storage.ShowCode(code), Text: text}
	if t.public != "" {
		m.Text += "\n" + t.public + "/m/" + code
	}
	return m
}
