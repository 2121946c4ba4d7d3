package staff

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Card do with a startup: "action:CODE:REVISION".
const (
	confirm = "xacnhan"
	compare = "sosanh"
	merge   = "gop" // "gop:CODE:REVISION:CODE:REVISION", the one that stays first
	noTwin  = "khac"
)

// Card shows one registration, with its files, and lets staff confirm it, or compare it with what it may repeat. profile
// tells how the founder's answers are read. A button carries "CODE" to show the card.
func Card(places *viet.Places, profile *form.Form) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "phieu", Role: storage.Staff,
		Words: []string{"phiếu đăng ký"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			action, rest, ok := strings.Cut(argument, ":")
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
				if !ok {
					return showCard(ctx, tx, t, places, profile, argument)
				}
				return actOnCard(ctx, tx, t, places, action, rest)
			})
			return nil
		},
	}
}

// actOnCard does what a button says; one that cannot be read is about a startup that is not there.
func actOnCard(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, action, argument string) error {
	seen, rest := readSeen(argument)
	switch action {
	case confirm:
		return confirmStartup(ctx, tx, t, seen)
	case compare:
		return compareTwins(ctx, tx, t, places, seen.Code)
	case noTwin:
		return dismissTwin(ctx, tx, t, seen)
	case merge:
		gone, _ := readSeen(rest)
		return mergeTwins(ctx, tx, t, seen, gone)
	}
	t.Say(goneFor())
	return nil
}

// readSeen reads "CODE:REVISION" and gives what follows; what cannot be read is no revision that any startup has.
func readSeen(argument string) (seen storage.Seen, rest string) {
	code, rest, _ := strings.Cut(argument, ":")
	number, rest, _ := strings.Cut(rest, ":")
	revision, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		revision = -1
	}
	return storage.Seen{Code: code, Revision: revision}, rest
}

func seenOf(s storage.Startup) string { return fmt.Sprintf("%s:%d", s.Code, s.Revision) }

func cardButton(code string) bot.Button {
	return bot.Button{Label: "Mở " + code, Data: "phieu:" + code, Row: true}
}

func showCard(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, profile *form.Form, code string) error {
	s, ok, err := storage.FindRegistered(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case code == "":
		t.Say(noneChosen())
		return nil
	case !ok:
		t.Say(goneFor())
		return nil
	}
	review, _, err := storage.FindReview(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	documents, err := storage.DocumentsOf(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Title:   "Phiếu đăng ký",
		Text:    cardText(s, review, documents, places, profile, t),
		Buttons: append(cardButtons(s.Startup), t.FileButtons(documents...)...),
	})
	return storage.AddAudit(ctx, tx, t.In.From, "show-startup", s.Code, t.Now)
}

// cardButtons are what staff may do about s: nothing more once it is merged, or its founder stopped it.
func cardButtons(s storage.Startup) []bot.Button {
	if s.Status == storage.StatusMerged || s.Status == storage.StatusStopped {
		return []bot.Button{waitingButton()}
	}
	buttons := []bot.Button{}
	if s.Status != storage.StatusConfirmed {
		buttons = append(buttons, bot.Button{Label: "Xác nhận", Data: "phieu:" + confirm + ":" + seenOf(s), Row: true})
	}
	buttons = append(buttons, bot.Button{Label: "Yêu cầu sửa", Data: "yeucausua:" + seenOf(s), Row: true})
	if s.Status != storage.StatusDeclined {
		buttons = append(buttons, bot.Button{Label: "Từ chối", Data: "tuchoihoso:" + seenOf(s)})
	}
	if s.Twin != "" {
		buttons = append(buttons, bot.Button{Label: "So sánh với " + s.Twin, Data: "phieu:" + compare + ":" + seenOf(s), Row: true})
	}
	return buttons
}
