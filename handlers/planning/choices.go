package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Choices do.
const (
	openChoice = "mo"   // with the choice's place in the list, see choiceKey
	pick       = "chon" // with an agency: ticks it, or takes the tick away
	pickAll    = "tatca"
	pickPage   = "trang"
	settle     = "xong"
	settleNone = "khong"
)

// chosenKey is where the session keeps the agencies that are ticked, by ids joined with a comma.
const chosenKey = "don_vi"

// Choices are what is due from a group of agencies, or from one that became several: until staff choose who owes it, nobody
// does. While a choice is open, what is typed is looked for among agencies and communes, to be ticked as well.
func (o Office) Choices() *handlers.Conversation {
	return &handlers.Conversation{
		Name: choosing, Label: "Chọn đơn vị phải gửi", Role: storage.Staff,
		Words: []string{"chọn đơn vị", "đơn vị chờ chọn"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.choose(ctx, tx, t, argument) })
			return nil
		},
		Listen: func(ctx context.Context, t *handlers.Turn) error {
			if ok, err := t.Steer(ctx); ok || err != nil {
				return err
			}
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.typedChoice(ctx, tx, t) })
			return nil
		},
	}
}

func (o Office) choose(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	action, rest, _ := strings.Cut(argument, ":")
	if action == openChoice {
		listen(t, choosing, map[string]string{subjectKey: rest})
		return o.showChoice(ctx, tx, t, 0)
	}
	if t.Session.Name != choosing || t.Session.Memo[subjectKey] == "" || action == "" {
		return o.listChoices(ctx, tx, t, rest)
	}
	switch action {
	case pick, pickAll:
		c, err := o.openedChoice(ctx, tx, t)
		if err != nil || c.Source == "" {
			return err
		}
		if action == pickAll {
			tick(t, c.Proposed...)
		} else {
			toggle(t, rest)
		}
		return o.showChoice(ctx, tx, t, 0)
	case pickPage:
		page, _ := strconv.Atoi(rest) // not a number: the first page
		return o.showChoice(ctx, tx, t, page)
	case settle:
		return o.makeChoice(ctx, tx, t, ticked(t))
	case settleNone:
		return o.makeChoice(ctx, tx, t, nil)
	}
	return o.listChoices(ctx, tx, t, "")
}

// listChoices lists what waits. A choice's source may be longer than a button's data, so that buttons carry what is left of it.
func (o Office) listChoices(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page string) error {
	list, err := storage.OpenChoices(ctx, tx)
	if err != nil {
		return err
	}
	number, _ := strconv.Atoi(page) // not a number: the first page
	part, at, pages := onPage(list, number)
	m := bot.Outgoing{Title: fmt.Sprintf("Chờ chọn đơn vị phải gửi, trang %d/%d", at+1, pages), Text: "Không có việc nào chờ chọn đơn vị."}
	lines := []string{}
	for i, c := range part {
		name, err := o.nameOf(ctx, tx, t, c.Agency)
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%d. %s: %s. Nhiệm vụ %s. Hạn hết %s.", i+1, c.Title, name, strings.Join(c.Tasks, ", "), viet.ShowDate(c.DueOn)))
		m.Buttons = append(m.Buttons, row(fmt.Sprintf("Chọn cho việc %d", i+1), choosing, openChoice, choiceKey(c)))
	}
	if len(lines) > 0 {
		m.Text = "Văn bản giao cho một nhóm đơn vị, hoặc đơn vị cũ nay đã tách; anh/chị chọn đơn vị nào phải gửi.\n" + strings.Join(lines, "\n")
	}
	if at+1 < pages {
		m.Buttons = append(m.Buttons, row("Xem tiếp", choosing, "", strconv.Itoa(at+1)))
	}
	if t.Session.Name == choosing {
		t.Session.Drop()
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-choices", "page "+strconv.Itoa(at+1), t.Now)
}

// choiceKey names a choice in a button: kind, year and agency are those of one choice only.
func choiceKey(c storage.Choice) string { return fmt.Sprintf("%s:%d:%s", c.Kind, c.Year, c.Agency) }

// openedChoice is the one that the session is about; without a Source when it was made meanwhile, which is told.
func (o Office) openedChoice(ctx context.Context, tx *storage.Tx, t *handlers.Turn) (storage.Choice, error) {
	list, err := storage.OpenChoices(ctx, tx)
	if err != nil {
		return storage.Choice{}, err
	}
	i := slices.IndexFunc(list, func(c storage.Choice) bool { return choiceKey(c) == t.Session.Memo[subjectKey] })
	if i >= 0 {
		return list[i], nil
	}
	return storage.Choice{}, choiceMade(ctx, tx, t)
}

// choiceMade tells that a colleague was first, and who.
func choiceMade(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	key := t.Session.Memo[subjectKey]
	t.Session.Drop()
	lines, err := storage.AuditLog(ctx, tx, storage.AuditFilter{Action: "make-choice", Subject: key}, 0, 1)
	if err != nil {
		return err
	}
	text := "Việc này đã được chọn, hoặc không còn."
	if len(lines) > 0 {
		text = fmt.Sprintf("%s đã chọn đơn vị cho việc này lúc %s.", called(lines[0].Name), clock(lines[0].At, t))
	}
	t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{row("Chọn đơn vị phải gửi", choosing, "")}})
	return nil
}

