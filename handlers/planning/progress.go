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
	"khoinghiep/storage/export"
	"khoinghiep/storage/plan"
)

// What the buttons of Progress do: "action:KIND:YEAR:PAGE", but for remindOne, which names an obligation.
const (
	showPeriod = "ky"
	byAgency   = "donvi"
	byTask     = "nhiemvu"
	remindOne  = "nhac"
	remindLate = "nhactre"
)

// Progress tells who has sent what, who is late, by agency and by task, in numbers and as a picture, and reminds at once.
func (o Office) Progress() *handlers.Conversation {
	return &handlers.Conversation{
		Name: progress, Label: "Tiến độ", Role: storage.Staff, Menu: true,
		Words: []string{"xem tiến độ", "ai chưa gửi", "đơn vị trễ hạn"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.followProgress(ctx, tx, t, argument) })
			return nil
		},
	}
}

func (o Office) followProgress(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	action, rest, _ := strings.Cut(argument, ":")
	switch action {
	case remindOne:
		return o.remindNow(ctx, tx, t, rest)
	case remindLate:
		return o.remindAllLate(ctx, tx, t)
	}
	p := o.readPeriod(t, rest)
	list, err := storage.ObligationsFor(ctx, tx, p.kind, p.year)
	if err != nil {
		return err
	}
	if o, err = o.on(ctx, t, decidingDay(list, p.year)); err != nil {
		return err
	}
	switch action {
	case byAgency:
		t.Say(o.agencyPage(t, p, list))
	case byTask:
		if err := o.tellTasks(ctx, tx, t, p, list); err != nil {
			return err
		}
	default:
		if err := o.tellProgress(ctx, tx, t, p, list); err != nil {
			return err
		}
	}
	return storage.AddAudit(ctx, tx, t.In.From, "view-progress", p.String(), t.Now)
}

// decidingDay is the one by which the version of the plan is found of what is due for a year.
func decidingDay(list []storage.Obligation, year int) string {
	if len(list) > 0 {
		return plan.DecidingDay(year, list[0].DueOn)
	}
	return fmt.Sprintf("%d-01-01", year)
}

// period is what is looked at: all of one kind for one year, and a page of it.
type period struct {
	kind storage.ObligationKind
	year int
	page int
}

func (p period) String() string { return fmt.Sprintf("%s:%d", p.kind, p.year) }

// on is the button data of an action on a page of the period.
func (p period) on(action string, page int) string {
	return fmt.Sprintf("%s:%s:%s:%d", progress, action, p, page)
}

func (p period) title() string {
	switch p.kind {
	case storage.PlanObligation:
		return fmt.Sprintf("Kế hoạch năm %d", p.year)
	case storage.ReportObligation:
		return fmt.Sprintf("Báo cáo năm %d", p.year)
	case storage.ConsolidatedObligation:
		return fmt.Sprintf("Báo cáo tổng hợp năm %d", p.year)
	}
	return fmt.Sprintf("Việc giao thêm năm %d", p.year)
}

// readPeriod reads "KIND:YEAR:PAGE"; what cannot be read is the present period.
func (o Office) readPeriod(t *handlers.Turn, text string) period {
	parts := append(strings.Split(text, ":"), "", "", "")
	p := period{kind: storage.ObligationKind(parts[0])}
	year, err := strconv.Atoi(parts[1])
	if p.year = year; err != nil || !slices.Contains([]storage.ObligationKind{storage.PlanObligation, storage.ReportObligation, storage.ConsolidatedObligation, storage.OwnObligation}, p.kind) {
		p.kind, p.year = o.currentDuty(today(t), t.Now.Year())
	}
	p.page, _ = strconv.Atoi(parts[2]) // not a number: the first page
	return p
}

// tally counts obligations by where they stand.
type tally struct{ all, accepted, sent, inTime, late, stopped int }

func count(list []storage.Obligation, day string) tally {
	n := tally{all: len(list)}
	for _, o := range list {
		switch {
		case o.State == storage.ObligationAccepted:
			n.accepted++
		case o.State == storage.ObligationSent:
			n.sent++
		case o.State == storage.ObligationStopped:
			n.stopped++
		case o.Last() < day:
			n.late++
		default:
			n.inTime++
		}
	}
	return n
}

func (n tally) owed() int { return n.all - n.stopped }

func (o Office) tellProgress(ctx context.Context, tx *storage.Tx, t *handlers.Turn, p period, list []storage.Obligation) error {
	open, err := storage.OpenChoices(ctx, tx)
	if err != nil {
		return err
	}
	n := count(list, today(t))
	chart := export.Chart{Title: p.title(), Bars: []export.Bar{
		{Label: "Đã nhận", Value: int64(n.accepted)}, {Label: "Đã gửi, chờ xem", Value: int64(n.sent)},
		{Label: "Còn trong hạn", Value: int64(n.inTime)}, {Label: "Quá hạn", Value: int64(n.late)},
	}}
	if t.Can.Files && n.owed() > 0 {
		picture, err := export.PNG(chart)
		if err != nil {
			return err
		}
		t.Say(bot.Outgoing{File: &bot.File{
			Name: "tien-do-" + today(t) + ".png", MIME: "image/png", Image: true, Data: picture, Size: int64(len(picture))}})
	}
	lines := []string{fmt.Sprintf("Đến %s, %s: %d bản phải gửi.", t.Now.Format("15:04"), viet.ShowDate(today(t)), n.owed())}
	for _, b := range chart.Bars {
		lines = append(lines, fmt.Sprintf("%s: %d", b.Label, b.Value))
	}
	if n.stopped > 0 {
		lines = append(lines, fmt.Sprintf("Không phải gửi: %d", n.stopped))
	}
	if len(open) > 0 {
		lines = append(lines, fmt.Sprintf("%d việc chờ anh/chị chọn đơn vị phải gửi.", len(open)))
	}
	t.Say(bot.Outgoing{Title: p.title(), Text: strings.Join(lines, "\n"), Buttons: o.progressButtons(t, p, n, len(open))})
	return nil
}

