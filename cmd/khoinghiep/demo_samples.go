package main

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
)

// sample is an invented registration, so that the staff of the demo have something to see.
type sample struct{ founder, phone, project, place, field, stage string }

func samples() []sample {
	return []sample{
		{"Nguyễn Thị Đào", "+84905000101", "Tinh dầu sả Trà Bồng", "21115", "nong_nghiep", "ban_thu"},
		{"Phạm Văn Lý", "+84905000102", "Tour lặn san hô Lý Sơn", "21548", "du_lich", "mau_thu"},
		{"H'Hen Niê", "+84905000103", "Bản đồ số cà phê Măng Đen", "23473", "so", "y_tuong"},
	}
}

// sampleAgency is whose officer the demo has, by its id in the plan.
const sampleAgency = "SCT"

// addDuties has agencies owe what the plan wants of them around now, and one of them something that staff asked for, so that
// its officer has something to send at any time of the year.
func (a *app) addDuties(ctx context.Context, now time.Time) error {
	if err := a.agencies.obligations.Run(ctx, now); err != nil {
		return err
	}
	return a.store.InTx(ctx, func(tx *storage.Tx) error {
		_, err := storage.MakeObligation(ctx, tx, &storage.Obligation{
			Source: "demo", Kind: storage.OwnObligation, Year: now.Year(), Agency: sampleAgency,
			Title: "Báo cáo nhanh về sản phẩm lên sàn thương mại điện tử", Asked: "Số sản phẩm đã lên sàn và các khó khăn.",
			DueOn: now.AddDate(0, 0, 10).Format(time.DateOnly),
		}, nil, now)
		return err
	})
}

// addContest has the sample agency run a competition, whenever none is open.
func (a *app) addContest(ctx context.Context, now time.Time) error {
	d := contests.Example(now, sampleAgency)
	d.Name, d.About = "Ý tưởng khởi nghiệp ngành Công Thương", "Tìm ý tưởng và dự án đưa sản phẩm của tỉnh ra thị trường."
	d.Opens, d.Closes = now.AddDate(0, 0, -3), at(now.AddDate(0, 0, 20), 17)
	return a.store.InTx(ctx, func(tx *storage.Tx) error {
		open, err := storage.OpenCompetitions(ctx, tx, now)
		if err != nil || len(open) > 0 {
			return err
		}
		_, err = contests.Load(ctx, tx, d, sampleAgency, now)
		return err
	})
}

// addEvent has the department hold an event, a new one each week in which the demo is opened.
func (a *app) addEvent(ctx context.Context, now time.Time) error {
	day := now.AddDate(0, 0, 9)
	year, week := now.ISOWeek()
	e := storage.Event{
		Draft: fmt.Sprintf("demo-%d-%d", year, week), Agency: storage.Department, Name: "Kết nối cố vấn và nhà đầu tư", Kind: "ket_noi", Task: "2.2",
		Place: "Hội trường Sở Khoa học và Công nghệ", Questions: storage.Questions{"Bạn cần hỗ trợ gì nhất?"}, Capacity: 30,
		StartsAt: at(day, 8).UnixMilli(), EndsAt: at(day, 11).UnixMilli(),
	}
	return a.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if e.Author, err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "demo", Chat: "host"}, now); err != nil {
			return err
		}
		return storage.AddEvent(ctx, tx, &e, now)
	})
}

// at is an hour of the day of t.
func at(t time.Time, hour int) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, t.Location())
}

// addSamples registers each sample once.
func (a *app) addSamples(ctx context.Context, now time.Time) error {
	if err := a.addDuties(ctx, now); err != nil {
		return fmt.Errorf("add what agencies owe: %w", err)
	}
	if err := a.addContest(ctx, now); err != nil {
		return fmt.Errorf("add a competition: %w", err)
	}
	if err := a.addEvent(ctx, now); err != nil {
		return fmt.Errorf("add an event: %w", err)
	}
	for i, s := range samples() {
		from := bot.Address{Channel: "demo", Chat: fmt.Sprint(i)}
		err := a.store.InTx(ctx, func(tx *storage.Tx) error {
			id, err := storage.EnsurePerson(ctx, tx, from, now)
			if err != nil {
				return err
			}
			if err := storage.DescribePerson(ctx, tx, id, s.founder, s.phone); err != nil {
				return err
			}
			return storage.AddStartup(ctx, tx, &storage.Startup{
				Draft: "demo-" + from.Chat, Person: id, Name: s.project, Place: s.place, Field: s.field, Stage: s.stage,
			}, now)
		})
		if err != nil {
			return fmt.Errorf("add a sample: %w", err)
		}
	}
	return nil
}
