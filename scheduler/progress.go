package scheduler

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Progress tells staff who has sent what is due and who is late: on the first working day of a week, when they also hear
// which agencies nobody answers for and what they have to choose, and every working day of the week before a last day.
// Nothing when nothing is awaited.
type Progress struct {
	Store    *storage.Store
	Calendar *plan.Calendar
}

// What staff hear of daily is due within so many days.
const dailyWithin = 7

// Run tells what is to be told on the day of now, or was to be earlier in the week.
func (j Progress) Run(ctx context.Context, now time.Time) error {
	return j.Store.InTx(ctx, func(tx *storage.Tx) error { return j.Tell(ctx, tx, now) })
}

// Tell is Run as a part of a transaction. Once told, a day is done.
func (j Progress) Tell(ctx context.Context, tx *storage.Tx, now time.Time) error {
	if !atWork(j.Calendar, now) {
		return nil
	}
	groups, err := awaitedNow(ctx, tx, now)
	if err != nil {
		return err
	}
	today, first := now.Format(time.DateOnly), firstWorkingDay(j.Calendar, now)
	day := first
	if slices.ContainsFunc(groups, func(g group) bool { return g.daily(now) }) {
		day = today
	}
	source := "progress/" + day
	told, err := storage.ToldBy(ctx, tx, source)
	if err != nil || len(told) > 0 || day > today {
		return err
	}
	message, err := j.message(ctx, tx, groups, day == first, now)
	if err != nil || message.Text == "" {
		return err
	}
	return storage.NotifyRole(ctx, tx, storage.Staff, storage.Notice{
		Source: source, Message: message, Queue: storage.QueueNotices, Again: true, Until: midnight(now).Add(officeCloses * time.Hour),
	}, now)
}

// firstWorkingDay is the first day of the week of t on which offices work; "9", after all days, in a week without one.
func firstWorkingDay(c *plan.Calendar, t time.Time) string {
	monday := t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	for i := range 7 {
		if day := monday.AddDate(0, 0, i); c.WorkingDay(day) {
			return day.Format(time.DateOnly)
		}
	}
	return "9"
}

// group is what several agencies have to send until the same day.
type group struct {
	title, last string
	sent        int
	open        []string // short names of those who have not sent it
}

// daily reports whether staff hear of it every day now.
func (g group) daily(now time.Time) bool {
	return len(g.open) > 0 && now.Format(time.DateOnly) <= g.last && g.last <= now.AddDate(0, 0, dailyWithin).Format(time.DateOnly)
}

// awaitedNow lists what somebody still has to send, by its last day. What is late for so long that nobody is reminded any more is
// left out.
func awaitedNow(ctx context.Context, tx *storage.Tx, now time.Time) ([]group, error) {
	periods, err := storage.AwaitedPeriods(ctx, tx)
	if err != nil {
		return nil, err
	}
	groups := []group{}
	for _, p := range periods {
		owed, err := storage.ObligationsFor(ctx, tx, p.Kind, p.Year)
		if err != nil {
			return nil, err
		}
		for _, o := range owed {
			if o.State != storage.ObligationStopped {
				groups = count(groups, o)
			}
		}
	}
	oldest := now.AddDate(0, 0, -madeLate).Format(time.DateOnly)
	groups = slices.DeleteFunc(groups, func(g group) bool { return len(g.open) == 0 || g.last < oldest })
	slices.SortStableFunc(groups, func(a, b group) int { return strings.Compare(a.last, b.last) })
	return groups, nil
}

// count adds an obligation to its group.
func count(groups []group, o storage.Obligation) []group {
	i := slices.IndexFunc(groups, func(g group) bool { return g.title == o.Title && g.last == o.Last() })
	if i < 0 {
		i = len(groups)
		groups = append(groups, group{title: o.Title, last: o.Last()})
	}
	if o.State == storage.ObligationOpen {
		groups[i].open = append(groups[i].open, o.Short)
	} else {
		groups[i].sent++
	}
	return groups
}

// mostNames is how many agencies a line names.
const mostNames = 20

func someOf(names []string) string {
	if len(names) <= mostNames {
		return strings.Join(names, "; ")
	}
	return fmt.Sprintf("%s và %d đơn vị khác", strings.Join(names[:mostNames], "; "), len(names)-mostNames)
}

func (j Progress) message(ctx context.Context, tx *storage.Tx, groups []group, weekly bool, now time.Time) (bot.Outgoing, error) {
	m := bot.Outgoing{Title: "Tiến độ gửi kế hoạch, báo cáo"}
	lines, today := []string{}, now.Format(time.DateOnly)
	for _, g := range groups {
		waiting := "chưa gửi"
		if g.last < today {
			waiting = "quá hạn"
		}
		lines = append(lines, fmt.Sprintf("- %s, hạn hết %s: %d/%d đã gửi; %s: %s.", g.title, viet.ShowDate(g.last), g.sent, g.sent+len(g.open), waiting, someOf(g.open)))
	}
	if len(groups) > 0 {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiến độ", Data: "tiendo:", Row: true})
	}
	if weekly {
		open, buttons, err := openQuestions(ctx, tx)
		if err != nil {
			return bot.Outgoing{}, err
		}
		lines, m.Buttons = append(lines, open...), append(m.Buttons, buttons...)
	}
	m.Text = strings.Join(lines, "\n")
	return m, nil
}

// openQuestions is what staff have to settle before agencies can be reminded.
func openQuestions(ctx context.Context, tx *storage.Tx) (lines []string, buttons []bot.Button, err error) {
	idle, err := storage.IdleAgencies(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	if len(idle) > 0 {
		names := []string{}
		for _, a := range idle {
			names = append(names, a.Short)
		}
		lines = append(lines, "Chưa có cán bộ đầu mối nên chưa ai được nhắc: "+someOf(names)+".")
		buttons = append(buttons, bot.Button{Label: "Mời cán bộ đầu mối", Data: "donvi:", Row: true})
	}
	choices, err := storage.OpenChoices(ctx, tx)
	if len(choices) > 0 {
		lines = append(lines, fmt.Sprintf("%d việc chờ Sở chọn đơn vị phải gửi.", len(choices)))
		buttons = append(buttons, bot.Button{Label: "Chọn đơn vị", Data: "chonnguoi:", Row: true})
	}
	return lines, buttons, err
}