func (o Office) progressButtons(t *handlers.Turn, p period, n tally, open int) []bot.Button {
	buttons := []bot.Button{row("Theo đơn vị", p.on(byAgency, 0)), {Label: "Theo nhiệm vụ", Data: p.on(byTask, 0)}}
	if n.late > 0 {
		buttons = append(buttons, row("Nhắc các đơn vị trễ", progress, remindLate), bot.Button{Label: "Công văn đôn đốc", Data: letters + ":"})
	}
	if n.sent > 0 {
		buttons = append(buttons, row("Bản gửi chờ xem", submissions, ""))
	}
	if open > 0 {
		buttons = append(buttons, row("Chọn đơn vị phải gửi", choosing, ""))
	}
	year := t.Now.Year()
	for i, other := range []period{
		{kind: storage.ReportObligation, year: year}, {kind: storage.PlanObligation, year: year + 1}, {kind: storage.OwnObligation, year: year},
	} {
		if other.String() != p.String() {
			buttons = append(buttons, bot.Button{Label: other.title(), Data: other.on(showPeriod, 0), Row: i != 1})
		}
	}
	return buttons
}

// worstFirst sorts those who are late first, the longest at first, then those who are due, then the others.
func worstFirst(list []storage.Obligation) []storage.Obligation {
	rank := func(o storage.Obligation) int {
		switch o.State {
		case storage.ObligationOpen:
			return 0
		case storage.ObligationSent:
			return 1
		}
		return 2
	}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b storage.Obligation) int {
		if d := rank(a) - rank(b); d != 0 {
			return d
		}
		return strings.Compare(a.Last(), b.Last())
	})
	return sorted
}

func (o Office) agencyPage(t *handlers.Turn, p period, list []storage.Obligation) bot.Outgoing {
	part, page, pages := onPage(worstFirst(list), p.page)
	m := bot.Outgoing{Title: fmt.Sprintf("%s theo đơn vị, trang %d/%d", p.title(), page+1, pages)}
	lines := []string{}
	for _, owed := range part {
		line := owed.Owner + ": " + o.standing(owed, t)
		if owed.Kind == storage.OwnObligation {
			line += " · " + owed.Title
		}
		lines = append(lines, line)
		m.Buttons = append(m.Buttons, row("Mở "+owed.Code+" · "+owed.Short, obligation, owed.Code))
	}
	if m.Text = strings.Join(lines, "\n"); len(lines) == 0 {
		m.Text = "Chưa có đơn vị nào phải gửi."
	}
	if page+1 < pages {
		m.Buttons = append(m.Buttons, row("Xem tiếp", p.on(byAgency, page+1)))
	}
	m.Buttons = append(m.Buttons, row("Xem tổng số", p.on(showPeriod, 0)))
	return m
}

// tellTasks tells of each task in the document's order how many of those who lead it have sent theirs.
func (o Office) tellTasks(ctx context.Context, tx *storage.Tx, t *handlers.Turn, p period, list []storage.Obligation) error {
	lines, err := storage.LinesFor(ctx, tx, p.kind, p.year)
	if err != nil {
		return err
	}
	texts := []string{}
	for _, task := range o.Plan.Tasks {
		all, sent := 0, 0
		for _, l := range lines {
			i := slices.IndexFunc(list, func(owed storage.Obligation) bool { return owed.ID == l.Obligation })
			if l.Task != task.ID || i < 0 || list[i].State == storage.ObligationStopped {
				continue
			}
			if all++; list[i].State != storage.ObligationOpen {
				sent++
			}
		}
		if all > 0 {
			texts = append(texts, fmt.Sprintf("%s: %d/%d đã gửi", o.taskTitle(task.ID), sent, all))
		}
	}
	const most = 2 * pageSize // lines are short, and have no buttons
	pages := max(1, (len(texts)+most-1)/most)
	page := min(max(p.page, 0), pages-1)
	m := bot.Outgoing{Title: fmt.Sprintf("%s theo nhiệm vụ, trang %d/%d", p.title(), page+1, pages), Text: "Chưa có nhiệm vụ nào phải báo cáo."}
	if len(texts) > 0 {
		m.Text = strings.Join(texts[page*most:min(len(texts), (page+1)*most)], "\n")
	}
	if page+1 < pages {
		m.Buttons = append(m.Buttons, row("Xem tiếp", p.on(byTask, page+1)))
	}
	m.Buttons = append(m.Buttons, row("Xem tổng số", p.on(showPeriod, 0)))
	t.Say(m)
	return nil
}
