package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestNobodySeesAnothersEntryOrScore has everybody do everything that can be done with an entry, with a juror's sheet and with a
// competition of an agency. Whose it is gets an answer; all others get one that tells nothing, and nothing changes.
func TestNobodySeesAnothersEntryOrScore(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	for _, c := range []struct{ owner, data, refusal string }{
		{"captain, member", "cuocthi:hs:E", "Mình không thấy hồ sơ dự thi này"}, {"captain", "cuocthi:bang:E", "Mình không thấy hồ sơ dự thi này"},
		{"captain", "cuocthi:muc:E:mo_ta_ngan", "Mình không thấy hồ sơ dự thi này"}, {"captain", "cuocthi:nhom:E", "Mình không thấy hồ sơ dự thi này"},
		{"captain", "cuocthi:xinphieu:E", "Mình không thấy hồ sơ dự thi này"},
		{"captain", "cuocthi:rut:E", "Mình không thấy hồ sơ dự thi này"}, {"captain", "cuocthi:nop:E", "Mình không thấy hồ sơ dự thi này"},
		{"", "cuocthi:bang:E:1", "Mình không thấy hồ sơ dự thi này"}, {"", "cuocthi:chon:E:san_pham:1", "Mình không thấy hồ sơ dự thi này"},
		{"", "cuocthi:trong:E:mo_ta_ngan", "Mình không thấy hồ sơ dự thi này"}, {"", "cuocthi:rutthat:E", "Mình không thấy hồ sơ dự thi này"},
		{"", "cuocthi:moi:E", "Mình không thấy hồ sơ dự thi này"}, {"", "cuocthi:nhan:E:M", "Mình không thấy hồ sơ dự thi này"},
		{"", "cuocthi:bo:E:M", "Mình không thấy hồ sơ dự thi này"},
		{"juror", "chamthi:doc:R", "Mình không thấy hồ sơ này"}, {"", "chamthi:khong:R", "Mình không thấy hồ sơ này"},
		{"", "chamthi:co:R", "Mình không thấy hồ sơ này"}, {"", "chamthi:lai:R", "Mình không thấy hồ sơ này"},
	} {
		owner := c.owner
		if owner == "" { // it would change what is looked at
			owner = map[string]string{"cuocthi": "captain", "chamthi": "juror"}[strings.Split(c.data, ":")[0]]
		}
		owners := strings.Split(owner, ", ")
		s.refuses(without(everybody(), owners...), c.data, c.refusal)
		if c.owner != "" {
			for _, owner := range owners {
				s.answers(owner, c.data, c.refusal)
			}
		}
	}
	for _, verb := range []string{"mo", "ds", "hoso", "xem:C:E", "bgk", "ketqua", "bangdiem", "sua", "mau", "han", "chia", "nhac", "moibgk", "congbo", "bc", "bcbo", "bcdu", "bccongbo", "congbo:C:qua", "giahan:C:0:1900000000000", "bobgk:C:J"} {
		data := "qlcuocthi:" + verb
		if !strings.Contains(verb, ":") {
			data += ":C"
		}
		s.refusesOthers(data)
		if slices.Contains([]string{"mo", "ds", "hoso", "xem:C:E", "bgk", "ketqua", "bangdiem", "han", "bc"}, verb) { // the others would change what is looked at
			s.answersHosts(data)
		}
	}
	for _, data := range []string{"qlcuocthi:xem:O:E", "qlcuocthi:xem:O:1", "qlcuocthi:xem:O"} { // through a competition of their own, one of another is as none
		s.refuses([]string{"staff", "other officer"}, data, noSubmittedEntry)
	}
	s.refuses(hosts(), "qlcuocthi:xem:C:D", noSubmittedEntry)
	for _, data := range []string{"diemgiay:them:C", "diemgiay:loiich:C:R"} {
		s.refusesOthers(data)
	}
	for _, data := range []string{"diemgiay:bgk:C", "diemgiay:gk:C:J", "diemgiay:phieu:C:R", "diemgiay:lai:C:R"} {
		s.refusesOthers(data)
		s.answersHosts(data)
	}
	for _, data := range []string{"tim:C", "duan:C:KN-2026-0001", "giay:C:KN-2026-0001", "hs:E", "bang:E", "muc:E", "nop:E", "rutthat:E", "nhom:E", "ten:E"} {
		s.refuses(without(everybody(), "staff"), "thigiay:"+data, handlers.NotUnderstood)
		if strings.HasSuffix(data, ":E") { // it did not come on paper
			s.refuses([]string{"staff"}, "thigiay:"+data, "Mình không thấy hồ sơ dự thi giấy này")
		}
	}
}

