package contests

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// What the session remembers of the question that is open.
const (
	memoEntry = "ho_so"
	memoItem  = "muc"
)

// ownItem reads "ENTRY:ITEM:REST".
func (o Office) ownItem(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) (d dossier, item competition.Item, rest string, err error) {
	number, argument, _ := strings.Cut(argument, ":")
	key, rest, _ := strings.Cut(argument, ":")
	if d, err = o.own(ctx, tx, t, number); err != nil {
		return d, item, "", err
	}
	item, ok := d.item(key)
	if !ok {
		return d, item, "", problem("Ban tổ chức đã bỏ mục này khỏi hồ sơ. Bạn mở lại hồ sơ để xem các mục hiện có.")
	}
	return d, item, rest, nil
}

// askItem asks for an item: what the person types or sends next answers it.
func (o Office) askItem(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	d, item, _, err := o.ownItem(ctx, tx, t, argument)
	if err != nil {
		return err
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = o.room(), map[string]string{memoEntry: fmt.Sprint(d.ID), memoItem: item.Key}
	t.Say(question(t, d, item, ""))
	return nil
}

func question(t *handlers.Turn, d dossier, item competition.Item, note string) bot.Outgoing {
	m := bot.Outgoing{Title: item.Label, Text: d.address(note + prompt(item, t.Can.Files))}
	if now := d.filled()[item.Key]; now != "" {
		m.Text += "\nĐang có: " + item.Show(now)
	}
	for i, choice := range item.Choices {
		m.Buttons = append(m.Buttons, bot.Button{Label: choice, Data: d.data(pickChoice, item.Key, strconv.Itoa(i+1)), Row: true})
	}
	if d.filled()[item.Key] != "" && (item.Optional || item.Kind == competition.Files) {
		m.Buttons = append(m.Buttons, bot.Button{Label: emptyLabel(item), Data: d.data(emptyItem, item.Key), Row: true})
	}
	back := backButton(d)
	if item.Kind == competition.Files {
		back.Label = "Xong"
	}
	m.Buttons = append(m.Buttons, back)
	return m
}

func emptyLabel(item competition.Item) string {
	if item.Kind == competition.Files {
		return "Bỏ các tệp, gửi lại"
	}
	return "Để trống"
}

func prompt(item competition.Item, files bool) string {
	switch item.Kind {
	case competition.Files:
		if !files {
			return "Ở đây mình không nhận được tệp. Bạn mở trợ lý trên trang web, Telegram hoặc Zalo để gửi tệp."
		}
		return fmt.Sprintf("Bạn gửi tệp PDF, Word, Excel, PowerPoint hoặc ảnh, nhiều nhất %d tệp, mỗi tệp tối đa 20 MB. Đừng gửi ảnh căn cước và tài liệu mật.", item.Most)
	case competition.Choice:
		return "Bạn chọn một mục."
	case competition.Number:
		return "Bạn gõ một số, ví dụ: 12."
	case competition.Year:
		return "Bạn gõ năm, ví dụ: 2023."
	case competition.Money:
		return "Bạn gõ số tiền, ví dụ: 500 triệu."
	case competition.Date:
		return "Bạn gõ ngày, tháng, năm, ví dụ: 05/03/2026."
	case competition.Link:
		return "Bạn gửi một đường dẫn, ví dụ: https://example.com."
	}
	return fmt.Sprintf("Bạn viết nhiều nhất %d ký tự.", item.Most)
}

// pickChoice takes a choice by its button.
func (o Office) pickChoice(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	d, item, chosen, err := o.ownItem(ctx, tx, t, argument)
	if err != nil {
		return err
	}
	return o.answer(ctx, tx, t, d, item, chosen)
}

// answer takes an answer, and shows the dossier; or says what is wrong with it, and asks again.
func (o Office) answer(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d dossier, item competition.Item, text string) error {
	value, err := d.definition.Accept(item, text)
	var wrong problem
	switch {
	case errors.As(err, &wrong):
		t.Say(question(t, d, item, wrong.Error()+"\n"))
		return nil
	case err != nil:
		return err
	}
	d.put(item.Key, value)
	return o.keep(ctx, tx, t, d, "Đã lưu.\n")
}

// put changes one answer in a copy of the others; "" takes it out.
func (d *dossier) put(key, value string) {
	d.Answers = maps.Clone(d.Answers)
	if d.Answers == nil {
		d.Answers = storage.Profile{}
	}
	d.Answers[key] = value
	if value == "" {
		delete(d.Answers, key)
	}
}

// emptyItem takes an answer out, or lets go of the files of an item. What was submitted stays complete.
func (o Office) emptyItem(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	d, item, _, err := o.ownItem(ctx, tx, t, argument)
	switch {
	case err != nil:
		return err
	case !item.Optional && item.Kind != competition.Files:
		t.Say(question(t, d, item, "Mục này cần có câu trả lời.\n"))
		return nil
	case item.Kind == competition.Files && !item.Optional && d.State == storage.EntrySubmitted:
		t.Say(question(t, d, item, "Hồ sơ đã nộp cần có tệp ở mục này. Bạn gửi tệp mới trước: tệp mới thay các tệp cũ.\n"))
		return nil
	}
	d.put(item.Key, "")
	if err := save(ctx, tx, t, &d); err != nil {
		return err
	}
	if err := storage.SetEntryFiles(ctx, tx, d.Entry, item.Key, nil, t.Now); err != nil {
		return err
	}
	return o.openEntry(ctx, tx, t, fmt.Sprint(d.ID))
}

// hear takes what the person types or sends as the answer to the item that was asked for last.
func (o Office) hear(ctx context.Context, t *handlers.Turn) error {
	about := t.Session.Memo[memoEntry] + ":" + t.Session.Memo[memoItem]
	if slices.Contains([]string{"quay lai", "de sau", "bo qua", "huy", "xong"}, viet.Fold(t.In.Text)) { // folded
		o.act(t, func(ctx context.Context, tx *storage.Tx) error {
			return o.openEntry(ctx, tx, t, t.Session.Memo[memoEntry])
		})
		return nil
	}
	files, err := t.FetchAll(ctx)
	if err != nil || len(files) == 0 && len(t.In.Files) > 0 {
		return err
	}
	o.act(t, func(ctx context.Context, tx *storage.Tx) error {
		d, item, _, err := o.ownItem(ctx, tx, t, about)
		switch {
		case err != nil:
			return err
		case item.Kind == competition.Files:
			return o.receive(ctx, tx, t, d, item, files)
		case len(files) > 0 || t.In.Text == "" || t.In.Edited:
			t.Say(question(t, d, item, "Mục này cần câu trả lời bằng chữ.\n"))
			return nil
		}
		return o.answer(ctx, tx, t, d, item, t.In.Text)
	})
	return nil
}

// receive adds files to an item. Of an album, the first message alone is answered. The files of an entry that was submitted
// are replaced by the first that come after the question.
func (o Office) receive(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d dossier, item competition.Item, files []bot.File) error {
	if len(files) == 0 {
		t.Say(question(t, d, item, "Mục này cần tệp.\n"))
		return nil
	}
	if err := save(ctx, tx, t, &d); err != nil {
		return err
	}
	kept := d.filesOf(item.Key)
	if d.State == storage.EntrySubmitted && t.Session.Memo[memoReplaced] == "" {
		kept = nil
		t.Session.Memo = map[string]string{memoEntry: fmt.Sprint(d.ID), memoItem: item.Key, memoReplaced: "1"}
	}
	room := max(0, item.Most-len(kept))
	if err := storage.SetEntryFiles(ctx, tx, d.Entry, item.Key, append(kept, files[:min(room, len(files))]...), t.Now); err != nil {
		return err
	}
	if err := d.complete(ctx, tx); err != nil {
		return err
	}
	album := t.In.Group != "" && t.In.Group == t.Session.Group
	t.Session.Group = t.In.Group
	switch {
	case room < len(files):
		t.Say(question(t, d, item, fmt.Sprintf("Mục này nhận nhiều nhất %d tệp, nên mình chưa nhận hết.\n", item.Most)))
	case !album:
		t.Say(question(t, d, item, "Đã lưu tệp. Bạn gửi thêm, hoặc chọn “Xong”.\n"))
	}
	return nil
}

// memoReplaced says that the files of an entry that was submitted were let go for newer ones.
const memoReplaced = "thay"
