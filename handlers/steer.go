package handlers

import (
	"context"
	"strconv"
	"strings"

	"khoinghiep/bot/viet"
)

// Steer does what a text means beside what a conversation that listens takes it for: it presses the button shown last that
// has this number, or opens the conversation whose word it is, which ends the one that listens. ok is false when it means
// neither.
func (t *Turn) Steer(ctx context.Context) (ok bool, err error) {
	n, err := strconv.Atoi(strings.TrimSpace(t.In.Text))
	if err == nil && n >= 1 && n <= len(t.Session.Shown) {
		return true, t.router.press(ctx, t, t.Session.Shown[n-1].Data)
	}
	c, ok := t.router.byPhrase[viet.Fold(t.In.Text)]
	if !ok || !t.router.may(ctx, t, c) {
		return false, nil
	}
	t.Session.Drop()
	return true, t.router.open(ctx, t, c, "")
}