const noSubmittedEntry = "Mình không thấy hồ sơ này trong các hồ sơ đã nộp"

// TestHostsReadWhatWasSubmitted has those who run a competition go through its entries, page by page, and open one; a draft is none of theirs.
func TestHostsReadWhatWasSubmitted(t *testing.T) {
	t.Parallel()
	more := []string{}
	for i := range 7 { // beside the two who are in an arena
		more = append(more, fmt.Sprintf("founder %d", i))
	}
	s := newArena(t, more...)
	for _, host := range hosts() {
		for _, c := range []struct {
			data string
			says []string
		}{
			{"qlcuocthi:hoso:C", []string{"9 hồ sơ đã nộp", "trang 1/2", "Dự án của captain", "Dự án của founder 5"}},
			{"qlcuocthi:hoso:C:1", []string{"trang 2/2", "Dự án của founder 6"}},
			{"qlcuocthi:hoso:C:2", []string{"Ở đây không có hồ sơ nào đã nộp."}},
			{"qlcuocthi:hoso:C:-1", []string{"Ở đây không có hồ sơ nào đã nộp."}},
			{"qlcuocthi:xem:C:E", []string{"Dự án của captain", "Bảng: Dự án", "Thành viên: member\n", "Bí mật của captain"}},
		} {
			heard := s.presses(host, c.data)
			s.settle()
			for _, words := range c.says {
				if !strings.Contains(heard(), words) {
					t.Errorf("%s, %s: no %q in %s", host, c.data, words, heard())
				}
			}
			if strings.Contains(heard(), "drafting") || strings.Contains(heard(), "asking") {
				t.Errorf("%s, %s: %s", host, c.data, heard())
			}
		}
	}
}

// TestPagesThatNoButtonHas has somebody forge the page of a list.
func TestPagesThatNoButtonHas(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	for _, page := range []string{"-1", "2", "4611686018427387904"} { // the last overflows when it is multiplied
		heard := s.presses("stranger", "binhchon:ds:C:"+page)
		s.settle()
		if !strings.Contains(heard(), "Bình chọn · ") {
			t.Errorf("page %s: %s", page, heard())
		}
	}
}

// hosts run the competition of an arena.
func hosts() []string { return []string{"staff", "officer"} }

// refusesOthers has everybody but the hosts press a button of theirs.
func (s *arena) refusesOthers(data string) {
	s.t.Helper()
	s.refuses(without(everybody(), append(hosts(), "other officer")...), data, handlers.NotUnderstood)
	s.refuses([]string{"other officer"}, data, "Mình không thấy cuộc thi này")
}

func (s *arena) answersHosts(data string) {
	s.t.Helper()
	for _, host := range hosts() {
		s.answers(host, data, "Mình không thấy cuộc thi này")
	}
}

func without(people []string, whom ...string) []string {
	return slices.DeleteFunc(slices.Clone(people), func(who string) bool { return slices.Contains(whom, who) })
}

// everybody are the people of an arena.
func everybody() []string {
	return []string{"captain", "member", "asking", "other captain", "stranger", "staff", "officer", "other officer", "juror", "other juror"}
}

