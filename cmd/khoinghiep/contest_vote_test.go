package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// TestNobodyLearnsACountBeforeTheEnd has everybody look at everything about a vote that goes on, in a competition in which many
// voted and in one in which nobody did: they are told the same, and so is who exports their data.
func TestNobodyLearnsACountBeforeTheEnd(t *testing.T) {
	t.Parallel()
	voted, empty := newArena(t), newArena(t)
	voted.votes(12)
	looks := []string{
		"binhchon:", "binhchon:ds:C", "binhchon:xem:E", "binhchon:kq:C", "cuocthi:", "cuocthi:xem:C", "cuocthi:hs:E", "cuocthi:xinphieu:E", "dulieu:",
		"chamthi:", "chamthi:doc:R", "qlcuocthi:", "qlcuocthi:mo:C", "qlcuocthi:bc:C", "qlcuocthi:bcbo:C", "qlcuocthi:bcdu:C", "qlcuocthi:bccongbo:C",
		"qlcuocthi:ketqua:C", "qlcuocthi:bgk:C", "qlcuocthi:congbo:C", "nhatky:",
	}
	for _, who := range everybody() {
		for _, data := range looks {
			voted.presses(who, data)
			empty.presses(who, data)
		}
	}
	voted.settle()
	empty.settle()
	for _, who := range everybody() {
		if got, want := voted.told(who), empty.told(who); got != want {
			t.Errorf("%s is told of votes: %s", who, firstDifference(want, got))
		}
		if data := voted.exported(who); strings.Contains(data, `"first_at"`) || strings.Contains(data, `"votes":12`) {
			t.Errorf("the export of %s: %s", who, data)
		}
	}
}

// told is all that the bot said to somebody.
func (s *arena) told(who string) string {
	return shownBallot.ReplaceAllString(strings.Join(s.all(who), "\n"), "BC-(code)")
}

// votes has so many people vote for the entry.
func (s *arena) votes(n int) {
	s.t.Helper()
	now := s.app.engine.Clock()
	err := s.app.store.InTx(s.t.Context(), func(tx *storage.Tx) error {
		for i := range n {
			voter, err := s.id(s.t.Context(), tx, fmt.Sprint("voter ", i), now)
			came := storage.Arrival{At: now, Exact: true}
			if err = errors.Join(err, storage.CastVote(s.t.Context(), tx, s.e.ID, voter, came, now)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *arena) exported(who string) string {
	s.t.Helper()
	data, err := s.app.store.DataAt(s.t.Context(), s.address(who))
	text, err2 := json.Marshal(data)
	if err := errors.Join(err, err2); err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// TestEveryVoterHasAnOrderOfTheirOwn: each sees all entries once, in the same order each time, and not all in one order.
func TestEveryVoterHasAnOrderOfTheirOwn(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	err := s.app.store.InTx(t.Context(), func(tx *storage.Tx) error {
		return s.enterMore(t.Context(), tx, 14)
	})
	if err != nil {
		t.Fatal(err)
	}
	first, again, other := s.listed("voter 1"), s.listed("voter 1"), s.listed("voter 2")
	if !slices.Equal(first, again) {
		t.Errorf("%v, then %v", first, again)
	}
	if slices.Equal(first, other) {
		t.Errorf("two people have the order %v", first)
	}
	slices.Sort(first)
	slices.Sort(other)
	if len(slices.Compact(slices.Clone(first))) != 16 || !slices.Equal(first, other) {
		t.Errorf("not each of 16 once: %v and %v", first, other)
	}
}

// enterMore submits entries beside the two of the arena, which is at the jury already: as if it were not.
func (s *arena) enterMore(ctx context.Context, tx *storage.Tx, n int) error {
	round := s.c.Round
	s.c.Round = 0
	for i := range n {
		if _, err := s.enters(ctx, tx, fmt.Sprint("entrant ", i), s.app.engine.Clock()); err != nil {
			return err
		}
	}
	s.c.Round = round
	return nil
}

// listed are the entries that somebody sees, page by page.
func (s *arena) listed(who string) (names []string) {
	for page := range 3 {
		said := s.messages(who)
		s.do(who, bot.Incoming{Button: fmt.Sprintf("binhchon:ds:%s:%d", s.c.Code, page)})
		s.settle()
		for _, m := range s.said[who][said:] {
			for _, b := range m.Buttons {
				if strings.HasPrefix(b.Data, "binhchon:xem:") {
					names = append(names, b.Label)
				}
			}
		}
	}
	return names
}

func (s *arena) messages(who string) int { return len(s.all(who)) }

// TestVotesAreLeftOutForAReasonThatTheAuditLogKeeps, by who runs the competition and nobody else, until the counts come out.
func TestVotesAreLeftOutForAReasonThatTheAuditLogKeeps(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	s.votes(12)
	end := time.UnixMilli(s.c.VoteAt)
	s.clock.pass(end.Sub(s.clock.get()))
	if err := errors.Join(s.app.store.Beat(t.Context(), end.Add(-time.Second)), s.app.store.Beat(t.Context(), end)); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct{ who, data, text, want string }{
		{"other officer", "qlcuocthi:bc:C", "", "Mình không thấy cuộc thi này"},
		{"captain", "binhchon:kq:C", "", "chưa được công bố"},
		{"officer", "qlcuocthi:bc:C", "", "12 phiếu, trong đó 12 phiếu từ tài khoản mới"},
		{"officer", "qlcuocthi:bcbo:C", "", "Anh/chị gõ lý do"},
		{"officer", "", "Cùng một người lập", "Không tính 12 phiếu"},
		{"other officer", "qlcuocthi:bccongbo:C", "", "Mình không thấy cuộc thi này"},
		{"captain", "binhchon:kq:C", "", "chưa được công bố"},
		{"staff", "qlcuocthi:bccongbo:C", "", "Đã công bố"},
		{"officer", "qlcuocthi:bcdu:C", "", "Số phiếu đã công bố"},
		{"officer", "qlcuocthi:bccongbo:C", "", "Số phiếu đã công bố"},
		{"captain", "binhchon:kq:C", "", "Chưa có phiếu nào"},
		{"stranger", "cuocthi:", "", s.c.Name},
	} {
		heard := func() string { return s.last(step.who) }
		if step.data == "" {
			s.say(step.who, step.text)
		} else {
			heard = s.presses(step.who, step.data)
		}
		s.settle()
		if !strings.Contains(heard(), step.want) {
			t.Errorf("%s, %s%s: %s", step.who, step.data, step.text, heard())
		}
	}
	err := s.app.store.InTx(t.Context(), func(tx *storage.Tx) error {
		lines, err := storage.AuditLog(t.Context(), tx, storage.AuditFilter{Action: "leave-votes-out", Subject: s.c.Code}, 0, 10)
		if len(lines) != 1 || lines[0].Subject != s.c.Code+" Cùng một người lập" || lines[0].Person != s.person("officer") {
			t.Errorf("the audit log has %+v", lines)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
