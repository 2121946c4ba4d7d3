package main

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
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

// addSamples registers each sample once.
func (a *app) addSamples(ctx context.Context, now time.Time) error {
	if err := a.addDuties(ctx, now); err != nil {
		return fmt.Errorf("add what agencies owe: %w", err)
	}
	for i, s := range samples() {
		at := bot.Address{Channel: "demo", Chat: fmt.Sprint(i)}
		err := a.store.InTx(ctx, func(tx *storage.Tx) error {
			id, err := storage.EnsurePerson(ctx, tx, at, now)
			if err != nil {
				return err
			}
			if err := storage.DescribePerson(ctx, tx, id, s.founder, s.phone); err != nil {
				return err
			}
			return storage.AddStartup(ctx, tx, &storage.Startup{
				Draft: "demo-" + at.Chat, Person: id, Name: s.project, Place: s.place, Field: s.field, Stage: s.stage,
			}, now)
		})
		if err != nil {
			return fmt.Errorf("add a sample: %w", err)
		}
	}
	return nil
}
