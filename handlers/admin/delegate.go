package admin

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Delegate do; the last two before an id.
const (
	newDelegation = "moi"
	chooseFor     = "cho"
	takeBack      = "thu"
)

// candidatesMost is more than there are people with a role.
const candidatesMost = 100

// Delegate has an approver who will be away name somebody who approves in their place, and take that back. The form asks
// for the dates; who it is for was pressed before.
func Delegate() *handlers.Conversation {
	f := delegation()
	return &handlers.Conversation{
		Name: "uyquyen", Label: "Ủy quyền duyệt", Role: storage.Approver,
		Words: []string{"ủy quyền", "nhờ duyệt thay", "duyệt thay", "lấy lại ủy quyền"},
		Form:  f,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if argument == "" && t.Resume("uyquyen") {
				return nil
			}
			act(t, storage.Approver, func(ctx context.Context, tx *storage.Tx) error { return manageDelegations(ctx, tx, t, argument) })
			return nil
		},
		Submit: submitDelegation(f),
	}
}

// manageDelegations is for approvers alone: who stands in for one has the right to approve, not to pass it on.
func manageDelegations(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	me, own, err := ownApprover(ctx, tx, t)
	if err != nil {
		return err
	}
	if !own {
		t.Say(bot.Outgoing{Text: "Anh/chị đang duyệt thay người khác, nên không ủy quyền tiếp được. Gõ “menu” để xem các việc khác."})
		return nil
	}
	verb, number, _ := strings.Cut(argument, ":")
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: nobody
	switch verb {
	case newDelegation:
		return listCandidates(ctx, tx, t, me)
	case chooseFor:
		return beginDelegation(ctx, tx, t, me, id)
	case takeBack:
		return endDelegation(ctx, tx, t, me, id)
	}
	return listDelegations(ctx, tx, t, me)
}

// ownApprover reports whether who writes is an approver by a role of their own.
func ownApprover(ctx context.Context, tx *storage.Tx, t *handlers.Turn) (me int64, own bool, err error) {
	if me, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return 0, false, err
	}
	held, err := storage.RolesOf(ctx, tx, me)
	return me, slices.ContainsFunc(held, func(h storage.RoleHolder) bool { return h.Role.Includes(storage.Approver) }), err
}

func listDelegations(ctx context.Context, tx *storage.Tx, t *handlers.Turn, me int64) error {
	running, err := storage.DelegationsOf(ctx, tx, me, t.Now)
	if err != nil {
		return err
	}
	lines := []string{"Khi anh/chị vắng, một người khác duyệt thay bằng mã PIN của chính họ. Anh/chị lấy lại quyền lúc nào cũng được."}
	m := bot.Outgoing{Title: "Ủy quyền duyệt"}
	for _, d := range running {
		lines = append(lines, fmt.Sprintf("%s: %s. Lý do: %s", called(d.Name), days(d, t), d.Reason))
		m.Buttons = append(m.Buttons, bot.Button{Label: "Lấy lại từ " + called(d.Name), Data: fmt.Sprintf("uyquyen:%s:%d", takeBack, d.ID), Row: true})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Ủy quyền mới", Data: "uyquyen:" + newDelegation, Row: true})
	m.Text = strings.Join(lines, "\n")
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-delegations", "", t.Now)
}

// days tells from which day to which a delegation holds; its end is the first moment of the day after.
func days(d storage.Delegation, t *handlers.Turn) string {
	day := func(millis int64) string {
		return viet.ShowDate(time.UnixMilli(millis).In(t.Now.Location()).Format(time.DateOnly))
	}
	return "từ " + day(d.From) + " đến hết " + day(d.Until-1)
}

func listCandidates(ctx context.Context, tx *storage.Tx, t *handlers.Turn, me int64) error {
	holders, err := storage.RoleHolders(ctx, tx, 0, candidatesMost)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Text: "Ai duyệt thay anh/chị?"}
	for _, h := range holders {
		b := bot.Button{Label: called(h.Name), Data: fmt.Sprintf("uyquyen:%s:%d", chooseFor, h.Person), Row: true}
		if h.Person != me && !slices.Contains(m.Buttons, b) {
			m.Buttons = append(m.Buttons, b)
		}
	}
	if len(m.Buttons) == 0 {
		m.Text = "Chưa có cán bộ nào khác để ủy quyền. Anh/chị nhờ quản trị mời thêm người trước."
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-roles", "", t.Now)
}

func endDelegation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, me, id int64) error {
	d, ok, err := storage.EndDelegation(ctx, tx, id, me, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Ủy quyền này đã hết hoặc đã được lấy lại. Anh/chị gõ “ủy quyền” để xem."})
		return nil
	}
	t.Say(bot.Outgoing{Text: "Đã lấy lại quyền duyệt. Người duyệt thay được báo. Gõ “menu” để xem các việc khác."})
	if err := storage.AddAudit(ctx, tx, t.In.From, "end-delegation", storage.PersonSubject(d.Delegate), t.Now); err != nil {
		return err
	}
	return tellOther(ctx, tx, t, d.Delegate, fmt.Sprintf("delegation-ended/%d", d.ID), bot.Outgoing{
		Text: "Anh/chị không còn duyệt thay nữa: người ủy quyền đã lấy lại quyền. Cảm ơn anh/chị.",
	})
}
