package contests

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// joined is what becomes of a member whom the captain confirms.
const joined = "joined"

// inviteFor is how long an invitation into a team is good.
const inviteFor = 7 * 24 * time.Hour

// showTeam lists who takes part, and who asks to.
func (o Office) showTeam(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	t.Say(team(d, ""))
	return nil
}

func team(d dossier, note string) bot.Outgoing {
	m := bot.Outgoing{Title: "Nhóm · " + d.Name}
	captain := "bạn là trưởng nhóm"
	if d.staff {
		captain = "trưởng nhóm"
	}
	lines := []string{note + fmt.Sprintf("Nhóm nhiều nhất %d người, kể cả %s.", d.definition.TeamMost, captain)}
	for _, member := range d.members {
		id := strconv.FormatInt(member.ID, 10)
		state := "đã vào nhóm"
		switch {
		case !member.Confirmed && d.staff:
			state = "chờ trưởng nhóm xác nhận"
		case !member.Confirmed:
			state = "chờ bạn xác nhận"
			m.Buttons = append(m.Buttons, bot.Button{Label: "Nhận " + member.Name, Data: d.data(confirm, id), Row: true})
		}
		lines = append(lines, member.Name+": "+state)
		m.Buttons = append(m.Buttons, bot.Button{Label: "Bỏ " + member.Name, Data: d.data(remove, id), Row: member.Confirmed})
	}
	if len(d.members) == 0 {
		lines = append(lines, d.noMembers())
	}
	if d.confirmed()+1 < d.definition.TeamMost {
		m.Buttons = append(m.Buttons, d.addMember())
	}
	m.Text, m.Buttons = strings.Join(lines, "\n"), append(m.Buttons, backButton(d))
	return m
}

func (d *dossier) noMembers() string {
	if d.staff {
		return "Chưa có thành viên nào khác."
	}
	return "Chưa có thành viên nào khác. Bạn mời từng người bằng một mã riêng."
}

// addMember is the button by which a team grows: each member by a code of their own, or by name from paper.
func (d *dossier) addMember() bot.Button {
	if d.staff {
		return bot.Button{Label: "Thêm thành viên", Data: d.data(nameMember), Row: true}
	}
	return bot.Button{Label: "Mời thành viên", Data: d.data(invite), Row: true}
}

// invite makes a code for one member, to be forwarded.
func (o Office) invite(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	switch {
	case !d.open(t.Now):
		return storage.ErrLate
	case d.confirmed()+1 >= d.definition.TeamMost:
		t.Say(team(d, "Nhóm đã đủ người.\n"))
		return nil
	}
	code, err := storage.NewCode(ctx, tx, storage.TeamCode, fmt.Sprint(d.ID), t.Now, t.Now.Add(inviteFor))
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Bạn chuyển tin dưới đây cho một thành viên. Khi bạn ấy gửi tên và đồng ý, mình nhắn bạn xác nhận."},
		t.CodeCard(fmt.Sprintf("Mời bạn vào nhóm “%s” dự %s. Bạn mở trợ lý này trên máy của bạn rồi gõ mã trên. Mã dùng một lần, trong 7 ngày.", d.Name, d.competition.Name), code))
	return nil
}

// confirm has the captain take somebody into the team.
func (o Office) confirm(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	number, _, _ := strings.Cut(rest, ":")
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if d.confirmed()+1 >= d.definition.TeamMost {
		t.Say(team(d, "Nhóm đã đủ người.\n"))
		return nil
	}
	return o.changeTeam(ctx, tx, t, rest, storage.ConfirmMember, joined, "%s đã nhận bạn vào nhóm “%s” dự %s.")
}

// remove takes somebody out of the team, or turns down who asks to join. What was submitted keeps the member that it needs.
func (o Office) remove(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	number, member, _ := strings.Cut(rest, ":")
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if d.State == storage.EntrySubmitted && d.definition.Who == competition.Teams && d.isLast(member) {
		t.Say(team(d, d.address("Hồ sơ đã nộp cần ít nhất một thành viên. Bạn thêm người khác trước khi bỏ người này.\n")))
		return nil
	}
	return o.changeTeam(ctx, tx, t, rest, storage.RemoveMember, "left", "%s cho biết bạn không ở trong nhóm “%s” dự %s.")
}

// isLast reports whether a member, by the id, is the only one whom the captain confirmed.
func (d *dossier) isLast(member string) bool {
	i := slices.IndexFunc(d.members, func(m storage.EntryMember) bool { return m.Confirmed && strconv.FormatInt(m.ID, 10) == member })
	return i >= 0 && d.confirmed() == 1
}

// changeTeam changes what a member is to the team, if it comes in time, tells them, and shows the team.
func (o Office) changeTeam(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string,
	change func(context.Context, *storage.Tx, storage.Entry, int64) (storage.EntryMember, bool, error), what, text string,
) error {
	number, member, _ := strings.Cut(rest, ":")
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if err := save(ctx, tx, t, &d); err != nil { // in time
		return err
	}
	id, _ := strconv.ParseInt(member, 10, 64) // not a number: nobody
	m, ok, err := change(ctx, tx, d.Entry, id)
	if err != nil {
		return err
	}
	if ok {
		if err := tellMember(ctx, tx, t, d, m, what, fmt.Sprintf(text, d.teller(), d.Name, d.competition.Name)); err != nil {
			return err
		}
	}
	return o.showTeam(ctx, tx, t, number)
}

// tellMember tells a member what became of them in a team.
func tellMember(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d dossier, m storage.EntryMember, what, text string) error {
	buttons := []bot.Button{}
	if what == joined {
		buttons = append(buttons, bot.Button{Label: "Xem hồ sơ", Data: entryData(showEntry, d.Entry), Row: true})
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("entry/%d/%s/%d", d.ID, what, t.Now.UnixMilli()), Person: m.Person, Queue: storage.QueueNotices,
		Message: bot.Outgoing{Title: "Nhóm dự thi", Text: text, Buttons: buttons},
	}, t.Now)
}
