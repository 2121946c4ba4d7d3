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
	"khoinghiep/storage/competition"
	"khoinghiep/storage/plan"
)

// Judging reminds jurors of what they have yet to score, in one message a person a morning: three days and a day before the
// day until which they should, or on the working day before, and on the working days of the week after it. Where no such
// day is set, on the first working day of each week. What a stopped service missed is made up for within the same day.
type Judging struct {
	Store    *storage.Store
	Calendar *plan.Calendar
}

// remindedAfter is for how many days after their day jurors are reminded.
const remindedAfter = 7

// Run reminds of all that is due at now, in the zone of now. The ledger keeps it to one message a person and day.
func (j Judging) Run(ctx context.Context, now time.Time) error {
	if !atWork(j.Calendar, now) {
		return nil
	}
	return j.Store.InTx(ctx, func(tx *storage.Tx) error {
		list, err := storage.JurorsBehind(ctx, tx)
		if err != nil {
			return err
		}
		for first := 0; first < len(list); {
			after := first
			for after < len(list) && list[after].Person == list[first].Person {
				after++
			}
			if err := j.remind(ctx, tx, list[first:after], now); err != nil {
				return err
			}
			first = after
		}
		return nil
	})
}

// remind tells one person what is due today of what they have to score.
func (j Judging) remind(ctx context.Context, tx *storage.Tx, behind []storage.Behind, now time.Time) error {
	lines := []string{}
	for _, b := range behind {
		d, err := competition.Decode(b.Definition)
		if err != nil {
			return err
		}
		round := d.Rounds[b.Round-1]
		if j.isDue(round.Due, now) {
			lines = append(lines, fmt.Sprintf("%s, vòng %s: %d hồ sơ%s.", b.Name, viet.LowerFirst(round.Name), b.Entries, untilDue(round.Due, now)))
		}
	}
	if len(lines) == 0 {
		return nil
	}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: "judging/" + now.Format(time.DateOnly), Person: behind[0].Person, Queue: storage.QueueReminders, Again: true, Until: midnight(now).AddDate(0, 0, 1),
		Message: bot.Outgoing{
			Title: "Hồ sơ chờ anh/chị chấm", Text: "Kính gửi anh/chị.\n" + strings.Join(lines, "\n"),
			Buttons: []bot.Button{{Label: "Mở phần chấm thi", Data: "chamthi:", Row: true}},
		},
	}, now)
}

// isDue reports whether jurors are reminded on the day of now of what they should score until due, "2006-01-02".
func (j Judging) isDue(due string, now time.Time) bool {
	today := midnight(now)
	day, err := time.ParseInLocation(time.DateOnly, due, now.Location())
	if err != nil { // none is set
		monday := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
		return today.Equal(j.workingDay(monday, 1))
	}
	before := []time.Time{j.workingDay(day.AddDate(0, 0, -3), -1), j.workingDay(day.AddDate(0, 0, -1), -1)}
	return slices.ContainsFunc(before, today.Equal) || today.After(day) && !today.After(day.AddDate(0, 0, remindedAfter))
}

// workingDay is the day itself when offices work on it, or the next in a direction.
func (j Judging) workingDay(day time.Time, direction int) time.Time {
	if j.Calendar.WorkingDay(day) {
		return day
	}
	return j.Calendar.AddWorkingDays(day, direction)
}

// untilDue tells how long it is until due, or since; "" without one.
func untilDue(due string, now time.Time) string {
	day, err := time.ParseInLocation(time.DateOnly, due, now.Location())
	if err != nil {
		return ""
	}
	text := ", hạn chấm " + viet.ShowDate(due)
	if days := int(day.Sub(midnight(now)).Hours()) / 24; days >= 0 {
		return text + fmt.Sprintf(", còn %d ngày", days)
	}
	return text + fmt.Sprintf(", đã quá hạn %d ngày", int(midnight(now).Sub(day).Hours())/24)
}
