package storage_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// requestTime is when the questions of these tests are asked.
var requestTime = time.Date(2026, time.November, 23, 2, 0, 0, 0, time.UTC)

// someone makes a person with a chat of their own, with a role or "" for none.
func someone(t *testing.T, s *storage.Store, chat, name string, role storage.Role) (id int64, a bot.Address) {
	t.Helper()
	a = bot.Address{Channel: "telegram", Chat: chat}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if id, err = storage.EnsurePerson(ctx, tx, a, requestTime); err != nil || role == "" {
			return err
		}
		return errors.Join(storage.DescribePerson(ctx, tx, id, name, ""), storage.GrantRole(ctx, tx, id, role, requestTime))
	})
	return id, a
}

func asked(t *testing.T, s *storage.Store, person int64) (r storage.Request) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		r, err = storage.AddRequest(ctx, tx, person, requestTime)
		return err
	})
	return r
}

func took(t *testing.T, s *storage.Store, r storage.Request, staff int64) (ok bool) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		ok, err = storage.TakeRequest(ctx, tx, r.Code, staff, requestTime.Add(time.Minute))
		return err
	})
	return ok
}

func speaks(t *testing.T, s *storage.Store, r storage.Request, person int64, text string, at time.Time) (now storage.Request, ok bool) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		now, ok, err = storage.AddRequestMessage(ctx, tx, r.Code, &storage.RequestMessage{Person: person, Text: text}, at)
		return err
	})
	return now, ok
}

func TestRequestsAreNumberedWithinAYear(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		an, a := someone(t, s, "1", "Lê Văn An", "")
		first, second := asked(t, s, an), asked(t, s, an)
		if first.Code != "YC-2026-0001" || second.Code != "YC-2026-0002" || first.WaitingAt != requestTime.UnixMilli() || first.Staff != 0 {
			t.Errorf("got %+v, then %+v", first, second)
		}
		for code, want := range map[string]string{"": second.Code, first.Code: first.Code, "YC-2026-0009": ""} {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				r, ok, err := storage.OwnRequest(ctx, tx, a, code)
				if ok != (want != "") || r.Code != want {
					t.Errorf("%q: got %+v, %t", code, r, ok)
				}
				return err
			})
		}
	})
}

func TestOneOfManyTakesARequest(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		an, _ := someone(t, s, "1", "Lê Văn An", "")
		r := asked(t, s, an)
		staff := []int64{}
		for _, chat := range []string{"2", "3", "4", "5"} {
			id, _ := someone(t, s, chat, "Cán bộ "+chat, storage.Staff)
			staff = append(staff, id)
		}
		var all sync.WaitGroup
		var mu sync.Mutex
		winners := []int64{}
		for _, id := range staff {
			all.Go(func() {
				err := s.InTx(t.Context(), func(tx *storage.Tx) error {
					ok, err := storage.TakeRequest(t.Context(), tx, r.Code, id, requestTime)
					if ok {
						mu.Lock()
						defer mu.Unlock()
						winners = append(winners, id)
					}
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if len(winners) != 1 {
			t.Fatalf("%d took it", len(winners))
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			now, ok, err := storage.OpenRequest(ctx, tx, r.Code, staff[0])
			if !ok || now.Staff != winners[0] || !strings.HasPrefix(now.Officer, "Cán bộ") {
				t.Errorf("afterwards: %+v, %t", now, ok)
			}
			return err
		})
	})
}

func TestWhoMayTakeGiveAndCloseARequest(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		an, _ := someone(t, s, "1", "Lê Văn An", storage.Staff) // staff ask, too
		binh, _ := someone(t, s, "2", "Trần Thị Bình", storage.Staff)
		chi, _ := someone(t, s, "3", "Võ Chi", storage.Approver)
		r := asked(t, s, an)
		give := func(from, to int64) (ok bool) {
			t.Helper()
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				ok, err = storage.GiveRequest(ctx, tx, r.Code, from, to, requestTime)
				return err
			})
			return ok
		}
		end := func(person int64) (ok bool) {
			t.Helper()
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
				_, ok, err = storage.CloseRequest(ctx, tx, r.Code, person, requestTime)
				return err
			})
			return ok
		}
		for _, step := range []struct {
			what string
			got  bool
			want bool
		}{
			{"the asker takes it", took(t, s, r, an), false},
			{"Bình closes it before taking it", end(binh), false},
			{"Bình takes it", took(t, s, r, binh), true},
			{"Chi takes it, too", took(t, s, r, chi), false},
			{"Chi gives it away", give(chi, 0), false},
			{"Bình hands it to Chi", give(binh, chi), true},
			{"Chi hands it back", give(chi, 0), true},
			{"Chi takes it again", took(t, s, r, chi), true},
			{"Bình closes it", end(binh), false},
			{"the asker closes it", end(an), true},
			{"Chi closes it", end(chi), false},
			{"Bình takes what is closed", took(t, s, r, binh), false},
		} {
			if step.got != step.want {
				t.Errorf("%s: got %t", step.what, step.got)
			}
		}
	})
}

