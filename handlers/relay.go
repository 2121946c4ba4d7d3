package handlers

import (
	"cmp"
	"context"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// What a dialog in which a request is talked about remembers: the request's code, and under memoAfter the form that waits.
const memoRequest = "yeu_cau"

// Talk puts what is in hand aside: whatever the person sends from now on is for the Listen of the conversation, about the
// request with the code.
func (t *Turn) Talk(conversation, code string) {
	memo := map[string]string{memoRequest: code}
	switch c := t.router.inHand(t); {
	case c != nil:
		memo[memoAfter] = c.Name
	case t.Session.Name == conversation:
		memo[memoAfter] = t.Session.Memo[memoAfter]
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = conversation, memo
}

// TalksAbout is the code of the request that is talked about in this dialog; "" for none yet.
func (t *Turn) TalksAbout() string { return t.Session.Memo[memoRequest] }

// Said takes apart what this message tells another person: the text, then each file, brought home. Who wrote it is told
// what cannot be passed on.
func (t *Turn) Said(ctx context.Context) ([]storage.RequestMessage, error) {
	if t.In.Edited {
		t.Say(bot.Outgoing{Text: "Tin đã sửa không được chuyển đi. Bạn gửi phần cần sửa thành tin mới nhé."})
		return nil, nil
	}
	said := []storage.RequestMessage{}
	if t.In.Text != "" {
		said = append(said, storage.RequestMessage{Text: t.In.Text})
	}
	files, err := t.FetchAll(ctx)
	for _, f := range files {
		said = append(said, storage.RequestMessage{File: f})
	}
	if len(said) == 0 && len(t.In.Files) == 0 {
		t.Say(cannotPass(t.Can))
	}
	return said, err
}

func cannotPass(can bot.Abilities) bot.Outgoing {
	if can.Files {
		return bot.Outgoing{Text: "Mình chưa chuyển được tin loại này. Bạn gõ chữ, hoặc gửi ảnh hay tệp nhé."}
	}
	return bot.Outgoing{Text: "Mình chưa chuyển được tin loại này. Bạn gõ chữ, hoặc gửi đường dẫn tới tệp nhé."}
}

// Pass keeps what the person said in a request, and sends it to the other of the two, if somebody took it. ok is false when
// the person has no part in it, or no more.
func (t *Turn) Pass(ctx context.Context, tx *storage.Tx, code string, said []storage.RequestMessage) (ok bool, err error) {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return false, err
	}
	for i := range said {
		said[i].Person = me
		r, ok, err := storage.AddRequestMessage(ctx, tx, code, &said[i], t.Now)
		if err != nil || !ok {
			return false, err
		}
		if n := passedOn(r, said[i]); n.Person != 0 {
			if err := storage.Notify(ctx, tx, n, t.Now); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// passedOn is a message as the other one gets it. Who asks waits for it at any hour; staff are spared at night.
func passedOn(r storage.Request, m storage.RequestMessage) storage.Notice {
	n := storage.Notice{
		Source: storage.RequestSource(r, m), Person: r.Person, Queue: storage.QueueAnswers, Hours: storage.AnyHour, Again: true,
		Message: bot.Outgoing{Title: "Cán bộ trả lời " + r.Code, Text: m.Text, Buttons: []bot.Button{
			{Label: "Trả lời", Data: "gap:" + r.Code, Row: true},
			{Label: "Kết thúc", Data: "gap:" + endRequest + ":" + r.Code},
		}, Template: &bot.Template{Name: storage.Answered, Params: map[string]string{"ma": r.Code}}},
	}
	if m.Person == r.Person {
		n.Person, n.Hours = r.Staff, storage.LongDay
		n.Message.Template = nil // for anything: staff read it from the list
		n.Message.Title, n.Message.Buttons = RequestTitle(r), []bot.Button{{Label: "Trả lời", Data: "yeucau:" + r.Code, Row: true}}
	}
	if m.File.ID != "" {
		n.Message.File = &m.File
	}
	return n
}

// RequestTitle names a request to staff.
func RequestTitle(r storage.Request) string {
	return r.Code + " · " + cmp.Or(r.Asker, "chưa rõ tên")
}
