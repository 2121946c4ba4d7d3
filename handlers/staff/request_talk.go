package staff

import (
	"cmp"
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// shownMessages is how many of the last messages a request opens with.
const shownMessages = 10

// take makes whoever presses the one who answers. Of several, the first does; the others are told who.
func take(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64) error {
	ok, err := storage.TakeRequest(ctx, tx, r.Code, me, t.Now)
	if err != nil {
		return err
	}
	if ok {
		if err := storage.AddAudit(ctx, tx, t.In.From, "take-request", r.Code, t.Now); err != nil {
			return err
		}
	}
	if r, ok, err = storage.OpenRequest(ctx, tx, r.Code, me); err != nil || !ok {
		return noLonger(t, r.Code, err)
	}
	return openRequest(ctx, tx, t, r, me)
}

// openRequest shows a request: to who took it, to answer; while it is free, to take. The others learn who has it.
func openRequest(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r storage.Request, me int64) error {
	if err := storage.AddAudit(ctx, tx, t.In.From, "open-request", r.Code, t.Now); err != nil {
		return err
	}
	if r.Staff != 0 && r.Staff != me {
		t.Say(bot.Outgoing{
			Text:    "Yêu cầu " + r.Code + " đã có " + cmp.Or(r.Officer, "một cán bộ khác") + " nhận lúc " + clock(r.TakenAt, t.Now.Location()) + ".",
			Buttons: []bot.Button{allRequests()},
		})
		return nil
	}
	said, err := storage.RequestMessages(ctx, tx, r.ID, shownMessages)
	if err != nil {
		return err
	}
	about, err := handlers.AboutAsker(ctx, tx, r)
	if err != nil {
		return err
	}
	sayFiles(t, said)
	m := bot.Outgoing{Title: handlers.RequestTitle(r), Text: about + transcript(r, said)}
	if r.Staff == me {
		t.Talk("yeucau", r.Code)
		m.Text += "\n\nTừ giờ, những gì anh/chị gõ hoặc gửi ở đây được chuyển cho người hỏi."
		m.Buttons = talkButtons(r)
	} else {
		m.Buttons = []bot.Button{{Label: "Nhận trả lời", Data: "yeucau:" + takeRequest + ":" + r.Code, Row: true}, allRequests()}
	}
	t.Say(m)
	return nil
}

func talkButtons(r storage.Request) []bot.Button {
	return []bot.Button{
		{Label: "Kết thúc", Data: "yeucau:" + endRequest + ":" + r.Code, Row: true},
		{Label: "Để sau", Data: "yeucau:" + leaveRequest + ":" + r.Code},
		{Label: "Trả lại", Data: "yeucau:" + backRequest + ":" + r.Code, Row: true},
		{Label: "Chuyển người khác", Data: "yeucau:" + handRequest + ":" + r.Code},
	}
}

// sayFiles gives links to the files in a message of their own, so that the buttons of the request stay buttons.
func sayFiles(t *handlers.Turn, said []storage.RequestMessage) {
	links := []bot.Button{}
	for _, m := range said {
		if m.File.ID != "" {
			links = append(links, t.FileButtons(m.File)...)
		}
	}
	if len(links) > 0 {
		t.Say(bot.Outgoing{Text: "Tệp trong yêu cầu này (liên kết mở được trong 15 phút):", Buttons: links})
	}
}

func transcript(r storage.Request, said []storage.RequestMessage) string {
	lines := []string{}
	for _, m := range said {
		who := "Cán bộ: "
		if m.Person == r.Person {
			who = "Người hỏi: "
		}
		lines = append(lines, who+handlers.ShowSaid(m))
	}
	return strings.Join(lines, "\n")
}

// reply passes on what the one who took the request says.
func reply(ctx context.Context, tx *storage.Tx, t *handlers.Turn, said []storage.RequestMessage) error {
	code := t.TalksAbout()
	allowed, err := storage.MayAct(ctx, tx, t.In.From, storage.Staff, t.Now)
	if err != nil {
		return err
	}
	if !allowed {
		t.Session.Drop()
		t.Refuse()
		return nil
	}
	ok, err := t.Pass(ctx, tx, code, said)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(bot.Outgoing{Text: "Tin này chưa được gửi cho người hỏi."})
		return noLonger(t, code, nil)
	}
	t.Say(bot.Outgoing{Text: "Đã chuyển cho người hỏi (" + code + ")."})
	return storage.AddAudit(ctx, tx, t.In.From, "answer-request", code, t.Now)
}
