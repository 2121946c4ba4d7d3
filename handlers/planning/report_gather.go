package planning

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// report is all that the consolidated report of a year is made of.
type report struct {
	year    int
	office  Office
	at      time.Time
	owed    []storage.Obligation // the reports of agencies
	tasks   []reportTask         // in the document's order
	texts   map[string]string    // of staff, by part
	targets []targetLine
	sending storage.ReportSending
	sent    bool
}

// reportTask is a task with what its agencies told of it.
type reportTask struct {
	plan.Task
	lines []reportLine
}

type reportLine struct {
	storage.Line
	agency string
	sent   bool // the agency sent its report
}

// targetLine is a target of the plan and how far it is.
type targetLine struct {
	name, wanted string
	achieved     int64
}

func (o Office) gather(ctx context.Context, tx *storage.Tx, t *handlers.Turn, year int) (r report, err error) {
	r = report{year: year, at: t.Now}
	if r.owed, err = storage.ObligationsFor(ctx, tx, storage.ReportObligation, year); err != nil {
		return r, err
	}
	if o, err = o.on(ctx, t, decidingDay(r.owed, year)); err != nil {
		return r, err
	}
	r.office = o
	lines, err := storage.LinesFor(ctx, tx, storage.ReportObligation, year)
	if err != nil {
		return r, err
	}
	for _, task := range o.Plan.Tasks {
		if told := r.linesOf(task.ID, lines); len(told) > 0 || task.In(year) {
			r.tasks = append(r.tasks, reportTask{task, told})
		}
	}
	if r.texts, err = storage.ReportTexts(ctx, tx, year); err != nil {
		return r, err
	}
	if r.targets, err = o.gatherTargets(ctx, tx, year); err != nil {
		return r, err
	}
	r.sending, r.sent, err = storage.FindReportSending(ctx, tx, year)
	return r, err
}

// linesOf gives what was told of a task, by the names of those who told it. What is stopped is nobody's.
func (r report) linesOf(task string, lines []storage.Line) []reportLine {
	told := []reportLine{}
	for _, l := range lines {
		i := slices.IndexFunc(r.owed, func(o storage.Obligation) bool { return o.ID == l.Obligation })
		if l.Task == task && i >= 0 && r.owed[i].State != storage.ObligationStopped {
			told = append(told, reportLine{l, r.owed[i].Owner, r.owed[i].State != storage.ObligationOpen})
		}
	}
	slices.SortStableFunc(told, func(a, b reportLine) int { return cmp.Compare(a.agency, b.agency) })
	return told
}

func (o Office) gatherTargets(ctx context.Context, tx *storage.Tx, year int) ([]targetLine, error) {
	p, ok := o.Plan.Targets.On(fmt.Sprintf("%d-12-31", year))
	if !ok {
		return nil, nil
	}
	counts, err := storage.CountAchievements(ctx, tx, p.From, min(p.Until, fmt.Sprintf("%d-12-31", year)))
	if err != nil {
		return nil, err
	}
	list := []targetLine{}
	for _, target := range p.Targets {
		line := targetLine{name: target.Name, wanted: fmt.Sprintf("%d–%d", target.Low, target.High), achieved: counts[target.ID]}
		if target.None {
			line.wanted = "không đặt"
		}
		list = append(list, line)
	}
	return list, nil
}

// mark tells a draft from what was sent.
func (r report) mark() string {
	if r.sent {
		return "đã gửi"
	}
	return "BẢN NHÁP"
}

// numbers is the overview in numbers.
func (r report) numbers() []string {
	n := count(r.owed, r.at.Format(time.DateOnly))
	told := 0
	for _, task := range r.tasks {
		if slices.ContainsFunc(task.lines, func(l reportLine) bool { return l.Narrative+l.Figures != "" }) || r.texts[storage.TaskPart(task.ID)] != "" {
			told++
		}
	}
	return []string{
		fmt.Sprintf("Đến %s, %s: %d đơn vị phải báo cáo, %d đã gửi (%d đã nhận), %d chưa gửi, trong đó %d quá hạn.", r.at.Format("15:04"),
			viet.ShowDate(r.at.Format(time.DateOnly)), n.owed(), n.accepted+n.sent, n.accepted, n.inTime+n.late, n.late),
		fmt.Sprintf("%d nhiệm vụ, %d đã có kết quả.", len(r.tasks), told),
	}
}

// missing lists the agencies that did not report.
func (r report) missing() []storage.Obligation {
	return slices.DeleteFunc(slices.Clone(r.owed), func(o storage.Obligation) bool { return o.State != storage.ObligationOpen })
}

// narrative is what the report says of a task: the words of staff, else those of its agencies.
func (r report) narrative(task reportTask) string {
	if text := r.texts[storage.TaskPart(task.ID)]; text != "" {
		return text
	}
	texts := []string{}
	for _, l := range task.lines {
		if l.Narrative != "" {
			texts = append(texts, l.agency+": "+l.Narrative)
		}
	}
	return cmp.Or(strings.Join(texts, "\n"), "Chưa có kết quả được báo cáo.")
}

// leads names who leads a task: those who owe a report on it, else those that the plan names.
func (r report) leads(task reportTask) string {
	names := []string{}
	for _, l := range task.lines {
		names = append(names, l.agency)
	}
	for _, id := range task.Leads {
		if len(task.lines) == 0 {
			names = append(names, r.office.leadName(id, fmt.Sprintf("%d-12-31", r.year)))
		}
	}
	return strings.Join(names, "; ")
}

// leadName is what an agency of the plan is called on a day, or the one that succeeded it alone.
func (o Office) leadName(id, day string) string {
	next := []string{}
	for _, s := range o.Plan.Successions {
		if s.From == id && s.On <= day {
			next = append(next, s.To)
		}
	}
	if len(next) == 1 {
		return o.leadName(next[0], day)
	}
	a, _ := o.Plan.Agency(id) // of which the plan names no other
	name, _ := a.NameOn(day)
	return name
}
