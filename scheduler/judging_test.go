package scheduler_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// judged is a race whose entry a juror reads, in a round that is to be scored until due.
type judged struct {
	*race
	job     scheduler.Judging
	reading storage.Reading
}

func newJudged(t *testing.T, s *storage.Store, due string) *judged {
	t.Helper()
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	j := &judged{race: newRace(t, s, local(2, 9), local(10, 17)), job: scheduler.Judging{Store: s, Calendar: calendar}}
	j.inTx(func(ctx context.Context, tx *storage.Tx) error {
		person, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "juror"}, local(11, 9))
		if err != nil {
			return err
		}
		return j.deal(ctx, tx, person, due)
	})
	return j
}

// deal has a person read the entry of a competition that is as the race's, and another that has no chat.
func (j *judged) deal(ctx context.Context, tx *storage.Tx, person int64, due string) error {
	d := competition.Definition{Rounds: []competition.Round{{Name: "Sơ khảo", Due: due}}}
	text, err := d.Encode()
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE competitions SET definition = $2 WHERE id = $1`, j.c.ID, text); err != nil {
		return err
	}
	j.e.State = storage.EntrySubmitted
	if err := storage.SaveEntry(ctx, tx, j.c, &j.e, storage.Arrival{At: local(3, 9), Exact: true}, local(3, 9)); err != nil {
		return err
	}
	if _, err := storage.BeginRound(ctx, tx, &j.c, 1); err != nil {
		return err
	}
	if err := storage.AddJuror(ctx, tx, j.c.ID, person, "Cường", local(11, 9)); err != nil {
		return err
	}
	if _, err := storage.AddPaperJuror(ctx, tx, j.c.ID, "Đào", local(11, 9)); err != nil {
		return err
	}
	jurors, err := storage.Jurors(ctx, tx, j.c.ID)
	if err != nil {
		return err
	}
	list := []storage.Reading{}
	for _, juror := range jurors {
		list = append(list, storage.Reading{Competition: j.c.ID, Juror: juror.ID, Entry: j.e.ID, Round: 1})
	}
	if err := storage.AddReadings(ctx, tx, list, local(11, 9)); err != nil {
		return err
	}
	list, err = storage.ReadingsOf(ctx, tx, jurors[0].ID, 1)
	j.reading = list[0]
	return err
}

// days runs the job, as two replicas would, before and in office hours of so many days from a day on, and gives those on
// which the juror was told, with the end of what they were told.
func (j *judged) days(from time.Time, n int) string {
	j.t.Helper()
	for i := range n {
		for _, hour := range []int{7, 8, 8, 12} {
			if err := j.job.Run(j.t.Context(), time.Date(from.Year(), from.Month(), from.Day()+i, hour, 0, 0, 0, from.Location())); err != nil {
				j.t.Fatal(err)
			}
		}
	}
	rows := []struct{ Source, Body string }{}
	j.inTx(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &rows, `SELECT source, body FROM deliveries WHERE source LIKE 'judging/%' ORDER BY source`)
	})
	told := []string{}
	for _, r := range rows {
		_, day, _ := strings.Cut(r.Source, "/2026-")
		_, end, _ := strings.Cut(r.Body, "1 hồ sơ")
		end, _, _ = strings.Cut(end, `."`)
		told = append(told, day+end[strings.LastIndex(end, ",")+1:])
	}
	return strings.Join(told, ",")
}

// TestJurorsWhoAreBehindAreReminded by the day until which they should score. The 24th of November is a holiday.
func TestJurorsWhoAreBehindAreReminded(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		j := newJudged(t, s, "2026-11-27")
		want := "11-23 còn 4 ngày,11-26 còn 1 ngày,11-30 đã quá hạn 3 ngày,12-01 đã quá hạn 4 ngày,12-02 đã quá hạn 5 ngày,12-03 đã quá hạn 6 ngày,12-04 đã quá hạn 7 ngày"
		if got := j.days(local(16, 0), 30); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	})
}

// TestJurorsWithoutADayAreRemindedEachWeek, on Tuesday where Monday is off, until nothing is left to score.
func TestJurorsWithoutADayAreRemindedEachWeek(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		j := newJudged(t, s, "")
		april := time.Date(2026, time.April, 20, 0, 0, 0, 0, vietnam)
		if got := j.days(april, 20); got != "04-20,04-28,05-04" {
			t.Errorf("got %s", got)
		}
		j.reading.State = storage.ReadingScored
		j.inTx(func(ctx context.Context, tx *storage.Tx) error {
			return storage.SaveReading(ctx, tx, j.reading, april.AddDate(0, 0, 20))
		})
		if got := j.days(april.AddDate(0, 0, 21), 14); got != "04-20,04-28,05-04" {
			t.Errorf("once all is scored: %s", got)
		}
	})
}

// TestAJurorOfTwoCompetitionsHasOneMessage of what is due that day.
func TestAJurorOfTwoCompetitionsHasOneMessage(t *testing.T) {
	s := storagetest.Open(t, storagetest.SQLiteURL(t))
	j := newJudged(t, s, "2026-11-27")
	other := &judged{race: &race{t: t, store: s}, job: j.job}
	j.inTx(func(ctx context.Context, tx *storage.Tx) (err error) {
		other.c = storage.Competition{Agency: storage.Department, Name: "Ý tưởng xanh", Definition: "{}", OpensAt: local(1, 8).UnixMilli(), ClosesAt: local(10, 17).UnixMilli()}
		if err := storage.AddCompetition(ctx, tx, &other.c, local(1, 8)); err != nil {
			return err
		}
		list, err := storage.StartupsOf(ctx, tx, j.a)
		if err != nil {
			return err
		}
		if other.e, err = storage.BeginEntry(ctx, tx, other.c, list[0], nil, 1, storage.Arrival{At: local(2, 9), Exact: true}, local(2, 9)); err != nil {
			return err
		}
		person, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "juror"}, local(11, 9))
		if err != nil {
			return err
		}
		return other.deal(ctx, tx, person, "")
	})
	j.days(local(23, 0), 1)
	bodies := []string{}
	j.inTx(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &bodies, `SELECT body FROM deliveries WHERE source LIKE 'judging/%'`)
	})
	if len(bodies) != 1 || !strings.Contains(bodies[0], "Khởi nghiệp, vòng sơ khảo: 1 hồ sơ, hạn chấm") || !strings.Contains(bodies[0], "Ý tưởng xanh, vòng sơ khảo: 1 hồ sơ.") {
		t.Error(fmt.Sprintf("%d messages: ", len(bodies)) + strings.Join(bodies, "\n"))
	}
}
