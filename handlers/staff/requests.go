package staff

import (
	"context"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Requests do with one, before its code: "nhan:CODE". A code alone opens it, a number alone is a page.
const (
	takeRequest  = "nhan"
	endRequest   = "xong"
	leaveRequest = "cat"
	backRequest  = "tra"
	handRequest  = "giao" // "giao:CODE:person"; without a person: asks to whom
)

// Requests are the questions of people to staff: one of the staff takes a request, and what they write from then on goes to
// who asked, until either closes it. As with Registrations, the role is checked at the moment of acting, and every action is
// in the audit log.
func Requests() *handlers.Conversation {
	c := &handlers.Conversation{
		Name: "yeucau", Label: "Trả lời yêu cầu", Role: storage.Staff, Menu: true,
		Words:  []string{"danh sách yêu cầu", "yêu cầu mới"},
		Always: []string{"yêu cầu"},
	}
	c.Open = func(_ context.Context, t *handlers.Turn, argument string) error {
		if t.In.Kind == bot.Errand {
			if _, code, _ := strings.Cut(argument, ":"); talksAbout(t, code) {
				t.Session.Drop() // who asked closed it, which a notice tells
			}
			return nil
		}
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return requests(ctx, tx, t, argument) })
		return nil
	}
	c.Listen = func(ctx context.Context, t *handlers.Turn) error {
		switch viet.Fold(t.In.Text) {
		case viet.Fold("kết thúc"):
			return c.Open(ctx, t, endRequest+":"+t.TalksAbout())
		case viet.Fold("để sau"):
			return c.Open(ctx, t, leaveRequest+":"+t.TalksAbout())
		}
		said, err := t.Said(ctx)
		if err != nil || len(said) == 0 {
			return err
		}
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return reply(ctx, tx, t, said) })
		return nil
	}
	return c
}

func talksAbout(t *handlers.Turn, code string) bool {
	return t.Session.Name == "yeucau" && t.TalksAbout() == code
}

// requests does what a button says, or lists what is open.
func requests(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
	if err != nil {
		return err
	}
	if !allowed {
		t.Refuse()
		return nil
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if page, err := strconv.Atoi(argument); argument == "" || err == nil {
		return listRequests(ctx, tx, t, me, max(page, 0))
	}
	verb, code, ok := strings.Cut(argument, ":")
	if !ok {
		verb, code = "", argument
	}
	code, to, _ := strings.Cut(code, ":")
	r, ok, err := storage.OpenRequest(ctx, tx, code, me)
	switch {
	case err != nil:
		return err
	case !ok:
		return noLonger(t, code, nil)
	}
	return handle(ctx, tx, t, r, me, verb, to)
}

// handle does one thing with an open request. What only who took it may do opens it for the others.
func handle(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64, verb, to string) error {
	mine := r.Staff == me
	switch {
	case verb == takeRequest:
		return take(ctx, tx, t, r, me)
	case verb == leaveRequest:
		return leave(ctx, tx, t, r)
	case verb == endRequest && mine:
		return end(ctx, tx, t, r, me)
	case verb == backRequest && mine:
		return giveBack(ctx, tx, t, r, me)
	case verb == handRequest && mine && to == "":
		return chooseColleague(ctx, tx, t, r, me)
	case verb == handRequest && mine:
		return handOver(ctx, tx, t, r, me, to)
	}
	return openRequest(ctx, tx, t, r, me)
}

// noLonger answers for a request that is closed, or no more theirs, unless it is an error that keeps it from being done.
func noLonger(t *handlers.Turn, code string, err error) error {
	if err != nil {
		return err
	}
	if talksAbout(t, code) {
		t.Session.Drop()
	}
	t.Say(bot.Outgoing{Text: "Yêu cầu này đã kết thúc, hoặc không còn do anh/chị giữ.", Buttons: []bot.Button{allRequests()}})
	return nil
}

func allRequests() bot.Button {
	return bot.Button{Label: "Các yêu cầu", Data: "yeucau:", Row: true}
}
