package scheduler

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Reminders tells officers, heads, staff and approvers what is due from agencies, by the steps of the plan: one message a
// person a morning, on working days within office hours. Its work is what is due and was not told: of steps that were missed, the
// latest alone is made up for, and what was not sent in its time is told anew, as things stand then. Several at once do no harm.
type Reminders struct {
	Store    *storage.Store
	Calendar *plan.Calendar
	Steps    plan.Steps // of obligations without steps of their own
}

// Told is one obligation in what a person is told.
type Told struct {
	Person     int64
	To         plan.Audience // as what they are told
	Step       plan.Step
	Obligation storage.Obligation
	Unit       string   // the unit that is told of its tasks alone; "": who owes it is told, or staff
	Tasks      []string // those
}

// Letter is what one person is told on one morning.
type Letter struct {
	Person int64
	Told   []Told
	Notice storage.Notice
}

// mornings is how far back messages are looked for that were not sent in their time: longer than any stop of the service
// that nobody would notice.
const mornings = 30

// Run tells what is due at now, in the zone of now.
func (j Reminders) Run(ctx context.Context, now time.Time) error {
	return j.Store.InTx(ctx, func(tx *storage.Tx) error {
		_, err := j.Queue(ctx, tx, now)
		return err
	})
}

// Queue is Run as a part of a transaction; it gives what is queued.
func (j Reminders) Queue(ctx context.Context, tx *storage.Tx, now time.Time) ([]Letter, error) {
	if !atWork(j.Calendar, now) {
		return nil, nil
	}
	source := reminderSource(now)
	if err := storage.RetellReminders(ctx, tx, reminderSource(now.AddDate(0, 0, -mornings)), source); err != nil {
		return nil, err
	}
	due, err := storage.DueObligations(ctx, tx, now)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	m, err := j.begin(ctx, tx, source, now)
	if err != nil {
		return nil, err
	}
	for _, o := range due {
		if err := m.look(ctx, tx, o); err != nil {
			return nil, err
		}
	}
	return m.letters, m.queue(ctx, tx)
}

func (j Reminders) begin(ctx context.Context, tx *storage.Tx, source string, now time.Time) (m *morning, err error) {
	m = &morning{job: j, now: now, source: source}
	if m.told, err = storage.ToldBy(ctx, tx, source); err != nil {
		return nil, err
	}
	if m.staff, err = storage.PeopleWith(ctx, tx, storage.Staff, now); err != nil {
		return nil, err
	}
	m.approvers, err = storage.PeopleWith(ctx, tx, storage.Approver, now)
	return m, err
}

// reminderSource is of the messages of a morning: sources sort as the days do, see storage.RetellReminders.
func reminderSource(day time.Time) string { return "remind/" + day.Format(time.DateOnly) }

// stepsOf reckons the steps of an obligation. Before a day that staff accepted, nobody is reminded.
func (j Reminders) stepsOf(o storage.Obligation, zone *time.Location) ([]plan.Step, error) {
	rules := j.Steps
	if o.Steps != "" {
		own, err := plan.ParseSteps([]byte(o.Steps))
		if err != nil {
			return nil, err
		}
		rules = own
	}
	if o.Promised != "" {
		rules = slices.DeleteFunc(slices.Clone(rules), func(r plan.Rule) bool { return r.Days < 0 })
	}
	return rules.For(o.Last(), j.Calendar, zone)
}

// morning is one run of the job.
type morning struct {
	job              Reminders
	now              time.Time
	source           string
	staff, approvers []int64
	told             []int64 // people who have their message of this morning
	letters          []Letter
}

// look finds out what is to be told of an obligation, and when it is to be looked for again. Who has their message already
// hears of it on the next working morning.
func (m *morning) look(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
	steps, err := m.job.stepsOf(o, m.now.Location())
	if err != nil { // the others are told nevertheless
		slog.Error("the reminders of an obligation cannot be reckoned", "obligation", o.Code, "error", err)
		return nil
	}
	passed, next := split(steps, m.now)
	missed := slices.DeleteFunc(passed, func(s plan.Step) bool { return s.At.UnixMilli() <= o.ToldAt })
	told, later := o.ToldAt, false
	if len(missed) > 0 {
		told = missed[len(missed)-1].At.UnixMilli()
		if later, err = m.tell(ctx, tx, o, missed); err != nil {
			return err
		}
	}
	if tomorrow := m.tomorrow(); later {
		told = o.ToldAt
		if next == 0 || tomorrow < next {
			next = tomorrow
		}
	}
	return storage.SetNextReminder(ctx, tx, o.ID, told, next)
}

