package scheduler_test

import (
	"context"
	"fmt"
	"path"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// happening is something that an agency or staff do about an obligation, at 10:00 so many days after its last day.
type happening struct {
	what  string
	after int
	do    func(ctx context.Context, tx *storage.Tx, o *storage.Obligation, now time.Time) (bool, error)
	then  func(e *expected, now time.Time)
}

func closed(e *expected, _ time.Time) { e.open = false }

// habits are what each agency does about all that it owes; the others do nothing.
func (y *years) habits(agency string) []happening {
	var last storage.Submission
	send := func(ctx context.Context, tx *storage.Tx, o *storage.Obligation, now time.Time) (bool, error) {
		last = storage.Submission{Draft: storage.NewSecret(10), Document: "12/BC"}
		return storage.Submit(ctx, tx, o, &last, bot.Address{Channel: "telegram", Chat: agency}, now)
	}
	decide := func(reason string) func(context.Context, *storage.Tx, *storage.Obligation, time.Time) (bool, error) {
		return func(ctx context.Context, tx *storage.Tx, o *storage.Obligation, now time.Time) (bool, error) {
			s, _, err := storage.LastSubmission(ctx, tx, o.ID)
			if err != nil {
				return false, err
			}
			return storage.DecideSubmission(ctx, tx, o, &s, y.people["staff"], reason, now)
		}
	}
	switch agency {
	case "SCT":
		return []happening{{"sent", -5, send, closed}, {"accepted", -4, decide(""), closed}}
	case "TINHDOAN":
		return []happening{{"sent", 4, send, closed}}
	case "HLHPN":
		return []happening{{"promised", -2, y.promise, func(e *expected, _ time.Time) { e.rows = e.promised }}}
	case "SNNPTNT", "SNNMT":
		return []happening{
			{"sent", -10, send, closed},
			{"returned", -5, decide("Thiếu phụ lục."), func(e *expected, now time.Time) { e.open, e.told = true, now }},
			{"sent again", 2, send, closed},
		}
	case "SKHCN":
		return []happening{{"stopped", 9, storage.StopObligation, closed}}
	}
	return nil
}

// promise has staff accept a day six days after the last one.
func (y *years) promise(ctx context.Context, tx *storage.Tx, o *storage.Obligation, now time.Time) (bool, error) {
	a := storage.Answer{Obligation: o.ID, Person: y.people["HLHPN"], Kind: storage.AnswerPromise, Day: day(o.DueOn).AddDate(0, 0, 6).Format(time.DateOnly)}
	if err := storage.AddAnswer(ctx, tx, &a, now); err != nil {
		return false, err
	}
	return storage.DecideAnswer(ctx, tx, o, &a, storage.AnswerAccepted, y.people["staff"], "", now)
}

// happen has whatever is due to happen to an obligation happen, or as soon as the service runs again.
func (y *years) happen(e *expected, now time.Time) {
	y.t.Helper()
	for _, h := range y.habits(path.Base(e.key)) {
		when := day(e.rows[0].last).AddDate(0, 0, h.after).Add(10 * time.Hour)
		if e.done[h.what] || now.Before(when) {
			continue
		}
		e.done[h.what] = true
		y.in(func(ctx context.Context, tx *storage.Tx) error {
			o, found, err := storage.FindObligation(ctx, tx, y.codes[e.key])
			if !found || err != nil {
				return fmt.Errorf("find %s: %v, %w", e.key, found, err)
			}
			if ok, err := h.do(ctx, tx, &o, now); !ok || err != nil {
				return fmt.Errorf("%s is not %s: %w", e.key, h.what, err)
			}
			return nil
		})
		h.then(e, now)
	}
}

// expect adds what has to be told at now, by the table; told says that there is something.
func (y *years) expect(now time.Time) (told bool) {
	if y.off[now.Format(time.DateOnly)] || now.Hour() < 8 || now.Hour() >= 17 {
		return false
	}
	morning := map[int64]bool{}
	for _, e := range y.owed {
		if e.made && e.open {
			y.expectOf(e, now, morning)
		}
	}
	for person := range morning {
		y.letters[fmt.Sprint(person, now.Format(time.DateOnly))] = true
	}
	return len(morning) > 0
}

func (y *years) expectOf(e *expected, now time.Time, morning map[int64]bool) {
	latest, last := map[string]tableRow{}, e.told
	for _, row := range e.rows {
		if row.at.After(e.told) && !row.at.After(now) {
			last = row.at
			for _, to := range row.to {
				latest[to] = row
			}
		}
	}
	waits, here := false, map[int64]bool{}
	for _, to := range []string{"officers", "heads", "approver", "staff"} {
		row, ok := latest[to]
		if !ok {
			continue
		}
		for _, person := range y.audience(to, path.Base(e.key)) {
			line := fmt.Sprintf("%s %s %s %s", row.at.Format(time.DateOnly), e.key, row.step, y.names[person])
			switch {
			case here[person] || y.known[line]:
			case y.letters[fmt.Sprint(person, now.Format(time.DateOnly))]:
				waits = true
			default:
				here[person], morning[person], y.known[line] = true, true, true
				y.want = append(y.want, now.Format("2006-01-02 15:04 ")+e.key+" "+row.step+" "+y.names[person])
			}
		}
	}
	if !waits {
		e.told = last
	}
}

func (y *years) audience(to, agency string) []int64 {
	switch to {
	case "officers":
		return []int64{y.people[agency]}
	case "heads":
		if agency == "SCT" {
			return []int64{y.people["SCT head"]}
		}
		return nil
	case "staff": // an approver is staff, too
		return []int64{y.people["staff"], y.people["approver"]}
	}
	return []int64{y.people["approver"]}
}

// toldRow is one line of one message.
type toldRow struct {
	At           int64
	Source, Step string
	Person       int64 `db:"person_id"`
	Message      string
	Body         string
}

func (y *years) told() (rows []toldRow) {
	y.t.Helper()
	y.in(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &rows, `SELECT r.at, o.source, r.step, r.person_id, r.source AS message, d.body
			FROM reminders r JOIN obligations o ON o.id = r.obligation_id JOIN deliveries d ON d.source = r.source AND d.person_id = r.person_id
			WHERE d.state = 'sent' AND d.not_before = r.at`)
	})
	return rows
}

