package plan

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ParseCatalogue reads a version of the plan. When something is wrong in it, the error is Mistakes.
func ParseCatalogue(text []byte) (*Catalogue, error) {
	c := &Catalogue{}
	d, err := readDocument(text, c)
	if err != nil {
		return nil, err
	}
	listed, successions := len(c.Agencies), len(c.Successions)
	if err := c.addPlaces(); err != nil {
		return nil, err
	}
	check := catalogueCheck{document: d, c: c}
	check.head(listed)
	check.agencies(listed)
	check.successions(c.Successions[:successions])
	check.tasks()
	check.deadlines()
	check.quotas()
	check.periods()
	for i, year := range c.DaysOff {
		d.daysOff(year, "days_off", i)
	}
	if err := d.mistakes.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// catalogueCheck holds a catalogue to itself.
type catalogueCheck struct {
	*document
	c *Catalogue
}

// versionName is what may stand in the source of an obligation.
var versionName = regexp.MustCompile(`^[A-Za-z0-9.-]{1,40}$`)

func (d catalogueCheck) head(listed int) {
	if d.need(d.c.Version, "version") && !versionName.MatchString(d.c.Version) {
		d.wrong(`"version" chỉ gồm chữ không dấu, số, dấu chấm và gạch nối, tối đa 40 ký tự`, "version")
	}
	d.need(d.c.Name, "name")
	d.need(d.c.Document, "document")
	d.need(d.c.Citation, "citation")
	d.day(d.c.From, "from")
	for _, list := range []struct {
		key  string
		size int
	}{{"agencies", listed}, {"groups", len(d.c.Groups)}, {"tasks", len(d.c.Tasks)}, {"deadlines", len(d.c.Deadlines)}} {
		if list.size == 0 {
			d.wrong(fmt.Sprintf("thiếu %q hoặc danh sách trống", list.key), list.key)
		}
	}
}

// agency holds that there is an agency of an id.
func (d catalogueCheck) agency(id string, path ...any) {
	if _, ok := d.c.Agency(id); !ok {
		d.wrong(fmt.Sprintf("không có cơ quan %q trong danh sách", id), path...)
	}
}

// distinct holds that there are agencies of the ids, each once.
func (d catalogueCheck) distinct(ids []string, path ...any) {
	for i, id := range ids {
		d.agency(id, with(path, i)...)
		if slices.Contains(ids[:i], id) {
			d.wrong(fmt.Sprintf("%q ghi hai lần", id), with(path, i)...)
		}
	}
}

func (d catalogueCheck) agencies(listed int) {
	seen := map[string]bool{}
	for i, a := range d.c.Agencies[:listed] {
		d.unique(seen, a.ID, "agencies", i, "id")
		if strings.HasPrefix(a.ID, communePrefix) || strings.HasPrefix(a.ID, districtPrefix) || slices.Contains([]string{everyLead, allCommunes, allDistricts}, a.ID) {
			d.wrong(fmt.Sprintf("%q để dành cho chương trình, hãy đặt mã khác", a.ID), "agencies", i, "id")
		}
		d.need(a.Name, "agencies", i, "name")
		d.need(a.Short, "agencies", i, "short")
		oneOf(d.document, a.Kind, agencyKinds, "agencies", i, "kind")
		if a.Since != "" {
			d.day(a.Since, "agencies", i, "since")
		}
		if a.Parent != "" {
			d.agency(a.Parent, "agencies", i, "parent")
		}
		d.distinct(a.Members, "agencies", i, "members")
		if len(a.Members) > 0 && a.Kind != GroupOfAgencies {
			d.wrong(`chỉ "kind: group" mới có "members"`, "agencies", i, "members")
		}
		d.renamings(a, i)
	}
}

func (d catalogueCheck) renamings(a Agency, i int) {
	before := ""
	for j, later := range a.Later {
		path := []any{"agencies", i, "later", j}
		d.day(later.From, with(path, "from")...)
		d.need(later.Name, with(path, "name")...)
		d.need(later.Short, with(path, "short")...)
		d.evidence(later.Evidence, path...)
		if later.From <= before {
			d.wrong("các tên phải theo thứ tự ngày", with(path, "from")...)
		}
		before = later.From
	}
}

// successions checks those that are listed.
func (d catalogueCheck) successions(listed []Succession) {
	seen := map[string]bool{}
	for i, s := range listed {
		path := []any{"successions", i}
		d.agency(s.From, with(path, "from")...)
		d.agency(s.To, with(path, "to")...)
		d.day(s.On, with(path, "on")...)
		d.evidence(s.Evidence, path...)
		d.unique(seen, s.From+" → "+s.To, path...)
	}
	d.circles(listed)
}

// circles holds that who succeeds or belongs to whom comes to an end, as Resolve needs it.
func (d catalogueCheck) circles(listed []Succession) {
	for i, s := range listed {
		if d.c.reaches(s.To, s.From, nil) {
			d.wrong(fmt.Sprintf("kế thừa vòng tròn: từ %s lại về %s", s.To, s.From), "successions", i)
		}
	}
	for i, a := range d.c.Agencies {
		for j, member := range a.Members {
			if d.c.reaches(member, a.ID, nil) {
				d.wrong(fmt.Sprintf("thành viên vòng tròn: từ %s lại về %s", member, a.ID), "agencies", i, "members", j)
			}
		}
	}
}

// reaches reports whether successions and memberships lead from an agency to another.
func (c *Catalogue) reaches(agency, to string, way []string) bool {
	if agency == to || slices.Contains(way, agency) {
		return agency == to
	}
	a, _ := c.Agency(agency)
	next := slices.Concat(a.Members, c.successors(agency, endOfTime))
	return slices.ContainsFunc(next, func(id string) bool { return c.reaches(id, to, append(way, agency)) })
}

// The years that tasks may name.
const (
	firstYear = 2000
	lastYear  = 2100
)

func (d catalogueCheck) tasks() {
	groups := map[string]bool{}
	for i, g := range d.c.Groups {
		d.unique(groups, g.ID, "groups", i, "id")
		d.need(g.Title, "groups", i, "title")
	}
	seen := map[string]bool{}
	for i, t := range d.c.Tasks {
		d.unique(seen, t.ID, "tasks", i, "id")
		if group, _, ok := strings.Cut(t.ID, "."); !ok || !groups[group] {
			d.wrong(fmt.Sprintf("nhiệm vụ %q không thuộc nhóm nào trong \"groups\"", t.ID), "tasks", i, "id")
		}
		d.need(t.Title, "tasks", i, "title")
		d.need(t.Clause, "tasks", i, "clause")
		if len(t.Leads) == 0 {
			d.wrong("nhiệm vụ phải có cơ quan chủ trì (\"leads\")", "tasks", i, "leads")
		}
		d.distinct(t.Leads, "tasks", i, "leads")
		d.distinct(t.With, "tasks", i, "with")
		d.time(t, "tasks", i)
	}
}

// year holds that a year is one of the plan's time; 0 is none.
func (d catalogueCheck) year(year int, path ...any) {
	if year != 0 && (year < firstYear || year > lastYear) {
		d.wrong(fmt.Sprintf("%q phải là năm từ %d đến %d", keyOf(path), firstYear, lastYear), path...)
	}
}

func (d catalogueCheck) time(t Task, path ...any) {
	oneOf(d.document, t.Time, []TimeKind{Yearly, Years, Local, External}, with(path, "time")...)
	d.year(t.Since, with(path, "since")...)
	d.year(t.Until, with(path, "until")...)
	switch {
	case t.Time == Years && (t.Since == 0 || t.Until == 0):
		d.wrong(`"time: years" cần "since" và "until"`, with(path, "time")...)
	case t.Time != Years && t.Until != 0:
		d.wrong(`"until" chỉ dùng với "time: years"`, with(path, "until")...)
	case t.Until != 0 && t.Until < t.Since:
		d.wrong(`"until" trước "since"`, with(path, "until")...)
	}
	switch {
	case t.Time == External:
		d.agency(t.By, with(path, "by")...)
	case t.By != "":
		d.wrong(`"by" chỉ dùng với "time: external"`, with(path, "by")...)
	}
}

func (d catalogueCheck) deadlines() {
	seen := map[string]bool{}
	for i, due := range d.c.Deadlines {
		path := []any{"deadlines", i}
		oneOf(d.document, due.Kind, []Kind{PlanOfYear, ReportOfYear, Consolidated}, with(path, "kind")...)
		d.unique(seen, string(due.Kind), with(path, "kind")...)
		d.need(due.Title, with(path, "title")...)
		d.need(due.Clause, with(path, "clause")...)
		if due.From != everyLead {
			d.agency(due.From, with(path, "from")...)
		}
		if len(due.To) == 0 {
			d.wrong("thiếu nơi nhận (\"to\")", with(path, "to")...)
		}
		d.distinct(due.To, with(path, "to")...)
		d.yearDay(due.Before, with(path, "before")...)
		if due.Years < -1 || due.Years > 1 {
			d.wrong(`"years" chỉ có thể là -1, 0 hoặc 1`, with(path, "years")...)
		}
	}
}

func (d catalogueCheck) quotas() {
	seen := map[string]bool{}
	for i, q := range d.c.Quotas {
		path := []any{"quotas", i}
		d.unique(seen, q.ID, with(path, "id")...)
		if _, ok := d.c.Task(q.Task); !ok {
			d.wrong(fmt.Sprintf("không có nhiệm vụ %q", q.Task), with(path, "task")...)
		}
		d.need(q.Title, with(path, "title")...)
		if q.Least < 1 {
			d.wrong(`"least" phải từ 1 trở lên`, with(path, "least")...)
		}
		if q.Most != 0 && q.Most < q.Least {
			d.wrong(`"most" nhỏ hơn "least"`, with(path, "most")...)
		}
		oneOf(d.document, q.Every, []Every{EveryYear, Once}, with(path, "every")...)
		oneOf(d.document, q.By, []Holder{ByProvince, ByLead, ByLocality}, with(path, "by")...)
		if q.Warn != "" {
			d.yearDay(q.Warn, with(path, "warn")...)
		}
	}
}

func (d catalogueCheck) periods() {
	before := ""
	for i, p := range d.c.Targets {
		path := []any{"periods", i}
		d.need(p.Name, with(path, "name")...)
		d.need(p.Clause, with(path, "clause")...)
		d.day(p.From, with(path, "from")...)
		d.day(p.Until, with(path, "until")...)
		if p.From <= before || p.Until < p.From {
			d.wrong("các giai đoạn phải theo thứ tự ngày, không chồng nhau", with(path, "from")...)
		}
		before = p.Until
		d.targets(p, path)
	}
}

func (d catalogueCheck) targets(p Period, path []any) {
	seen := map[string]bool{}
	for j, t := range p.Targets {
		path := with(path, "targets", j)
		d.unique(seen, t.ID, with(path, "id")...)
		d.need(t.Name, with(path, "name")...)
		if !t.None && (t.Low < 1 || t.High < t.Low) {
			d.wrong(`cần "low" từ 1 và "high" không nhỏ hơn, hoặc "none: true"`, path...)
		}
		if t.None && (t.Low != 0 || t.High != 0) {
			d.wrong(`"none: true" thì không có "low", "high"`, path...)
		}
	}
	for _, t := range d.c.Targets[0].Targets {
		if !seen[t.ID] {
			d.wrong(fmt.Sprintf("thiếu chỉ tiêu %q của giai đoạn đầu", t.ID), with(path, "targets")...)
		}
	}
	if len(p.Targets) > len(d.c.Targets[0].Targets) {
		d.wrong("nhiều chỉ tiêu hơn giai đoạn đầu", with(path, "targets")...)
	}
}
