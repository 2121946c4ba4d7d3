package contests

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// openAsMember shows an entry to a member of its team, who may read it and change nothing. It fails with storage.ErrNoEntry for
// anybody whom the captain did not confirm.
func (o Office) openAsMember(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	e, c, ok, err := storage.EntryAsMember(ctx, tx, t.In.From, id)
	if err != nil || !ok {
		return firstOf(err, storage.ErrNoEntry)
	}
	d := dossier{Entry: e, competition: c}
	if err := d.complete(ctx, tx); err != nil {
		return err
	}
	captain, err := storage.PersonOf(ctx, tx, e.Person)
	if err != nil {
		return err
	}
	lines := []string{"Bạn là thành viên: bạn xem được, trưởng nhóm sửa và nộp.", "Trưởng nhóm: " + captain.Name, "Tình trạng: " + stateOf(e) + "."}
	if d.Track != "" {
		lines = append(lines, "Bảng: "+d.Track)
	}
	t.Say(bot.Outgoing{
		Title: c.Name + " · " + d.Name, Text: strings.Join(append(lines, d.answered(true)...), "\n"),
		Buttons: append(t.FileButtons(d.attached()...), allButton()),
	})
	return nil
}

// tellTeam tells the members whom the captain confirmed what their captain is told as well; source says why.
func tellTeam(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Entry, source string, m bot.Outgoing) error {
	members, err := storage.Members(ctx, tx, e.ID)
	if err != nil {
		return err
	}
	for _, member := range members {
		if !member.Confirmed {
			continue
		}
		err := storage.Notify(ctx, tx, storage.Notice{Source: source, Person: member.Person, Queue: storage.QueueNotices, Again: true, Message: m}, t.Now)
		if err != nil {
			return err
		}
	}
	return nil
}

// tellReceipt tells the team that the captain, or staff, submitted their entry.
func (d *dossier) tellReceipt(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	return tellTeam(ctx, tx, t, d.Entry, fmt.Sprintf("entry/%d/submitted", d.ID), bot.Outgoing{
		Title: "Nhóm đã nộp hồ sơ dự thi " + d.Code, Text: fmt.Sprintf("%s đã nộp hồ sơ “%s” dự %s.", d.teller(), d.Name, d.competition.Name),
		Buttons: []bot.Button{{Label: "Xem hồ sơ", Data: entryData(showEntry, d.Entry), Row: true}},
	})
}
