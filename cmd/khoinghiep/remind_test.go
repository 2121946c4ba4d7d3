package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestRemindPrintsWhatCronWouldQueue with --dry-run as often as one likes; without it queues that, once.
func TestRemindPrintsWhatCronWouldQueue(t *testing.T) {
	t.Parallel()
	url := storagetest.SQLiteURL(t)
	s := storagetest.Open(t, url)
	now := time.Date(2026, time.December, 1, 7, 0, 0, 0, time.UTC)
	work := func(f func(ctx context.Context, tx *storage.Tx) error) {
		t.Helper()
		if err := s.InTx(t.Context(), func(tx *storage.Tx) error { return f(t.Context(), tx) }); err != nil {
			t.Fatal(err)
		}
	}
	work(func(ctx context.Context, tx *storage.Tx) error {
		if err := storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: "SCT", Name: "Sở Công Thương", Short: "Sở CT"}}, now); err != nil {
			return err
		}
		for _, name := range []string{"officer", "staff"} {
			id, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "web", Chat: name}, now)
			if err != nil {
				return err
			}
			if err := storage.NamePerson(ctx, tx, id, "Cán bộ "+name); err != nil {
				return err
			}
			if name == "officer" {
				err = storage.AddOfficer(ctx, tx, id, "SCT", false, now)
			} else {
				err = storage.GrantRole(ctx, tx, id, storage.Staff, now)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	printed := func(args ...string) []string {
		t.Helper()
		var out bytes.Buffer
		getenv := func(name string) string { return map[string]string{"DATABASE_URL": url}[name] }
		if err := run(t.Context(), console{out: &out, getenv: getenv}, append([]string{"remind"}, args...)); err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	}
	queued := func() (n int) {
		t.Helper()
		work(func(ctx context.Context, tx *storage.Tx) error {
			return tx.GetContext(ctx, &n, `SELECT (SELECT COUNT(*) FROM deliveries WHERE state = 'queued') + (SELECT 1000 * COUNT(*) FROM reminders)`)
		})
		return n
	}
	const at = "2026-12-08T08:00+07:00"
	first := printed("--at", at, "--dry-run")
	if n := queued(); n != 0 || !slices.Equal(printed("--at", "2026-12-08T01:00:00Z", "--dry-run"), first) {
		t.Errorf("looking queued %d, or is not the same twice", n)
	}
	mine := slices.IndexFunc(first, func(line string) bool { return strings.HasPrefix(line, "Sở Công Thương\t") })
	if mine < 0 {
		t.Fatalf("printed %q", first)
	}
	fields := strings.Split(first[mine], "\t")
	want := []string{"Sở Công Thương", fields[1], "T-1", "2026-12-09", "Nhắc hạn gửi báo cáo kết quả năm 2026 Kính gửi Sở Công Thương. " +
		"Hạn gửi báo cáo kết quả năm 2026 (QĐ 827, V.12): hết thứ Tư, ngày 09/12/2026, còn 1 ngày làm việc."}
	if !slices.Equal(fields, want) {
		t.Errorf("printed %q, want %q", fields, want)
	}
	toStaff := 0
	for _, line := range first {
		if strings.HasPrefix(line, "Cán bộ staff\tNV-2026-") && strings.Contains(line, "\tT-1\t2026-12-09\tĐơn vị chưa gửi") {
			toStaff++
		}
	}
	if toStaff != 5 || len(first) != 1+toStaff { // all that lead a task and need no choice
		t.Errorf("printed %q", first)
	}
	if got := printed("--at", at); !slices.Equal(got, first) {
		t.Errorf("queued %q, looked at %q", got, first)
	}
	n := queued()
	if got := printed("--at", at); n != 6002 || queued() != n || !slices.Equal(got, []string{""}) {
		t.Errorf("queued %d, then %d and printed %q", n, queued(), got)
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
