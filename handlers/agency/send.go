package agency

import (
	"context"
	"errors"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What is done about an obligation, after its code in a button.
const (
	bySystem = "vanban" // it went through the document system: its number and day are asked
	correct  = "sua"    // what was sent
	thisFile = "tep"    // the file that waits is for it; followed by its draft
)

// What is done with the file that waits, in the place of a code.
const (
	elsewhere = "khac" // it is for something else than was offered
	nowhere   = "thoi" // it is for nothing
)

// Send takes what an agency owes: a file, the number and day of a document that went through the document system, or both.
// Files may come first, see offer. A button carries "CODE" or "CODE:verb".
func (d Office) Send() *handlers.Conversation {
	f := sendForm()
	return &handlers.Conversation{
		Name: sending, Label: f.Title, Role: storage.Officer, Form: f,
		Words: []string{"gửi báo cáo", "gửi kế hoạch", "nộp báo cáo", "gửi hoặc báo đã gửi", "gửi hoặc hẹn ngày"},
		Files: func(ctx context.Context, t *handlers.Turn) (bool, error) {
			owes, err := t.Store.Owes(ctx, t.In.From)
			if !owes || err != nil {
				return false, err
			}
			return true, d.takeFile(ctx, t, "")
		},
		Listen:   d.hear,
		Asks:     true,
		Answered: splitDocument(f),
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			d.openSending(t, f, argument)
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			return d.submitForm(t, f, kept)
		},
	}
}

func (d Office) openSending(t *handlers.Turn, f *form.Form, argument string) {
	code, verb, _ := strings.Cut(argument, ":")
	verb, draft, _ := strings.Cut(verb, ":")
	_, _, fileWaits := waiting(t)
	switch {
	case code == "" && fileWaits:
		d.offer(t)
	case code == "" && t.Resume(sending):
	case code == "":
		choose(t, sending, "Anh/chị gửi việc nào?", d.await(t))
	case code == elsewhere:
		d.offerAll(t)
	case code == nowhere:
		letGo(t)
	case verb == thisFile:
		d.sendWaiting(t, code, draft)
	case verb == bySystem:
		about(t, code, d.begin(t, f, func(storage.Submission) form.Answers { return form.Answers{fileKey: ""} }))
	case verb == correct:
		about(t, code, d.begin(t, f, answersOfSubmission))
	default:
		about(t, code, d.await(t))
	}
}

// await asks for what is owed, and has the next file or document number taken for it.
func (d Office) await(t *handlers.Turn) func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
	return func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
		if settled(o) {
			return d.open(ctx, tx, t, o, alreadySettled)
		}
		t.PutAside()
		t.Session.Name, t.Session.Memo = sending, map[string]string{codeKey: o.Code}
		sign, words := d.light(o, t.Now)
		m := bot.Outgoing{
			Title:   fullName(o),
			Text:    sign + " " + words + ".\n" + howToSend(t.Can.Files),
			Buttons: []bot.Button{{Label: "Đã gửi qua hệ thống văn bản", Data: sending + ":" + o.Code + ":" + bySystem, Row: true}},
		}
		if o.State == storage.ObligationOpen {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Hẹn ngày gửi", Data: promising + ":" + o.Code, Row: true})
		}
		m.Buttons = append(m.Buttons, listButton())
		t.Say(m)
		return storage.AddAudit(ctx, tx, t.In.From, "begin-submission", o.Code, t.Now)
	}
}

func howToSend(files bool) string {
	if !files {
		return "Ở đây mình chưa nhận được tệp. Anh/chị gõ số và ngày của văn bản đã gửi qua hệ thống văn bản, ví dụ: " + documentExample
	}
	return "Anh/chị gửi một tệp vào đây (PDF, Word, Excel hoặc ảnh). Nếu đã gửi qua hệ thống văn bản, anh/chị gõ số và ngày, ví dụ: " + documentExample
}

const alreadySettled = "Việc này đã xong, nên không gửi thêm được nữa. Nếu cần, anh/chị nhắn “gặp cán bộ”."

// hear takes what the officer sends for the obligation that it is waited for: a file, or the number and day of a document.
func (d Office) hear(ctx context.Context, t *handlers.Turn) error {
	code := t.Session.Memo[codeKey]
	switch {
	case t.In.Group != "" && t.In.Group == t.Session.Group:
		return nil // the album has had its answer
	case len(t.In.Files) > 0:
		return d.takeFile(ctx, t, code)
	}
	if ok, err := t.Steer(ctx); ok || err != nil {
		return err
	}
	number, day, ok := readDocument(t.In.Text)
	switch {
	case !ok || t.In.Edited:
		about(t, code, d.await(t))
	case isFuture(day, t.Now):
		t.Say(bot.Outgoing{Text: dayNotCome})
		about(t, code, d.await(t))
	default:
		d.submit(t, code, storage.Submission{Draft: updateDraft(t), Document: number, DocumentOn: day})
	}
	return nil
}

// updateDraft names what is sent without a form: what one update brought is sent once.
func updateDraft(t *handlers.Turn) string { return t.In.From.String() + "/" + t.In.ID }

// submit keeps what an agency sent, and gives the receipt.
func (d Office) submit(t *handlers.Turn, code string, s storage.Submission) {
	about(t, code, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
		ok, err := storage.Submit(ctx, tx, &o, &s, t.In.From, t.Now)
		switch {
		case errors.Is(err, storage.ErrFileMissing):
			t.Say(bot.Outgoing{Text: t.Address(storage.ErrFileMissing.Error())})
			return d.await(t)(ctx, tx, o)
		case err != nil:
			return err
		case !ok:
			t.Session.Drop()
			return d.open(ctx, tx, t, o, alreadySettled)
		}
		t.Session.Drop()
		if aside := t.Session.Aside[sending]; aside.Draft == s.Draft || aside.Answers[codeKey] == o.Code {
			delete(t.Session.Aside, sending) // it is sent now
		}
		t.Say(receipt(o, s, t.Now.Location()))
		return storage.AddAudit(ctx, tx, t.In.From, "send-submission", s.Code, t.Now)
	})
}

func receipt(o storage.Obligation, s storage.Submission, zone *time.Location) bot.Outgoing {
	lines := append([]string{fullName(o), "Nhận lúc " + moment(s.At, zone)}, contents(s)...)
	lines = append(lines, "Phiếu này không thay văn bản chính thức.")
	return bot.Outgoing{
		Title: "Phiếu nhận " + s.Code,
		Text:  strings.Join(lines, "\n"),
		Buttons: []bot.Button{
			{Label: "Sửa", Data: sending + ":" + o.Code + ":" + correct, Row: true},
			{Label: "Xong", Data: listing + ":", Row: true},
		},
	}
}
