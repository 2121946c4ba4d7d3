package contests

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// submit hands the entry in, or tells what it lacks.
func (o Office) submit(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if lacks := d.lacks(); len(lacks) > 0 {
		return o.show(t, d, "Hồ sơ chưa nộp được, còn thiếu: "+strings.Join(lacks, ", ")+".\n")
	}
	if d.State == storage.EntrySubmitted {
		return o.show(t, d, "")
	}
	d.State = storage.EntrySubmitted
	if err := save(ctx, tx, t, &d); err != nil {
		return err
	}
	if err := d.tellReceipt(ctx, tx, t); err != nil {
		return err
	}
	if d.staff {
		return o.receivedOnPaper(ctx, tx, t, d)
	}
	t.Say(receipt(t, d))
	return nil
}

func receipt(t *handlers.Turn, d dossier) bot.Outgoing {
	zone := t.Now.Location()
	return bot.Outgoing{
		Title: "Đã nhận hồ sơ dự thi " + d.Code,
		Text: strings.Join([]string{
			d.competition.Name,
			fmt.Sprintf("Dự án: %s. Bảng: %s.", d.Name, d.Track),
			"Lúc " + clock(time.UnixMilli(d.SubmittedAt), zone) + ".",
			"Bạn còn sửa hoặc rút được đến " + clock(time.UnixMilli(d.competition.ClosesAt), zone) + "; sửa xong không cần nộp lại.",
			"Bạn giữ mã này. Gõ “cuộc thi” để xem lại hồ sơ.",
		}, "\n"),
		Buttons: []bot.Button{{Label: "Xem lại hồ sơ", Data: d.data(showEntry), Row: true}},
	}
}

func (o Office) askWithdraw(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Text: fmt.Sprintf(d.address("Bạn muốn rút hồ sơ “%s” khỏi %s? Ban tổ chức không chấm hồ sơ đã rút. Trước lúc đóng nhận, bạn có thể dự thi lại từ đầu."), d.Name, d.competition.Name),
		Buttons: []bot.Button{
			{Label: "Rút hồ sơ này", Data: d.data(withdraw), Row: true},
			{Label: "Giữ lại", Data: d.data(showEntry), Row: true},
		},
	})
	return nil
}

// withdraw ends the entry; those of the others who take part are told.
func (o Office) withdraw(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	d.State = storage.EntryWithdrawn
	if err := save(ctx, tx, t, &d); err != nil {
		return err
	}
	others := []int64{}
	for _, m := range d.members {
		others = append(others, m.Person)
	}
	if d.staff {
		others = append(others, d.Person)
	}
	for _, person := range others {
		err := storage.Notify(ctx, tx, storage.Notice{
			Source: fmt.Sprintf("entry/%d/withdrawn/%d", d.ID, t.Now.UnixMilli()), Person: person, Queue: storage.QueueNotices,
			Message: bot.Outgoing{Title: "Hồ sơ dự thi đã được rút", Text: fmt.Sprintf("%s đã rút hồ sơ “%s” khỏi %s.", d.teller(), d.Name, d.competition.Name)},
		}, t.Now)
		if err != nil {
			return err
		}
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã rút hồ sơ “%s”.", d.Name), Buttons: []bot.Button{d.out()}})
	return nil
}

// teller is who changes the entry, as others are told.
func (d *dossier) teller() string {
	if d.staff {
		return "Ban tổ chức"
	}
	return "Trưởng nhóm"
}
