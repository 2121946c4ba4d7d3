package agency

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// takeFile sends a file for the obligation of a code, if that is known, or else offers what it may be for.
func (d Office) takeFile(ctx context.Context, t *handlers.Turn, code string) error {
	t.Session.Group = t.In.Group // the rest of an album is not answered
	kept, err := t.FetchAll(ctx)
	if len(kept) == 0 || err != nil {
		return err
	}
	if len(t.In.Files) > 1 || t.In.Group != "" {
		t.Say(bot.Outgoing{Text: "Mỗi lần mình nhận một tệp, nên chỉ lấy tệp đầu. Nếu có nhiều tệp, anh/chị gộp thành một tệp PDF."})
	}
	f := bot.File{ID: kept[0].ID, Name: kept[0].Name}
	if code != "" {
		d.submit(t, code, storage.Submission{Draft: updateDraft(t), Hash: f.ID, FileName: f.Name})
		return nil
	}
	if err := waitFor(t, f); err != nil {
		return err
	}
	d.offer(t)
	return nil
}

// waitFor puts a file aside, as a form in which it is not said yet what the file is for. So it waits as long as forms do.
func waitFor(t *handlers.Turn, f bot.File) error {
	list, err := json.Marshal([]bot.File{f})
	if err != nil {
		return fmt.Errorf("encode file: %w", err)
	}
	if t.Session.Aside == nil {
		t.Session.Aside = map[string]form.Progress{}
	}
	t.Session.Aside[sending] = form.Progress{
		Draft: strings.ToLower(storage.NewSecret(10)), Answers: form.Answers{numberKey: "", fileKey: string(list)},
	}
	return nil
}

// waiting is the file that waits, and the draft it is in; ok is false for none.
func waiting(t *handlers.Turn) (f bot.File, draft string, ok bool) {
	p := t.Session.Aside[sending]
	files, err := filesOf(p.Answers)
	if err != nil || len(files) == 0 || p.Answers[codeKey] != "" {
		return bot.File{}, "", false
	}
	return files[0], p.Draft, true
}

// offer asks whether the file that waits is for the most urgent of what is owed.
func (d Office) offer(t *handlers.Turn) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		f, draft, ok := waiting(t)
		if !ok {
			t.Say(noFileWaits())
			return nil
		}
		list, err := owed(ctx, tx, mine)
		switch {
		case err != nil:
			return err
		case len(list) == 0:
			t.Say(nothingOwed())
			return nil
		}
		o := list[0]
		text, err := offerText(ctx, tx, t, o, f)
		if err != nil {
			return err
		}
		t.Say(bot.Outgoing{
			Title: fullName(o) + "?",
			Text:  text,
			Buttons: []bot.Button{
				{Label: "Đúng, gửi", Data: fileFor(o, draft), Row: true},
				{Label: "Việc khác", Data: sending + ":" + elsewhere, Row: true},
			},
		})
		return storage.AddAudit(ctx, tx, t.In.From, "begin-submission", o.Code, t.Now)
	})
}

func offerText(ctx context.Context, tx *storage.Tx, t *handlers.Turn, o storage.Obligation, f bot.File) (string, error) {
	text := "Đã nhận tệp " + fileName(f) + ", chưa gửi.\n"
	if o.State == storage.ObligationOpen {
		return text + "Hạn: hết " + viet.ShowDate(o.Last()) + ".", nil
	}
	before, _, err := storage.LastSubmission(ctx, tx, o.ID)
	return text + "Tệp này sẽ thay bản " + before.Code + ", gửi lúc " + moment(before.At, t.Now.Location()) + ".", err
}

func fileFor(o storage.Obligation, draft string) string {
	return sending + ":" + o.Code + ":" + thisFile + ":" + draft
}

// offerAll lists all that the file that waits may be for.
func (d Office) offerAll(t *handlers.Turn) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		f, draft, ok := waiting(t)
		if !ok {
			t.Say(noFileWaits())
			return nil
		}
		list, err := owed(ctx, tx, mine)
		if err != nil {
			return err
		}
		m := bot.Outgoing{Text: "Tệp " + fileName(f) + " là của việc nào?"}
		for _, o := range list {
			m.Buttons = append(m.Buttons, bot.Button{Label: fullName(o), Data: fileFor(o, draft), Row: true})
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: "Không gửi tệp này", Data: sending + ":" + nowhere, Row: true})
		t.Say(m)
		return storage.AddAudit(ctx, tx, t.In.From, "list-obligations", "page 1", t.Now)
	})
}

// sendWaiting sends the file that waits, if it is the one that the button was shown for.
func (d Office) sendWaiting(t *handlers.Turn, code, shownFor string) {
	f, draft, ok := waiting(t)
	if ok && draft == shownFor {
		d.submit(t, code, storage.Submission{Draft: draft, Hash: f.ID, FileName: f.Name})
		return
	}
	about(t, code, func(context.Context, *storage.Tx, storage.Obligation) error {
		t.Say(noFileWaits())
		return nil
	})
}

// letGo forgets the file that waits: its content goes with others that nothing refers to.
func letGo(t *handlers.Turn) {
	asOfficer(t, func(context.Context, *storage.Tx, []string) error {
		if _, _, ok := waiting(t); ok {
			delete(t.Session.Aside, sending)
		}
		t.Say(bot.Outgoing{Text: "Vâng, mình chưa gửi tệp này đi đâu.", Buttons: []bot.Button{listButton()}})
		return nil
	})
}

func noFileWaits() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Tệp này đã được gửi, hoặc không còn chờ ở đây. Nếu cần, anh/chị gửi lại tệp.",
		Buttons: []bot.Button{listButton()},
	}
}

func fileName(f bot.File) string { return cmp.Or(f.Name, "ảnh") }
