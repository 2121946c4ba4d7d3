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

// addSamples registers each sample once.
func (a *app) addSamples(ctx context.Context, now time.Time) error {
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
