package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"
	"time"

	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// errDryRun has a transaction rolled back that did nothing wrong.
var errDryRun = errors.New("only looked")

// remind queues what cron would queue at a moment, and prints it: who is told, the obligation, the step, the last day and
// the text, with tabs between. With --dry-run nothing is kept.
func remind(ctx context.Context, c console, args []string) error {
	flags := flag.NewFlagSet("remind", flag.ContinueOnError)
	flags.SetOutput(c.out)
	at := flags.String("at", "", "thời điểm, ví dụ 2026-12-08T08:00+07:00")
	dry := flags.Bool("dry-run", false, "chỉ in, không gửi")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("đọc tham số: %w", err)
	}
	now, err := readMoment(*at)
	if err != nil {
		return err
	}
	cfg, err := configure(c)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	jobs, err := newClockwork(ctx, cfg, store, now)
	if err != nil {
		return err
	}
	lines := []string{}
	err = store.InTx(ctx, func(tx *storage.Tx) error {
		if lines, err = jobs.queueReminders(ctx, tx, now); err != nil || !*dry {
			return err
		}
		return errDryRun
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return err
	}
	for _, line := range lines {
		fmt.Fprintln(c.out, line)
	}
	return nil
}

// readMoment reads a moment with its zone, and tells it by the clock of the province.
func readMoment(text string) (time.Time, error) {
	at, err := time.Parse("2006-01-02T15:04Z07:00", text)
	if err != nil {
		at, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("cần thời điểm có múi giờ: remind --at 2026-12-08T08:00+07:00 [--dry-run]")
	}
	tz, err := time.LoadLocation(zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("load time zone: %w", err)
	}
	return at.In(tz), nil
}

// queueReminders does what cron does before and at a moment, and describes each line of each message.
func (c clockwork) queueReminders(ctx context.Context, tx *storage.Tx, now time.Time) ([]string, error) {
	if err := c.obligations.Make(ctx, tx, now); err != nil {
		return nil, err
	}
	letters, err := c.reminders.Queue(ctx, tx, now)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, l := range letters {
		name, err := storage.NameOf(ctx, tx, l.Person)
		if err != nil {
			return nil, err
		}
		text := strings.Join(strings.Fields(l.Notice.Message.Body()), " ")
		for _, t := range l.Told {
			lines = append(lines, strings.Join([]string{addressee(t, name), t.Obligation.Code, t.Step.Name, t.Obligation.Last(), text}, "\t"))
		}
	}
	return lines, nil
}

// addressee is the person, or the agency in whose name they are told.
func addressee(t scheduler.Told, name string) string {
	switch t.To {
	case plan.Officers, plan.Heads:
		return t.Owner()
	}
	return cmp.Or(name, fmt.Sprintf("cán bộ %d", t.Person))
}
