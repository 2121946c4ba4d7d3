package agency

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const (
	pageSize = 4   // so that the buttons are what a small screen shows
	lastPage = 999 // nobody presses so often; a button that is made up may name any number
)

// List shows an officer what their agencies owe and owed, with the tasks that are assigned to their units, and opens one. A
// button carries the page from 0, or the code.
func (d Office) List() *handlers.Conversation {
	return &handlers.Conversation{
		Name: listing, Label: "Việc của tôi", Role: storage.Officer, Menu: true,
		Words:  []string{"việc cần gửi", "hạn gửi", "hạn báo cáo"},
		Always: []string{"việc của tôi"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if page, err := strconv.Atoi(cmp.Or(argument, "0")); err == nil {
				asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
					return d.list(ctx, tx, t, mine, min(max(page, 0), lastPage))
				})
				return nil
			}
			about(t, argument, func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
				return d.open(ctx, tx, t, o, "")
			})
			return nil
		},
	}
}

func (d Office) list(ctx context.Context, tx *storage.Tx, t *handlers.Turn, mine []string, page int) error {
	found, err := d.entries(ctx, tx, t, mine, (page+1)*pageSize+1)
	if err != nil {
		return err
	}
	found = found[min(page*pageSize, len(found)):]
	m := bot.Outgoing{Title: fmt.Sprintf("Việc của tôi, trang %d", page+1), Text: "Không có việc nào ở trang này."}
	lines := []string{}
	for _, e := range found[:min(len(found), pageSize)] {
		lines = append(lines, e.text)
		m.Buttons = append(m.Buttons, e.button)
	}
	if len(lines) > 0 {
		m.Text = strings.Join(lines, "\n\n")
	}
	if len(found) > pageSize {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("%s:%d", listing, page+1), Row: true})
	}
	t.Say(m)
	return storage.AddAudit(ctx, tx, t.In.From, "list-obligations", "page "+strconv.Itoa(page+1), t.Now)
}

// entry is one thing in the list.
type entry struct {
	rank   rank
	due    string // "2006-01-02"
	text   string
	button bot.Button
}

// rank puts what is awaited first.
type rank int

const (
	isAwaited rank = iota
	isGiven
	isSettled
)

// entries lists the first ones, as storage has both kinds in order: what is awaited by its last day, then the rest, the latest first.
func (d Office) entries(ctx context.Context, tx *storage.Tx, t *handlers.Turn, mine []string, most int) ([]entry, error) {
	obligations, err := storage.ObligationsOf(ctx, tx, mine, 0, most)
	if err != nil {
		return nil, err
	}
	assigned, err := storage.LinesAssignedTo(ctx, tx, mine, most)
	if err != nil {
		return nil, err
	}
	list := []entry{}
	for _, o := range obligations {
		sign, words := d.light(o, t.Now)
		list = append(list, entry{rankOf(o), o.DueOn, fmt.Sprintf("%s %s · %s\n%s", sign, o.Code, fullName(o), words), openButton(o)})
	}
	for _, l := range assigned {
		e, err := d.taskEntry(ctx, t, l)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b entry) int {
		if a.rank == isAwaited && b.rank == isAwaited {
			return cmp.Compare(a.due, b.due)
		}
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(b.due, a.due))
	})
	return list, nil
}

func rankOf(o storage.Obligation) rank {
	switch {
	case settled(o):
		return isSettled
	case o.State == storage.ObligationSent:
		return isGiven
	}
	return isAwaited
}

func (d Office) taskEntry(ctx context.Context, t *handlers.Turn, l storage.AssignedLine) (entry, error) {
	p, err := d.planOf(ctx, t, l.In)
	if err != nil {
		return entry{}, err
	}
	sign, words := d.taskLight(l, t.Now)
	e := entry{
		rank: rankOf(l.In), due: l.In.DueOn,
		text:   fmt.Sprintf("%s %s · %s (%s)\n%s", sign, l.In.Code, taskName(p, l.Task), fullName(l.In), words),
		button: bot.Button{Label: "Ghi nhiệm vụ " + l.Task + ", " + l.In.Code, Data: taskData(l.In, l.Task), Row: true},
	}
	if e.rank == isAwaited && l.Told() {
		e.rank = isGiven
	}
	return e, nil
}
