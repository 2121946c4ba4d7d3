package storage_test

import (
	"context"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// enroll adds a startup of somebody with a name and a phone.
func enroll(t *testing.T, s *storage.Store, chat, founder, phone string, st storage.Startup) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if st.Person, err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "test", Chat: chat}, profileDay); err != nil {
			return err
		}
		if err := storage.DescribePerson(ctx, tx, st.Person, founder, phone); err != nil {
			return err
		}
		st.Draft = st.Name
		return storage.AddStartup(ctx, tx, &st, profileDay)
	})
}

func TestSearchUnderstandsWhatIsTyped(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		enroll(t, s, "1", "Lê Văn Đức", "+84912345678", storage.Startup{Name: "Sấy mít Ba Vinh", Place: "21025", Field: "nong_nghiep", Stage: "y_tuong"})
		enroll(t, s, "2", "Trần Thị Bình", "+84987654321", storage.Startup{Name: "Tỏi đen", Place: "21548", Field: "nong_nghiep", Stage: "ban_thu"})
		enroll(t, s, "3", "H'Hen Niê", "+84905000103", storage.Startup{Name: "Bản đồ số 100%", Place: "23473", Field: "so", Stage: "y_tuong"})
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			_, err := storage.WithdrawStartups(ctx, tx, bot.Address{Channel: "test", Chat: "4"}, profileDay)
			return err
		})
		for _, c := range []struct {
			filter storage.Filter
			want   string // the ends of codes, the newest first
		}{
			{storage.Filter{}, "3 2 1"},
			{storage.Filter{Text: " KN-2026-0002 "}, "2"},
			{storage.Filter{Text: "kn 2026 2"}, "2"},
			{storage.Filter{Text: "2026 0002"}, "2"},
			{storage.Filter{Text: "kn2025 2"}, ""},
			{storage.Filter{Text: "SẤY MÍT"}, "1"},
			{storage.Filter{Text: "say  mit, ba vinh"}, "1"},
			{storage.Filter{Text: "le van duc"}, "1"},
			{storage.Filter{Text: "h hen nie"}, "3"},
			{storage.Filter{Text: "0987 654 321"}, "2"},
			{storage.Filter{Text: "+84 987.654.321"}, "2"},
			{storage.Filter{Text: "84987654321"}, "2"},
			{storage.Filter{Text: "4321"}, "2"},
			{storage.Filter{Text: "100%"}, "3"},
			{storage.Filter{Text: "%"}, ""},
			{storage.Filter{Text: "_"}, ""},
			{storage.Filter{Text: "máy bay"}, ""},
			{storage.Filter{Places: []string{"21025", "23473"}}, "3 1"},
			{storage.Filter{Places: []string{"2102"}}, ""},
			{storage.Filter{Field: "nong_nghiep"}, "2 1"},
			{storage.Filter{Field: "nong_nghiep", Stage: "ban_thu", Status: storage.StatusNew}, "2"},
			{storage.Filter{Status: storage.StatusConfirmed}, ""},
			{storage.Filter{Text: "ba vinh", Field: "so"}, ""},
		} {
			got, count := search(t, s, c.filter)
			if got != c.want || count != len(strings.Fields(c.want)) {
				t.Errorf("%+v: found %q, counted %d, want %q", c.filter, got, count, c.want)
			}
		}
	})
}

func search(t *testing.T, s *storage.Store, f storage.Filter) (found string, count int) {
	t.Helper()
	ends := []string{}
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		list, err := storage.SearchStartups(ctx, tx, f, 0, 10)
		if err != nil {
			return err
		}
		for _, st := range list {
			ends = append(ends, strings.TrimLeft(strings.TrimPrefix(st.Code, "KN-2026-"), "0"))
		}
		count, err = storage.CountMatches(ctx, tx, f)
		return err
	})
	return strings.Join(ends, " "), count
}

// TestWithdrawnStartupsAreNobodysBusiness holds that what a founder took back is in no list, and not found by its code.
func TestWithdrawnStartupsAreNobodysBusiness(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		st := addStartup(t, s, founderChat, "Sấy mít")
		addStartup(t, s, otherChat, "Mật ong")
		revise(t, s, founderChat, st.Code, func(st *storage.Startup) { st.Status = storage.StatusWithdrawn }, profileDay)
		tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			waiting, err := storage.WaitingStartups(ctx, tx, 0, 10)
			if err != nil || len(waiting) != 1 || waiting[0].Name != "Mật ong" {
				t.Errorf("waiting: %+v, %v", waiting, err)
			}
			_, ok, err := storage.FindRegistered(ctx, tx, st.Code)
			if ok {
				t.Error("found by its code")
			}
			return err
		})
		if got, _ := search(t, s, storage.Filter{Text: st.Code}); got != "" {
			t.Errorf("found %s", got)
		}
	})
}
