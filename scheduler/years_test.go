package scheduler_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

var (
	fullYears = flag.Bool("reminders.full", false, "simulate all days on PostgreSQL too")
	downSeeds = flag.Int("reminders.seeds", 2, "how many years with stops of the service are simulated")
)

// TestReminders lives through every day from October 2024 to the end of 2027 with the whole plan, and holds every reminder to
// testdata/reminders.tsv: a table reckoned from the decision and the holidays by a script that shares nothing with this
// program.
func TestReminders(t *testing.T) {
	t.Run("every day", func(t *testing.T) {
		t.Parallel()
		y := newYears(t, storagetest.SQLiteURL(t), 1)
		y.live(day("2024-10-01"), day("2028-01-01"), nil)
		y.check()
		y.checkPlain("2028-01-01")
	})
	for seed := range *downSeeds {
		t.Run(fmt.Sprintf("stopped now and then, seed %d", seed), func(t *testing.T) {
			t.Parallel()
			y := newYears(t, storagetest.SQLiteURL(t), 1)
			y.live(day("2024-10-01"), day("2028-01-01"), stops(uint64(seed)))
			y.check()
		})
	}
	t.Run("two replicas", func(t *testing.T) {
		t.Parallel()
		from, until := day("2026-10-01"), day("2027-02-20")
		if *fullYears {
			from, until = day("2024-10-01"), day("2028-01-01")
		}
		y := newYears(t, storagetest.PostgresURL(t), 2)
		y.live(from, until, nil)
		y.check()
	})
}

func day(text string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, text, vietnam)
	if err != nil {
		panic(err)
	}
	return t
}

// stops are times of 1 to 20 days in which no process runs, with as long between them on average; each ends at any hour.
func stops(seed uint64) (list [][2]time.Time) {
	random := rand.New(rand.NewPCG(seed, 827))
	at := day("2024-10-01").Add(30 * time.Hour)
	for at.Before(day("2028-01-01")) {
		begin := at.Add(time.Duration(random.IntN(20*24)) * time.Hour)
		at = begin.Add(time.Duration(24+random.IntN(19*24)) * time.Hour)
		list = append(list, [2]time.Time{begin, at})
	}
	return list
}

// tableRow is one step of one obligation, as the table has it.
type tableRow struct {
	last, step string
	at         time.Time
	to         []string
}

// expected is one obligation as the table and the rules say that it goes.
type expected struct {
	key      string // report/2026/SCT
	rows     []tableRow
	promised []tableRow // once staff accepted a later day
	made     bool
	open     bool
	told     time.Time
	done     map[string]bool // what happened to it
}

// years is a province whose days pass, and beside it what the table expects.
type years struct {
	t        *testing.T
	replicas []replica
	off      map[string]bool
	owed     []*expected
	people   map[string]int64 // officers by agency, "SCT head", "staff", "approver"
	names    map[int64]string
	codes    map[string]string // of obligations, by key
	letters  map[string]bool   // who has their message of a morning
	known    map[string]bool   // who was told which step
	want     []string
	made     time.Time // when obligations were made last
}

type replica struct {
	store       *storage.Store
	obligations scheduler.Obligations
	reminders   scheduler.Reminders
}

func newYears(t *testing.T, url string, replicas int) *years {
	t.Helper()
	y := &years{t: t, people: map[string]int64{}, names: map[int64]string{}, codes: map[string]string{}, letters: map[string]bool{}, known: map[string]bool{}}
	y.readTable()
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	for range replicas {
		s := storagetest.Open(t, url)
		y.replicas = append(y.replicas, replica{
			store: s, obligations: scheduler.Obligations{Store: s, Plan: catalogue, GoLive: "2024-10-01"},
			reminders: scheduler.Reminders{Store: s, Calendar: calendar, Steps: steps},
		})
	}
	y.employ()
	return y
}

