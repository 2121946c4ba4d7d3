package admin

import (
	"context"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// offeredMost is how many people can be chosen from: those who acted last.
const offeredMost = 30

// codeMost is how long a typed code may be, so that it fits into a button.
const codeMost = 40

// narrowAudit asks what the log is to be narrowed to.
func narrowAudit(ctx context.Context, tx *storage.Tx, t *handlers.Turn, kind string) error {
	switch kind {
	case byPerson:
		return choosePerson(ctx, tx, t)
	case byAction:
		return chooseAction(ctx, tx, t)
	}
	t.PutAside()
	t.Session.Name = "nhatky"
	t.Say(bot.Outgoing{Text: "Anh/chị gõ mã cần xem, ví dụ KN-2026-0001. Gõ “hết” để xem tất cả."})
	return nil
}

func choosePerson(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	people, err := storage.AuditPeople(ctx, tx, offeredMost)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Text: "Anh/chị xem việc của ai?"}
	for _, p := range people {
		m.Buttons = append(m.Buttons, view{kind: byPerson, value: strconv.FormatInt(p.Person, 10)}.button(called(p.Name), 0))
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "read-audit", "", t.Now)
}

func chooseAction(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	actions, err := storage.AuditActions(ctx, tx)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Text: "Anh/chị xem việc nào?"}
	for _, action := range actions {
		m.Buttons = append(m.Buttons, view{kind: byAction, value: action}.button(actionName(action), 0))
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "read-audit", "", t.Now)
}

// typedCode shows what was done to a code.
func typedCode(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	v := view{kind: bySubject, value: code}
	if code == "HẾT" || code == "HET" || code == "" || len(code) > codeMost || strings.Contains(code, ":") {
		v = view{kind: everybody}
	}
	return showAudit(ctx, tx, t, v)
}