// split parts steps into those that passed by now, and the moment of the first of the rest; 0: there is none.
func split(steps []plan.Step, now time.Time) (passed []plan.Step, next int64) {
	for i, s := range steps {
		if s.At.After(now) {
			return slices.Clone(steps[:i]), s.At.UnixMilli()
		}
	}
	return slices.Clone(steps), 0
}

// tomorrow is when offices open next.
func (m *morning) tomorrow() int64 {
	day := m.job.Calendar.AddWorkingDays(m.now, 1)
	return midnight(day).Add(officeOpens * time.Hour).UnixMilli()
}

// tell has each audience hear of the latest step that is for it; later says that somebody has to wait.
func (m *morning) tell(ctx context.Context, tx *storage.Tx, o storage.Obligation, missed []plan.Step) (later bool, err error) {
	known, err := storage.RemindersOf(ctx, tx, o.ID, missed[0].At.UnixMilli())
	if err != nil {
		return false, err
	}
	audience, err := m.audience(ctx, tx, o)
	if err != nil {
		return false, err
	}
	for _, told := range audience {
		step, ok := latestFor(told.To, missed)
		if !ok {
			continue
		}
		told.Step = step
		reminder := storage.Reminder{Obligation: o.ID, Step: step.Name, Moment: step.At.UnixMilli(), Person: told.Person}
		switch {
		case slices.ContainsFunc(known, func(r storage.Reminder) bool { r.Source = ""; return r == reminder }):
		case slices.Contains(m.told, told.Person):
			later = true
		default:
			m.write(told)
		}
	}
	return later, nil
}

func latestFor(to plan.Audience, steps []plan.Step) (s plan.Step, ok bool) {
	for _, step := range slices.Backward(steps) {
		if slices.Contains(step.To, to) {
			return step, true
		}
	}
	return plan.Step{}, false
}

// write adds to a person's letter, unless it has that obligation already: somebody may be told as an officer and as staff.
func (m *morning) write(t Told) {
	i := slices.IndexFunc(m.letters, func(l Letter) bool { return l.Person == t.Person })
	if i < 0 {
		i = len(m.letters)
		m.letters = append(m.letters, Letter{Person: t.Person})
	}
	l := &m.letters[i]
	if !slices.ContainsFunc(l.Told, func(other Told) bool { return other.Obligation.ID == t.Obligation.ID }) {
		l.Told = append(l.Told, t)
	}
}

// audience lists who hears of an obligation, those first who owe it. A head who is the only officer of an agency hears of every
// step.
func (m *morning) audience(ctx context.Context, tx *storage.Tx, o storage.Obligation) ([]Told, error) {
	people := map[plan.Audience][]int64{plan.Staff: m.staff, plan.Approver: m.approvers}
	officers, err := storage.OfficersOf(ctx, tx, o.Agency)
	if err != nil {
		return nil, err
	}
	for _, officer := range officers {
		to := plan.Officers
		if officer.Head {
			to = plan.Heads
		}
		people[to] = append(people[to], officer.Person)
	}
	if len(people[plan.Officers]) == 0 {
		people[plan.Officers] = people[plan.Heads]
	}
	units, err := unitsAwaited(ctx, tx, o)
	if err != nil {
		return nil, err
	}
	list := []Told{}
	for _, to := range []plan.Audience{plan.Officers, plan.Heads, plan.Approver, plan.Staff} {
		for _, person := range people[to] {
			list = append(list, Told{Person: person, To: to, Obligation: o})
		}
		if to == plan.Heads {
			list = append(list, units...)
		}
	}
	return list, nil
}

// queue has the letters sent until offices close, and notes what they tell.
func (m *morning) queue(ctx context.Context, tx *storage.Tx) error {
	for i := range m.letters {
		l := &m.letters[i]
		l.Notice = storage.Notice{
			Source: m.source, Person: l.Person, Message: m.message(*l), Queue: storage.QueueReminders, Again: true,
			Until: midnight(m.now).Add(officeCloses * time.Hour),
		}
		if err := storage.Notify(ctx, tx, l.Notice, m.now); err != nil {
			return err
		}
		for _, t := range l.Told {
			r := storage.Reminder{Obligation: t.Obligation.ID, Step: t.Step.Name, Moment: t.Step.At.UnixMilli(), Person: l.Person, Source: m.source}
			if err := storage.KeepReminder(ctx, tx, r, m.now); err != nil {
				return err
			}
		}
	}
	return nil
}
