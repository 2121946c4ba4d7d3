package staff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// leave stops talking in a request, which stays with who took it.
func leave(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request) error {
	if talksAbout(t, r.Code) {
		t.Session.Drop()
	}
	t.Say(bot.Outgoing{Text: "Đã để " + r.Code + " sang một bên. Khi người hỏi nhắn thêm, mình báo anh/chị.", Buttons: []bot.Button{allRequests()}})
	return storage.AddAudit(ctx, tx, t.In.From, "leave-request", r.Code, t.Now)
}

func end(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64) error {
	_, ok, err := storage.CloseRequest(ctx, tx, r.Code, me, t.Now)
	if err != nil || !ok {
		return noLonger(t, r.Code, err)
	}
	const told = "Cán bộ đã kết thúc yêu cầu này. Khi cần hỏi thêm, bạn gõ “gặp cán bộ”."
	if err := t.TellEnded(ctx, tx, r, r.Person, "gap", told); err != nil {
		return err
	}
	return done(ctx, tx, t, r, "close-request", "Đã kết thúc "+r.Code+" và báo cho người hỏi.")
}

// done ends this member of staff's part in a request.
func done(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, action, text string) error {
	if talksAbout(t, r.Code) {
		t.Session.Drop()
	}
	t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{allRequests()}})
	return storage.AddAudit(ctx, tx, t.In.From, action, r.Code, t.Now)
}

// giveBack makes a request free again, and tells all others.
func giveBack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64) error {
	ok, err := storage.GiveRequest(ctx, tx, r.Code, me, 0, t.Now)
	if err != nil || !ok {
		return noLonger(t, r.Code, err)
	}
	source := fmt.Sprintf("request/%s/free/%d", r.Code, t.Now.UnixMilli())
	if err := t.OfferRequest(ctx, tx, r, source, "Yêu cầu này được trả lại, đang chờ người nhận.", me); err != nil {
		return err
	}
	return done(ctx, tx, t, r, "return-request", "Đã trả lại "+r.Code+". Các cán bộ khác được báo để nhận.")
}

// colleagues are those to whom a request may be handed over.
func colleagues(ctx context.Context, tx *storage.Tx, r storage.Request, me int64) ([]storage.Person, error) {
	list, err := storage.Officers(ctx, tx)
	return slices.DeleteFunc(list, func(p storage.Person) bool { return p.ID == me || p.ID == r.Person }), err
}

func chooseColleague(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64) error {
	list, err := colleagues(ctx, tx, r, me)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		t.Say(bot.Outgoing{Text: "Chưa có cán bộ nào khác để chuyển.", Buttons: talkButtons(r)})
		return nil
	}
	m := bot.Outgoing{Text: "Chuyển " + r.Code + " cho ai?"}
	for i, p := range list {
		label := cmp.Or(p.Name, fmt.Sprintf("Cán bộ chưa có tên, số %d", i+1))
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: fmt.Sprintf("yeucau:%s:%s:%d", handRequest, r.Code, p.ID), Row: true})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Không chuyển", Data: "yeucau:" + r.Code, Row: true})
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "choose-colleague", r.Code, t.Now)
}

// handOver gives a request to a colleague, who is told.
func handOver(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64, to string) error {
	list, err := colleagues(ctx, tx, r, me)
	if err != nil {
		return err
	}
	id, _ := strconv.ParseInt(to, 10, 64) // not a number: nobody
	if !slices.ContainsFunc(list, func(p storage.Person) bool { return p.ID == id }) {
		return chooseColleague(ctx, tx, t, r, me)
	}
	ok, err := storage.GiveRequest(ctx, tx, r.Code, me, id, t.Now)
	if err != nil || !ok {
		return noLonger(t, r.Code, err)
	}
	err = storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("request/%s/given/%d", r.Code, t.Now.UnixMilli()), Person: id, Queue: storage.QueueNotices,
		Message: bot.Outgoing{Title: "Yêu cầu " + handlers.RequestTitle(r), Text: "Yêu cầu này vừa được chuyển cho anh/chị.",
			Buttons: []bot.Button{{Label: "Trả lời", Data: "yeucau:" + r.Code, Row: true}}},
	}, t.Now)
	if err != nil {
		return err
	}
	return done(ctx, tx, t, r, "hand-over-request", "Đã chuyển "+r.Code+" và báo cho cán bộ nhận.")
}