// arena is a program with a competition that the jury is at while the public votes, and people with every part in it.
type arena struct {
	*hall
	clock *moment
	c     storage.Competition
	o     storage.Competition // of the other officer's agency
	e     storage.Entry
	d     storage.Entry // a draft
	r     storage.Reading
	j     storage.Juror
	m     storage.EntryMember
}

// newArena is an arena into which more people entered.
func newArena(t *testing.T, more ...string) *arena {
	t.Helper()
	now := time.Date(2026, time.November, 26, 9, 0, 0, 0, time.FixedZone("ICT", 7*60*60))
	clock := &moment{at: now}
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.filesDir, cfg.still = t.TempDir(), true
	s := &arena{hall: openHallAt(t, cfg, clock.get), clock: clock}
	ctx, d := t.Context(), readSheet(t, "cuoc-thi-binh-chon")
	err := s.app.store.InTx(ctx, func(tx *storage.Tx) (err error) {
		if s.c, err = contests.Load(ctx, tx, d, "TINHDOAN", now); err != nil {
			return err
		}
		if s.o, err = contests.Load(ctx, tx, d, "HLHPN", now); err != nil {
			return err
		}
		if s.d, err = s.begins(ctx, tx, "drafting", now); err != nil {
			return err
		}
		other, err := s.enters(ctx, tx, "other captain", now)
		if err != nil {
			return err
		}
		if s.e, err = s.enters(ctx, tx, "captain", now); err != nil {
			return err
		}
		for _, chat := range more {
			if _, err := s.enters(ctx, tx, chat, now); err != nil {
				return err
			}
		}
		if err := s.fillTeam(ctx, tx, now); err != nil {
			return err
		}
		return s.fillJury(ctx, tx, other, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.app.store.Beat(ctx, d.Closes.Add(-time.Second)), s.app.store.Beat(ctx, d.Closes)); err != nil {
		t.Fatal(err)
	}
	code, err := s.app.store.Invite(ctx, storage.Staff, now, now.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	s.say("staff", code)
	s.say("officer", inviteOfficer(t, s.app, "TINHDOAN"))
	s.say("other officer", inviteOfficer(t, s.app, "HLHPN"))
	return s
}

func (s *arena) id(ctx context.Context, tx *storage.Tx, chat string, now time.Time) (int64, error) {
	return storage.EnsurePerson(ctx, tx, s.address(chat), now)
}

// begins has somebody begin an entry a day ago.
func (s *arena) begins(ctx context.Context, tx *storage.Tx, chat string, now time.Time) (e storage.Entry, err error) {
	st := storage.Startup{Draft: chat, Name: "Dự án của " + chat, Place: "21500", Field: "so", Stage: "y_tuong"}
	if st.Person, err = s.id(ctx, tx, chat, now); err != nil {
		return e, err
	}
	if err := storage.AddStartup(ctx, tx, &st, now); err != nil {
		return e, err
	}
	return storage.BeginEntry(ctx, tx, s.c, st, storage.Profile{"mo_ta_ngan": "Bí mật của " + chat, "san_pham": "Hàng hóa"}, 1, dayAgo(now), now)
}

// enters has somebody submit an entry a day ago.
func (s *arena) enters(ctx context.Context, tx *storage.Tx, chat string, now time.Time) (storage.Entry, error) {
	e, err := s.begins(ctx, tx, chat, now)
	if err != nil {
		return e, err
	}
	e.Track, e.State = "Dự án", storage.EntrySubmitted
	return e, storage.SaveEntry(ctx, tx, s.c, &e, dayAgo(now), now)
}

func dayAgo(now time.Time) storage.Arrival {
	return storage.Arrival{At: now.AddDate(0, 0, -1), Exact: true}
}

func (s *arena) fillTeam(ctx context.Context, tx *storage.Tx, now time.Time) error {
	for _, chat := range []string{"member", "asking"} {
		id, err := s.id(ctx, tx, chat, now)
		if err != nil {
			return err
		}
		if s.m, err = storage.AskToJoin(ctx, tx, s.e.ID, id, chat, now); err != nil {
			return err
		}
		if chat == "member" {
			if _, _, err := storage.ConfirmMember(ctx, tx, s.e, s.m.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// fillJury has one juror read the entry, and the other that of somebody else.
func (s *arena) fillJury(ctx context.Context, tx *storage.Tx, other storage.Entry, now time.Time) error {
	for _, chat := range []string{"juror", "other juror"} {
		id, err := s.id(ctx, tx, chat, now)
		if err = errors.Join(err, storage.AddJuror(ctx, tx, s.c.ID, id, chat, now)); err != nil {
			return err
		}
	}
	jurors, err := storage.Jurors(ctx, tx, s.c.ID)
	if err != nil {
		return err
	}
	_, err = storage.BeginRound(ctx, tx, &s.c, 1)
	err = errors.Join(err, storage.AddReadings(ctx, tx, []storage.Reading{
		{Competition: s.c.ID, Juror: jurors[0].ID, Entry: s.e.ID, Round: 1}, {Competition: s.c.ID, Juror: jurors[1].ID, Entry: other.ID, Round: 1},
	}, now))
	if err != nil {
		return err
	}
	s.j = jurors[0]
	list, err := storage.ReadingsOf(ctx, tx, jurors[0].ID, 1)
	if len(list) == 1 {
		s.r = list[0]
	}
	return err
}

// presses has somebody press a button, theirs or forged; heard gives what the bot said to it, once it is settled.
func (s *arena) presses(who, data string) (heard func() string) {
	said := len(s.all(who))
	pressed := strings.NewReplacer(":E", fmt.Sprintf(":%d", s.e.ID), ":M", fmt.Sprintf(":%d", s.m.ID), ":R", fmt.Sprintf(":%d", s.r.ID), ":J", fmt.Sprintf(":%d", s.j.ID), ":D", fmt.Sprintf(":%d", s.d.ID),
		":C", ":"+s.c.Code, ":O", ":"+s.o.Code).Replace(data)
	s.do(who, bot.Incoming{Button: pressed})
	return func() string { return strings.Join(s.all(who)[said:], "\n") }
}

func (s *arena) refuses(others []string, data, refusal string) {
	s.t.Helper()
	before, heard := s.kept(), map[string]func() string{}
	for _, who := range others {
		heard[who] = s.presses(who, data)
	}
	s.settle()
	for who, answer := range heard {
		refused := strings.Contains(answer(), refusal) || strings.Contains(answer(), "Nút này thuộc phần đã xong")
		if !refused || strings.Contains(answer(), "Bí mật") {
			s.t.Errorf("%s, %s: %s", who, data, answer())
		}
	}
	if after := s.kept(); !reflect.DeepEqual(before, after) {
		s.t.Errorf("%s: %+v became %+v", data, before, after)
	}
}

func (s *arena) answers(owner, data, refusal string) {
	s.t.Helper()
	heard := s.presses(owner, data)
	s.settle()
	if heard() == "" || strings.Contains(heard(), refusal) {
		s.t.Errorf("%s, %s: %s", owner, data, heard())
	}
}

// kept is all that is kept of the competition.
func (s *arena) kept() (all []any) {
	s.t.Helper()
	err := s.app.store.InTx(s.t.Context(), func(tx *storage.Tx) error {
		c, _, err := storage.FindCompetition(s.t.Context(), tx, s.c.Code)
		entries, err2 := storage.EntriesOf(s.t.Context(), tx, s.c.ID, storage.EntrySubmitted)
		members, err3 := storage.Members(s.t.Context(), tx, s.e.ID)
		readings, err4 := storage.Readings(s.t.Context(), tx, s.c.ID)
		all = []any{c, entries, members, readings}
		return errors.Join(err, err2, err3, err4)
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}
