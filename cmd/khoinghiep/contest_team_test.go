package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/storagetest"
)

// TestNobodyJoinsATeamAfterTheClosing: an old button makes no invitation, and an old invitation keeps nothing of who follows it.
func TestNobodyJoinsATeamAfterTheClosing(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	code := ""
	err := s.app.store.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		code, err = storage.NewCode(t.Context(), tx, storage.TeamCode, fmt.Sprint(s.e.ID), s.clock.get(), s.clock.get().Add(time.Hour))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	invited := s.presses("captain", "cuocthi:moi:E")
	before := s.kept()
	for _, text := range []string{code, "1", "Ngô Thị Nga", "gửi"} {
		s.say("stranger", text)
	}
	s.settle()
	heard := s.all("stranger")
	for _, text := range []string{invited(), heard[len(heard)-1]} {
		if !strings.Contains(text, "Cuộc thi đã đóng nhận hồ sơ") {
			t.Errorf("after the closing: %s", text)
		}
	}
	if after := s.kept(); fmt.Sprint(before) != fmt.Sprint(after) {
		t.Errorf("%+v became %+v", before, after)
	}
}

// TestASubmittedTeamKeepsItsLastMember where only teams may enter.
func TestASubmittedTeamKeepsItsLastMember(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 24, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.filesDir, cfg.still = t.TempDir(), true
	clock := &moment{at: now}
	s := &arena{hall: openHallAt(t, cfg, clock.get), clock: clock}
	d := readSheet(t, "cuoc-thi-binh-chon")
	d.Who = competition.Teams
	members := s.teamOf(d, now)
	for _, c := range []struct{ who, refusal string }{{"asking", ""}, {"member", "Hồ sơ đã nộp cần ít nhất một thành viên"}} {
		s.m = members[slices.IndexFunc(members, func(m storage.EntryMember) bool { return m.Name == c.who })]
		heard := s.presses("captain", "cuocthi:bo:E:M")
		s.settle()
		if left := fmt.Sprint(s.kept()[2]); strings.Contains(left, "asking") || !strings.Contains(left, "member") || !strings.Contains(heard(), c.refusal) {
			t.Errorf("removing %s leaves %s: %s", c.who, left, heard())
		}
	}
}

// teamOf has a captain submit an entry of a team to a competition, and gives the team: one who is confirmed, and one who asks.
func (s *arena) teamOf(d competition.Definition, now time.Time) (members []storage.EntryMember) {
	s.t.Helper()
	ctx := s.t.Context()
	err := s.app.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if s.c, err = contests.Load(ctx, tx, d, storage.Department, now); err != nil {
			return err
		}
		if s.e, err = s.enters(ctx, tx, "captain", now); err != nil {
			return err
		}
		err = s.fillTeam(ctx, tx, now)
		list, err2 := storage.Members(ctx, tx, s.e.ID)
		members = list
		return errors.Join(err, err2)
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return members
}