func (y *years) lines(file string) (list []string) {
	f, err := os.Open(path.Join("testdata", file))
	if err != nil {
		y.t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for scan := bufio.NewScanner(f); scan.Scan(); {
		list = append(list, scan.Text())
	}
	return list
}

func (y *years) readTable() {
	y.off = map[string]bool{}
	for _, d := range y.lines("days_off.txt") {
		y.off[d] = true
	}
	byKey := map[string]*expected{}
	for _, line := range y.lines("reminders.tsv")[1:] {
		f := strings.Split(line, "\t")
		e := byKey[f[0]]
		if e == nil {
			e = &expected{key: f[0], done: map[string]bool{}}
			byKey[f[0]] = e
			y.owed = append(y.owed, e)
		}
		row := tableRow{last: f[1], step: f[2], at: day(f[3]).Add(8 * time.Hour), to: strings.Fields(f[4])}
		if len(e.rows) == 0 || e.rows[0].last == row.last {
			e.rows = append(e.rows, row)
		} else {
			e.promised = append(e.promised, row)
		}
	}
}

func (y *years) in(f func(ctx context.Context, tx *storage.Tx) error) {
	y.t.Helper()
	if err := y.replicas[0].store.InTx(y.t.Context(), func(tx *storage.Tx) error { return f(y.t.Context(), tx) }); err != nil {
		y.t.Fatal(err)
	}
}

// employ has an officer for each agency, one for two of them, a head, and people at Sở KH&CN.
func (y *years) employ() {
	begin := day("2024-09-30")
	y.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		person := func(name string) int64 {
			if err == nil && y.people[name] == 0 {
				y.people[name], err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: name}, begin)
				y.names[y.people[name]] = name
			}
			return y.people[name]
		}
		for _, agency := range []string{"SKHCN", "TINHDOAN", "HLHPN", "SNNPTNT", "SNNMT", "SCT", "DHPVD"} {
			name := map[string]string{"TINHDOAN": "both", "HLHPN": "both"}[agency]
			if name == "" {
				name = agency
			}
			id := person(name)
			y.people[agency] = id
			if err = storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: agency, Name: agency}}, begin); err != nil {
				return err
			}
			if err = storage.AddOfficer(ctx, tx, id, agency, false, begin); err != nil {
				return err
			}
		}
		if err = storage.AddOfficer(ctx, tx, person("SCT head"), "SCT", true, begin); err != nil {
			return err
		}
		if err = storage.GrantRole(ctx, tx, person("staff"), storage.Staff, begin); err != nil {
			return err
		}
		return storage.GrantRole(ctx, tx, person("approver"), storage.Approver, begin)
	})
}

// clockTimes are when cron looks, each day: more than enough to catch something sent at night or twice.
func clockTimes() []time.Duration {
	minutes := []time.Duration{30, 7*60 + 59, 8 * 60, 12 * 60, 16*60 + 59, 17 * 60, 20 * 60}
	for i := range minutes {
		minutes[i] *= time.Minute
	}
	return minutes
}

// live lets time pass. While the service is stopped, nothing happens.
func (y *years) live(from, until time.Time, stops [][2]time.Time) {
	y.t.Helper()
	for d := from; d.Before(until); d = d.AddDate(0, 0, 1) {
		for _, clock := range clockTimes() {
			now := d.Add(clock)
			if slices.ContainsFunc(stops, func(s [2]time.Time) bool { return !now.Before(s[0]) && now.Before(s[1]) }) {
				continue
			}
			y.tick(now)
		}
	}
}

func (y *years) tick(now time.Time) {
	y.t.Helper()
	if now.Sub(y.made) > 20*time.Hour { // in the morning, and when the service starts
		y.made = now
		y.onEach(func(r replica) error { return r.obligations.Run(y.t.Context(), now) })
		if y.make(now) {
			y.choose(now)
		}
	}
	for _, e := range y.owed {
		if e.made {
			y.happen(e, now)
		}
	}
	y.onEach(func(r replica) error { return r.reminders.Run(y.t.Context(), now) })
	if y.expect(now) {
		y.in(func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'sent' WHERE state = 'queued'`)
			return err
		})
	}
}

// onEach has all replicas do something at once.
func (y *years) onEach(do func(replica) error) {
	y.t.Helper()
	if len(y.replicas) == 1 { // in this goroutine, which is what a debugger likes
		if err := do(y.replicas[0]); err != nil {
			y.t.Fatal(err)
		}
		return
	}
	var all sync.WaitGroup
	for _, r := range y.replicas {
		all.Go(func() {
			if err := do(r); err != nil {
				y.t.Error(err)
			}
		})
	}
	all.Wait()
}

// make notes what has to be there by now: what falls due within 60 days, and not before 1 October 2024.
func (y *years) make(now time.Time) (some bool) {
	for _, e := range y.owed {
		last := day(e.rows[0].last)
		if !e.made && !last.Before(day("2024-10-01")) && !now.Before(last.AddDate(0, 0, -60)) && !now.After(last.AddDate(0, 0, 61)) {
			e.made, e.open, some = true, true, true
		}
	}
	return some
}

// choose has staff choose one of the schools that the plan names together, and nobody for the others.
func (y *years) choose(now time.Time) {
	y.t.Helper()
	y.in(func(ctx context.Context, tx *storage.Tx) error {
		open, err := storage.OpenChoices(ctx, tx)
		if err != nil {
			return err
		}
		for _, c := range open {
			chosen := map[string][]string{"DHCD": {"DHPVD"}}[c.Agency]
			if _, err := storage.MakeChoice(ctx, tx, c.Source, chosen, y.people["staff"], now); err != nil {
				return err
			}
		}
		made := []struct{ Source, Code string }{}
		err = tx.SelectContext(ctx, &made, `SELECT source, code FROM obligations`)
		for _, o := range made {
			y.codes[o.Source] = o.Code
		}
		return err
	})
}
