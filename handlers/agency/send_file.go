package agency

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// memoFile is where the dialog remembers the file that waits until the officer says what it is for.
const memoFile = "tep"

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
	if code != "" {
		d.submit(t, code, storage.Submission{Draft: draft(t), Hash: kept[0].ID, FileName: kept[0].Name})
		return nil
	}
	waiting, err := json.Marshal(bot.File{ID: kept[0].ID, Name: kept[0].Name})
	if err != nil {
		return fmt.Errorf("encode file: %w", err)
	}
	t.Session.Name, t.Session.Memo = sending, map[string]string{memoFile: string(waiting)}
	d.offerAgain(t)
	return nil
}

// waitingFile is the file that waits; ok is false for none.
func waitingFile(t *handlers.Turn) (f bot.File, ok bool) {
	err := json.Unmarshal([]byte(t.Session.Memo[memoFile]), &f)
	return f, err == nil && f.ID != ""
}

// mark tells one waiting file from another in a button.
func mark(f bot.File) string { return f.ID[:min(len(f.ID), 12)] }

// offerAgain offers the file that waits for the most urgent of what is owed.
func (d Office) offerAgain(t *handlers.Turn) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		f, waits := waitingFile(t)
		list, err := owed(ctx, tx, mine)
		switch {
		case err != nil:
			return err
		case !waits || len(list) == 0:
			return d.list(ctx, tx, t, mine, 0)
		}
		o := list[0]
		text, err := d.offerText(ctx, tx, t, o, f)
		if err != nil {
			return err
		}
		t.Say(bot.Outgoing{
			Title: fullName(o) + "?",
			Text:  text,
			Buttons: []bot.Button{
				{Label: "Đúng, gửi", Data: fileFor(o, f), Row: true},
				{Label: "Việc khác", Data: sending + ":" + elsewhere + ":" + mark(f), Row: true},
			},
		})
		return storage.AddAudit(ctx, tx, t.In.From, "begin-submission", o.Code, t.Now)
	})
}

func (d Office) offerText(ctx context.Context, tx *storage.Tx, t *handlers.Turn, o storage.Obligation, f bot.File) (string, error) {
	text := "Đã nhận tệp " + fileName(f) + ", chưa gửi.\n"
	if o.State == storage.ObligationOpen {
		return text + "Hạn gửi: hết " + viet.ShowDate(o.Last()) + ".", nil
	}
	before, _, err := storage.LastSubmission(ctx, tx, o.ID)
	return text + "Tệp này sẽ thay bản " + before.Code + ", gửi lúc " + moment(before.At, t.Now.Location()) + ".", err
}

func fileFor(o storage.Obligation, f bot.File) string {
	return sending + ":" + o.Code + ":" + thisFile + ":" + mark(f)
}

// offerOthers lists all that the file that waits may be for.
func (d Office) offerOthers(t *handlers.Turn, seen string) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		f, ok := waitingFile(t)
		if !ok || mark(f) != seen {
			t.Say(noFileWaits())
			return nil
		}
		list, err := owed(ctx, tx, mine)
		if err != nil {
			return err
		}
		m := bot.Outgoing{Text: "Tệp " + fileName(f) + " là của việc nào?"}
		for _, o := range list {
			m.Buttons = append(m.Buttons, bot.Button{Label: fullName(o), Data: fileFor(o, f), Row: true})
		}
		m.Buttons = append(m.Buttons, bot.Button{Label: "Không gửi tệp này", Data: sending + ":" + nowhere, Row: true})
		t.Say(m)
		return storage.AddAudit(ctx, tx, t.In.From, "list-obligations", "page 1", t.Now)
	})
}

// sendWaiting sends the file that waits, if it is the one that the button was shown for.
func (d Office) sendWaiting(t *handlers.Turn, code, seen string) {
	f, ok := waitingFile(t)
	if !ok || mark(f) != seen {
		asOfficer(t, func(context.Context, *storage.Tx, []string) error {
			t.Say(noFileWaits())
			return nil
		})
		return
	}
	d.submit(t, code, storage.Submission{Draft: draft(t), Hash: f.ID, FileName: f.Name})
}

func noFileWaits() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Tệp này đã được gửi, hoặc không còn chờ ở đây. Nếu cần, anh/chị gửi lại tệp.",
		Buttons: []bot.Button{listButton()},
	}
}

func fileName(f bot.File) string { return cmp.Or(f.Name, "ảnh") }