// check holds what was told to what the table expects.
func (y *years) check() {
	y.t.Helper()
	got := []string{}
	for _, r := range y.told() {
		at := time.UnixMilli(r.At).In(vietnam)
		got = append(got, at.Format("2006-01-02 15:04 ")+r.Source+" "+r.Step+" "+y.names[r.Person])
		if r.Message != "remind/"+at.Format(time.DateOnly) {
			y.t.Errorf("%s is told in %s", got[len(got)-1], r.Message)
		}
	}
	slices.Sort(got)
	slices.Sort(y.want)
	if len(got) < 100 || !slices.Equal(got, y.want) {
		y.t.Errorf("told %d, want %d", len(got), len(y.want))
		y.differ("not told: ", y.want, got)
		y.differ("not expected: ", got, y.want)
	}
}

func (y *years) differ(what string, list, other []string) {
	shown := 0
	for _, line := range list {
		if _, found := slices.BinarySearch(other, line); !found && shown < 15 {
			y.t.Log(what + line)
			shown++
		}
	}
}

// checkPlain holds those who never did anything to the bare table: told on its days, at 8:00, everything.
func (y *years) checkPlain(until string) {
	y.t.Helper()
	want, got := []string{}, []string{}
	for _, e := range y.owed {
		if path.Base(e.key) != "DHPVD" {
			continue
		}
		for _, row := range e.rows {
			begun := max(row.at.Format("2006-01-02 15:04 "), "2024-10-01 08:00 ") // what was to be told before is told then
			if slices.Contains(row.to, "officers") && begun < until && day(e.rows[0].last).After(day("2024-10-01")) {
				want = append(want, begun+e.key+" "+row.step)
			}
		}
	}
	for _, r := range y.told() {
		if y.names[r.Person] == "DHPVD" {
			got = append(got, time.UnixMilli(r.At).In(vietnam).Format("2006-01-02 15:04 ")+r.Source+" "+r.Step)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) < 90 || !slices.Equal(want, got) {
		y.t.Errorf("%d told, the table has %d", len(got), len(want))
		y.differ("the table has ", want, got)
		y.differ("told ", got, want)
	}
}
