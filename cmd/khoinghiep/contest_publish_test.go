package main

import (
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// TestResultsAreOutAsTheyWereSeen: when a juror scores anew meanwhile, they are shown again, and nothing is out.
func TestResultsAreOutAsTheyWereSeen(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	s.scoreAll(800)
	s.presses("staff", "qlcuocthi:ketqua:C")
	s.settle()
	for _, want := range []string{"Điểm đã thay đổi từ lúc anh/chị xem", "Đã công bố kết quả"} {
		seen := s.button("staff", "Công bố kết quả")
		s.scoreAll(700) // the second time, as it was
		s.do("staff", bot.Incoming{Button: seen})
		s.settle()
		if heard := s.last("staff"); !strings.Contains(heard, want) {
			t.Errorf("no %q in %s", want, heard)
		}
	}
}

// scoreAll has both jurors score both entries.
func (s *arena) scoreAll(score int64) {
	s.t.Helper()
	ctx, now := s.t.Context(), s.clock.get()
	err := s.app.store.InTx(ctx, func(tx *storage.Tx) error {
		jurors, err := storage.Jurors(ctx, tx, s.c.ID)
		if err != nil {
			return err
		}
		entries, err := storage.EntriesOf(ctx, tx, s.c.ID, storage.EntrySubmitted)
		if err != nil {
			return err
		}
		all := []storage.Reading{}
		for _, j := range jurors {
			for _, e := range entries {
				all = append(all, storage.Reading{Competition: s.c.ID, Juror: j.ID, Entry: e.ID, Round: 1})
			}
		}
		if err := storage.AddReadings(ctx, tx, all, now); err != nil {
			return err
		}
		list, err := storage.Readings(ctx, tx, s.c.ID)
		for _, r := range list {
			r.State, r.Scores = storage.ReadingScored, storage.Scores{score, 400}
			if err := storage.SaveReading(ctx, tx, r, now); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
