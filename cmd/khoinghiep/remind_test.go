package main

import (
	"bytes"
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// province is a database with an officer of Sở Công Thương and one of the staff, on which the command is run.
type province struct {
	t     *testing.T
	url   string
	store *storage.Store
}

func newProvince(t *testing.T) *province {
	t.Helper()
	p := &province{t: t, url: storagetest.SQLiteURL(t)}
	p.store = storagetest.Open(t, p.url)
	now := time.Date(2026, time.December, 1, 7, 0, 0, 0, time.UTC)
	p.in(func(ctx context.Context, tx *storage.Tx) error {
		if err := storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: "SCT", Name: "Sở Công Thương", Short: "Sở CT"}}, now); err != nil {
			return err
		}
		officer, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "web", Chat: "officer"}, now)
		if err != nil {
			return err
		}
		if err := storage.AddOfficer(ctx, tx, officer, "SCT", false, now); err != nil {
			return err
		}
		staff, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "web", Chat: "staff"}, now)
		if err != nil {
			return err
		}
		if err := storage.NamePerson(ctx, tx, staff, "Lê Thị Bình"); err != nil {
			return err
		}
		return storage.GrantRole(ctx, tx, staff, storage.Staff, now)
	})
	return p
}

func (p *province) in(f func(ctx context.Context, tx *storage.Tx) error) {
	p.t.Helper()
	if err := p.store.InTx(p.t.Context(), func(tx *storage.Tx) error { return f(p.t.Context(), tx) }); err != nil {
		p.t.Fatal(err)
	}
}

// remind runs the command, and gives the lines that it prints.
func (p *province) remind(args ...string) []string {
	p.t.Helper()
	var out bytes.Buffer
	getenv := func(name string) string { return map[string]string{"DATABASE_URL": p.url}[name] }
	if err := run(p.t.Context(), console{out: &out, getenv: getenv}, append([]string{"remind"}, args...)); err != nil {
		p.t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// queued counts messages that wait, and what is told in them.
func (p *province) queued() (messages, told int) {
	p.t.Helper()
	p.in(func(ctx context.Context, tx *storage.Tx) error {
		if err := tx.GetContext(ctx, &messages, `SELECT COUNT(*) FROM deliveries WHERE state = 'queued'`); err != nil {
			return err
		}
		return tx.GetContext(ctx, &told, `SELECT COUNT(*) FROM reminders`)
	})
	return messages, told
}

// TestRemindPrintsWhatCronWouldQueue with --dry-run as often as one likes; without it queues that, once.
func TestRemindPrintsWhatCronWouldQueue(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	const at = "2026-12-08T08:00+07:00"
	looked := p.remind("--at", at, "--dry-run")
	if again := p.remind("--at", "2026-12-08T01:00:00Z", "--dry-run"); !slices.Equal(again, looked) {
		t.Errorf("first %q, then %q", looked, again)
	}
	if messages, told := p.queued(); messages+told != 0 {
		t.Errorf("looking queued %d and %d", messages, told)
	}
	expectReminders(t, looked)
	if got := p.remind("--at", at); !slices.Equal(got, looked) {
		t.Errorf("queued %q, looked at %q", got, looked)
	}
	again := p.remind("--at", at)
	if messages, told := p.queued(); messages != 2 || told != 6 || !slices.Equal(again, []string{""}) {
		t.Errorf("queued %d messages with %d lines, and again printed %q", messages, told, again)
	}
}

// expectReminders holds that the officer is told of one report, and staff of all that are due and need no choice.
func expectReminders(t *testing.T, lines []string) {
	t.Helper()
	text := "Nhắc hạn gửi báo cáo kết quả năm 2026 Kính gửi Sở Công Thương. " +
		"Hạn gửi báo cáo kết quả năm 2026 (QĐ 827, V.12): hết thứ Tư, ngày 09/12/2026, còn 1 ngày làm việc."
	officers, staff := 0, 0
	for _, line := range lines {
		fields := strings.Split(line, "\t")
		if !slices.Equal(fields[2:4], []string{"T-1", "2026-12-09"}) || !strings.HasPrefix(fields[1], "NV-2026-") {
			t.Errorf("printed %q", line)
		}
		switch {
		case fields[0] == "Sở Công Thương" && fields[4] == text:
			officers++
		case fields[0] == "Lê Thị Bình" && strings.HasPrefix(fields[4], "Đơn vị chưa gửi"):
			staff++
		}
	}
	if officers != 1 || staff != 5 || len(lines) != 6 {
		t.Errorf("printed %q", lines)
	}
}

// TestRemindKnowsTheDaysOffOfALoadedVersion has an office closed on a Tuesday.
func TestRemindKnowsTheDaysOffOfALoadedVersion(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	shipped, err := os.ReadFile("../../storage/plan/catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p.in(func(ctx context.Context, tx *storage.Tx) error {
		body := strings.NewReplacer("version: 827-2022", "version: 900-2027", "from: 2022-06-27", "from: 2027-01-01").Replace(string(shipped)) +
			"\ndays_off:\n  - {year: 2026, certainty: final, closed: [2026-12-08]}\n"
		_, err := storage.LoadPlan(ctx, tx, storage.PlanVersion{Version: "900-2027", From: "2027-01-01", Body: body}, time.Now())
		return err
	})
	if got := p.remind("--at", "2026-12-08T08:00+07:00", "--dry-run"); !slices.Equal(got, []string{""}) {
		t.Errorf("on a day off queued %q", got)
	}
	if got := p.remind("--at", "2026-12-07T08:00+07:00", "--dry-run"); len(got) < 6 {
		t.Errorf("on the day before queued %q", got)
	}
}

func TestRemindNeedsAMoment(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{}, {"--at", "2026-12-08"}, {"--at", "2026-12-08T08:00"}, {"--at"}} {
		if err := run(t.Context(), console{out: &bytes.Buffer{}, getenv: func(string) string { return "" }}, append([]string{"remind"}, args...)); err == nil {
			t.Errorf("%q is a moment", args)
		}
	}
}
