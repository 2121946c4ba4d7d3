package storage_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestStatisticsCountWhatStands(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		zone := time.FixedZone("+7", 7*60*60)
		// The last hours of October by UTC are in November where it is told.
		october, november := time.Date(2026, 10, 31, 12, 0, 0, 0, zone), time.Date(2026, 10, 31, 20, 0, 0, 0, time.UTC)
		for i, c := range []struct {
			at           time.Time
			field, stage string
			withdrawn    bool
		}{
			{october, "so", "y_tuong", false},
			{november, "so", "mau_thu", false},
			{november.Add(time.Hour), "y_te", "mau_thu", false},
			{november, "y_te", "mau_thu", true},
		} {
			register(t, s, bot.Address{Channel: "telegram", Chat: string(rune('a' + i))}, c.field, c.stage, c.at.In(zone), c.withdrawn)
		}
		got := counted(t, s, november.In(zone))
		want := storage.Statistics{
			All:    3,
			Fields: []storage.Count{{Value: "so", N: 2}, {Value: "y_te", N: 1}},
			Stages: []storage.Count{{Value: "mau_thu", N: 2}, {Value: "y_tuong", N: 1}},
			Places: []storage.Count{{Value: "21001", N: 3}},
			Months: []storage.Count{{Value: "2026-10", N: 1}, {Value: "2026-11", N: 2}},
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}

func counted(t *testing.T, s *storage.Store, now time.Time) (st storage.Statistics) {
	t.Helper()
	err := s.InTx(context.Background(), func(tx *storage.Tx) (err error) {
		st, err = storage.StartupStatistics(t.Context(), tx, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func register(t *testing.T, s *storage.Store, a bot.Address, field, stage string, at time.Time, withdrawn bool) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		id, err := storage.EnsurePerson(t.Context(), tx, a, at)
		if err != nil {
			return err
		}
		st := storage.Startup{Draft: a.Chat, Person: id, Name: "Dự án " + a.Chat, Place: "21001", Field: field, Stage: stage}
		if err := storage.AddStartup(t.Context(), tx, &st, at); err != nil || !withdrawn {
			return err
		}
		_, err = storage.WithdrawStartups(t.Context(), tx, a, at)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