func TestWhatIsSaidTellsWhoWaits(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		an, _ := someone(t, s, "1", "", "")
		binh, _ := someone(t, s, "2", "Trần Thị Bình", storage.Staff)
		r := asked(t, s, an)
		at := func(minutes int) time.Time { return requestTime.Add(time.Duration(minutes) * time.Minute) }
		if _, ok := speaks(t, s, r, binh, "Chào bạn", at(1)); ok {
			t.Error("somebody answered who had not taken it")
		}
		took(t, s, r, binh)
		for i, step := range []struct {
			who     int64
			waiting int64
		}{
			{an, requestTime.UnixMilli()}, // since the question, however much is added to it
			{binh, 0},
			{binh, 0},
			{an, at(3).UnixMilli()},
			{an, at(3).UnixMilli()},
		} {
			now, ok := speaks(t, s, r, step.who, "…", at(i))
			if !ok || now.WaitingAt != step.waiting || now.UpdatedAt != at(i).UnixMilli() {
				t.Errorf("step %d: got %+v, %t", i, now, ok)
			}
		}
		waiting, err := s.WaitingRequests(t.Context(), at(3))
		if err != nil || len(waiting) != 1 || waiting[0].Staff != binh {
			t.Errorf("waiting: %+v, %v", waiting, err)
		}
		if waiting, err = s.WaitingRequests(t.Context(), at(2)); err != nil || len(waiting) != 0 {
			t.Errorf("waiting before: %+v, %v", waiting, err)
		}
	})
}

func TestRequestOfWhoLostTheRoleIsFree(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		an, _ := someone(t, s, "1", "Lê Văn An", "")
		binh, _ := someone(t, s, "2", "Trần Thị Bình", storage.Staff)
		chi, _ := someone(t, s, "3", "Võ Chi", storage.Staff)
		taken, free := asked(t, s, an), asked(t, s, an)
		took(t, s, taken, binh)
		list := func(staff int64) (codes []string) {
			t.Helper()
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				found, err := storage.OpenRequests(ctx, tx, staff, 0, 10)
				for _, r := range found {
					codes = append(codes, r.Code)
				}
				return err
			})
			return codes
		}
		if got := list(chi); !slices.Equal(got, []string{free.Code}) {
			t.Errorf("Chi sees %q", got)
		}
		if got := list(binh); !slices.Equal(got, []string{taken.Code, free.Code}) {
			t.Errorf("Bình sees %q", got)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := tx.ExecContext(ctx, `DELETE FROM roles WHERE person_id = $1`, binh)
			return err
		})
		if got := list(chi); len(got) != 2 || !took(t, s, taken, chi) {
			t.Errorf("then Chi sees %q", got)
		}
	})
}
