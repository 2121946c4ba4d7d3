package contests

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// ofPaper reads an entry from paper, in a competition that who writes runs. It fails with storage.ErrNoEntry for any other.
func ofPaper(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id int64) (d dossier, err error) {
	d.staff = true
	if d.Entry, d.competition, err = storage.PaperEntry(ctx, tx, id); err != nil {
		return d, err
	}
	if ok, err := storage.MayOrganise(ctx, tx, t.In.From, d.competition.Agency, t.Now); err != nil || !ok {
		return dossier{}, firstOf(err, storage.ErrNoEntry)
	}
	if err := d.complete(ctx, tx); err != nil {
		return d, err
	}
	return d, storage.AddAudit(ctx, tx, t.In.From, "open-paper-entry", d.competition.Code+" "+d.Startup, t.Now)
}

// saveFromPaper is save for what came on paper.
func (d *dossier) saveFromPaper(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	if err := storage.SaveEntry(ctx, tx, d.competition, &d.Entry, d.Received(), t.Now); err != nil {
		return err
	}
	action := "change-paper-entry"
	if d.State == storage.EntryWithdrawn {
		action = "withdraw-paper-entry"
	}
	return storage.AddAudit(ctx, tx, t.In.From, action, d.competition.Code+" "+d.Startup, t.Now)
}

// paperStatus tells staff where an entry from paper stands.
func (d *dossier) paperStatus(t *handlers.Turn) string {
	received := "Hồ sơ giấy nhận lúc " + clock(time.UnixMilli(d.ReceivedAt), t.Now.Location()) + "."
	switch {
	case !d.open(t.Now):
		return received + " Hồ sơ đã chia cho ban giám khảo, nên không sửa được nữa."
	case d.State == storage.EntrySubmitted:
		return received + " Đã nộp, mã " + d.Code + ". Anh/chị còn sửa được đến khi chia hồ sơ cho ban giám khảo."
	}
	return received + " Chưa nộp: điền xong, anh/chị bấm “Nộp hồ sơ”."
}

// receivedOnPaper gives staff the number of an entry from paper, and tells who entered.
func (o Office) receivedOnPaper(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d dossier) error {
	lines := []string{
		d.competition.Name, fmt.Sprintf("Dự án: %s. Bảng: %s.", d.Name, d.Track),
		"Hồ sơ giấy nhận lúc " + clock(time.UnixMilli(d.ReceivedAt), t.Now.Location()) + ".",
	}
	t.Say(bot.Outgoing{
		Title: "Đã nhập hồ sơ dự thi " + d.Code, Text: strings.Join(append(slices.Clone(lines), "Anh/chị ghi mã này lên hồ sơ giấy."), "\n"),
		Buttons: []bot.Button{{Label: "Xem lại hồ sơ", Data: d.data(showEntry), Row: true}, d.out()},
	})
	err := storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("entry/%d/paper", d.ID), Person: d.Person, Queue: storage.QueueNotices, Again: true,
		Message: bot.Outgoing{
			Title: "Đã nhận hồ sơ dự thi " + d.Code, Text: strings.Join(append(lines, "Ban tổ chức đã nhập hồ sơ giấy của bạn. Bạn xem ở “Cuộc thi”."), "\n"),
			Buttons: []bot.Button{{Label: "Xem hồ sơ", Data: entryData(showEntry, d.Entry), Row: true}},
		},
	}, t.Now)
	if err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "submit-paper-entry", d.competition.Code+" "+d.Code, t.Now)
}

// askMember asks for somebody who takes part by the word of the paper.
func (o Office) askMember(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if d.confirmed()+1 >= d.definition.TeamMost {
		t.Say(team(d, "Nhóm đã đủ người.\n"))
		return nil
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = enteringPaper, map[string]string{memoMember: fmt.Sprint(d.ID)}
	t.Say(bot.Outgoing{
		Title: "Nhóm · " + d.Name, Text: "Anh/chị gõ họ tên một thành viên có chữ ký trong hồ sơ giấy.",
		Buttons: []bot.Button{{Label: "Quay lại", Data: d.data(showTeam), Row: true}},
	})
	return nil
}

// addMember takes the name of a member.
func (o Office) addMember(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	name, err := viet.Name(t.In.Text)
	if err != nil {
		return err
	}
	if d.confirmed()+1 >= d.definition.TeamMost {
		t.Say(team(d, "Nhóm đã đủ người.\n"))
		return nil
	}
	if err := save(ctx, tx, t, &d); err != nil { // in time
		return err
	}
	if err := storage.AddPaperMember(ctx, tx, d.Entry, name, t.Now); err != nil {
		return err
	}
	t.Session.Drop()
	return o.showTeam(ctx, tx, t, number)
}
