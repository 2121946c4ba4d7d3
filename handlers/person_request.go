package handlers

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// shownFiles is how many messages back files can be opened from.
const shownFiles = 20

// goOn has the person talk in a request that they opened before.
func (r *Router) goOn(ctx context.Context, tx *storage.Tx, t *Turn, own storage.Request) error {
	said, err := storage.RequestMessages(ctx, tx, own.ID, shownFiles)
	if err != nil {
		return err
	}
	t.Talk("gap", own.Code)
	text := "Cán bộ đang trả lời yêu cầu này."
	if own.Staff == 0 && own.TakenOn == "" {
		text = "Yêu cầu đang chờ cán bộ nhận."
	}
	m := bot.Outgoing{Title: "Yêu cầu " + own.Code, Text: text + " " + talkHere}
	for _, one := range said {
		if one.Person != own.Person && one.File.ID != "" {
			m.Buttons = append(m.Buttons, t.FileButtons(one.File)...)
		}
	}
	m.Buttons = append(m.Buttons, append(r.waiting(t), endButton(own))...)
	t.Say(m)
	return nil
}

const talkHere = "Bạn nhắn ở đây, mình chuyển hết cho cán bộ. Hỏi xong, bạn gõ “kết thúc”; muốn làm việc khác, bạn gõ “menu”."

func endButton(r storage.Request) bot.Button {
	return bot.Button{Label: "Kết thúc yêu cầu", Data: "gap:" + endRequest + ":" + r.Code, Row: true}
}

// send keeps what was said, in the request that is talked about or in a new one. Where somebody closed it at this moment,
// a new one takes it up, so that nothing said is lost.
func (r *Router) send(ctx context.Context, tx *storage.Tx, t *Turn, said []storage.RequestMessage) error {
	if code := t.TalksAbout(); code != "" {
		if ok, err := t.Pass(ctx, tx, code, said); ok || err != nil {
			return err
		}
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	own, err := storage.AddRequest(ctx, tx, me, t.Now)
	if err != nil {
		return err
	}
	if _, err := t.Pass(ctx, tx, own.Code, said); err != nil {
		return err
	}
	t.Talk("gap", own.Code)
	t.Say(bot.Outgoing{
		Title:   "Đã gửi yêu cầu " + own.Code,
		Text:    "Khi cán bộ trả lời, tin sẽ đến tại đây. " + talkHere,
		Buttons: append(r.waiting(t), endButton(own)),
	})
	return t.OfferRequest(ctx, tx, own, storage.RequestSource(own, said[0]), ShowSaid(said[0]))
}

// end closes a request of who writes, and tells who took it.
func (r *Router) end(ctx context.Context, tx *storage.Tx, t *Turn, code string) error {
	own, ok, err := storage.OwnRequest(ctx, tx, t.In.From, code)
	if err != nil {
		return err
	}
	if ok {
		_, ok, err = storage.CloseRequest(ctx, tx, own.Code, own.Person, t.Now)
	}
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(overAlready())
		return nil
	}
	t.Say(bot.Outgoing{
		Text:    "Đã kết thúc yêu cầu " + code + ". Khi cần hỏi thêm, bạn gõ “gặp cán bộ”.",
		Buttons: append(r.waiting(t), menuButton()),
	})
	if t.TalksAbout() == code {
		t.Session.Drop()
	}
	if own.Staff == 0 {
		return nil
	}
	return t.TellEnded(ctx, tx, own, own.Staff, "yeucau", "Người hỏi đã kết thúc yêu cầu này.")
}

// TellEnded tells the other of the two that a request is closed, and has their dialogs, in which the conversation may be
// talking about it, let go of it.
func (t *Turn) TellEnded(ctx context.Context, tx *storage.Tx, r storage.Request, person int64, conversation, text string) error {
	if err := storage.AddErrands(ctx, tx, person, conversation+":"+requestEnded+":"+r.Code, t.Now); err != nil {
		return err
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: "request/" + r.Code + "/ended", Person: person, Queue: storage.QueueAnswers, Hours: storage.LongDay,
		Message: bot.Outgoing{Title: "Yêu cầu " + r.Code, Text: text},
	}, t.Now)
}

// letGo lets go of a request that the other one closed, and offers the form that waited for it.
func (r *Router) letGo(t *Turn, code string) {
	if t.Session.Name != "gap" || t.TalksAbout() != code {
		return
	}
	if waiting := r.waiting(t); waiting != nil {
		t.Say(bot.Outgoing{Text: "Yêu cầu " + code + " đã xong. Phần bạn đang điền vẫn còn.", Buttons: waiting})
	}
	t.Session.Drop()
}

func overAlready() bot.Outgoing {
	return bot.Outgoing{Text: "Yêu cầu này đã kết thúc. Bạn muốn hỏi tiếp thì bấm “Gặp cán bộ”.",
		Buttons: []bot.Button{{Label: "Gặp cán bộ", Data: "gap:", Row: true}, menuButton()}}
}