func ticked(t *handlers.Turn) []string {
	if t.Session.Memo[chosenKey] == "" {
		return nil
	}
	return strings.Split(t.Session.Memo[chosenKey], ",")
}

func tick(t *handlers.Turn, ids ...string) {
	list := ticked(t)
	for _, id := range ids {
		if !slices.Contains(list, id) {
			list = append(list, id)
		}
	}
	remember(t, list)
}

func toggle(t *handlers.Turn, id string) {
	list := ticked(t)
	if !slices.Contains(list, id) {
		tick(t, id)
		return
	}
	remember(t, slices.DeleteFunc(list, func(other string) bool { return other == id }))
}

func remember(t *handlers.Turn, list []string) {
	t.Session.Memo = map[string]string{subjectKey: t.Session.Memo[subjectKey], chosenKey: strings.Join(list, ",")}
}

// showChoice shows who may be chosen, with those first that are ticked.
func (o Office) showChoice(ctx context.Context, tx *storage.Tx, t *handlers.Turn, page int) error {
	c, err := o.openedChoice(ctx, tx, t)
	if err != nil || c.Source == "" {
		return err
	}
	chosen := ticked(t)
	offered := slices.Clone(chosen)
	for _, id := range c.Proposed {
		if !slices.Contains(offered, id) {
			offered = append(offered, id)
		}
	}
	part, at, pages := onPage(offered, page)
	m := bot.Outgoing{Title: c.Title, Text: fmt.Sprintf("Hạn hết %s. Đã chọn %d đơn vị. Anh/chị bấm để chọn hoặc bỏ chọn, hoặc gõ tên đơn vị, xã, phường để thêm.",
		viet.ShowDate(c.DueOn), len(chosen))}
	for _, id := range part {
		name, err := o.nameOf(ctx, tx, t, id)
		if err != nil {
			return err
		}
		if slices.Contains(chosen, id) {
			name = "✓ " + name
		}
		m.Buttons = append(m.Buttons, row(name, choosing, pick, id))
	}
	if pages > 1 {
		m.Text += fmt.Sprintf(" Trang %d/%d.", at+1, pages)
		m.Buttons = append(m.Buttons, row("Xem tiếp", choosing, pickPage, strconv.Itoa((at+1)%pages)))
	}
	if len(c.Proposed) > len(chosen) {
		m.Buttons = append(m.Buttons, row(fmt.Sprintf("Chọn cả %d đơn vị", len(c.Proposed)), choosing, pickAll))
	}
	if len(chosen) > 0 {
		m.Buttons = append(m.Buttons, row(fmt.Sprintf("Giao cho %d đơn vị", len(chosen)), choosing, settle))
	} else {
		m.Buttons = append(m.Buttons, row("Không đơn vị nào phải gửi", choosing, settleNone))
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "open-choice", choiceKey(c), t.Now)
}

// nameOf is an agency's name now.
func (o Office) nameOf(ctx context.Context, tx *storage.Tx, t *handlers.Turn, id string) (string, error) {
	a, ok, err := storage.FindAgency(ctx, tx, id)
	if ok || err != nil {
		return a.Name, err
	}
	if planned, ok := o.Plan.Agency(id); ok {
		name, _ := planned.NameOn(today(t))
		return name, nil
	}
	return id, nil
}

// typedChoice ticks the agency or commune that a text names, or asks which.
func (o Office) typedChoice(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	c, err := o.openedChoice(ctx, tx, t)
	if err != nil || c.Source == "" {
		return err
	}
	found, err := o.findByName(ctx, tx, viet.Clean(t.In.Text), c.DueOn)
	if err != nil {
		return err
	}
	if len(found) == 1 {
		tick(t, found[0].ID)
		return o.showChoice(ctx, tx, t, 0)
	}
	m := bot.Outgoing{Text: "Anh/chị chọn đơn vị:"}
	for _, a := range found {
		m.Buttons = append(m.Buttons, row(a.Name, choosing, pick, a.ID))
	}
	if len(found) == 0 {
		m.Text = fmt.Sprintf("Mình không thấy đơn vị hay xã nào tên “%s”. Anh/chị gõ tên khác.", viet.Clean(t.In.Text))
		m.Buttons = []bot.Button{row("Về phần chọn", choosing, pickPage, "0")}
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "search-agencies", "", t.Now)
}

func (o Office) makeChoice(ctx context.Context, tx *storage.Tx, t *handlers.Turn, ids []string) error {
	c, err := o.openedChoice(ctx, tx, t)
	if err != nil || c.Source == "" {
		return err
	}
	for _, id := range ids {
		_, ok, err := o.agency(ctx, tx, t, id)
		switch {
		case err != nil:
			return err
		case !ok: // of a button that was made up
			toggle(t, id)
			return o.showChoice(ctx, tx, t, 0)
		}
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	ok, err := storage.MakeChoice(ctx, tx, c.Source, ids, me, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		return choiceMade(ctx, tx, t)
	}
	t.Session.Drop()
	done := c.Title + ": không đơn vị nào phải gửi."
	if len(ids) > 0 {
		done = fmt.Sprintf("%s: đã giao cho %d đơn vị.", c.Title, len(ids))
	}
	t.Say(bot.Outgoing{Text: done, Buttons: []bot.Button{row("Chọn đơn vị phải gửi", choosing, ""), row("Tiến độ", progress, "")}})
	return storage.AddAudit(ctx, tx, t.In.From, "make-choice", choiceKey(c), t.Now)
}
