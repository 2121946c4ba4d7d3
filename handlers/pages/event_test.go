package pages_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"khoinghiep/bot"
	"khoinghiep/handlers/pages"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// hall is the pages of events, with one event and a guest of it.
type hall struct {
	t      *testing.T
	store  *storage.Store
	now    time.Time
	ticket string
	http.Handler
}

func newHall(t *testing.T) *hall {
	t.Helper()
	h := &hall{t: t, store: storagetest.Open(t, storagetest.SQLiteURL(t)), now: now}
	p := pages.NewEvents(pages.Events{
		Store: h.store, Clock: func() time.Time { return h.now }, Public: "https://bot.example", WebChat: true,
		Telegram: func(context.Context) string { return "https://t.me/a_bot" },
	})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sk/{code}", p.Event)
	mux.HandleFunc("GET /sk/{code}/lich.ics", p.Calendar)
	mux.HandleFunc("GET /ve/{ticket}", p.Ticket)
	mux.HandleFunc("GET /bc/{code}", p.Votable)
	h.Handler = mux
	h.change(func(tx *storage.Tx) error {
		e := storage.Event{
			Draft: "x", Agency: storage.Department, Name: "Ngày hội <khởi nghiệp>", Kind: "ngay_hoi", Place: "Hội trường A", Map: "https://maps.example/a",
			StartsAt: now.Add(48 * time.Hour).UnixMilli(), EndsAt: now.Add(51 * time.Hour).UnixMilli(), Capacity: 10,
		}
		if err := storage.AddEvent(t.Context(), tx, &e, now); err != nil {
			return err
		}
		id, err := storage.EnsurePerson(t.Context(), tx, bot.Address{Channel: "web", Chat: "1"}, now)
		if err != nil {
			return err
		}
		if err := storage.DescribePerson(t.Context(), tx, id, "Lê Văn An", "+84912345678"); err != nil {
			return err
		}
		g, _, err := storage.JoinEvent(t.Context(), tx, e.Code, id, nil, now)
		h.ticket = g.Ticket
		return err
	})
	return h
}

func (h *hall) change(change func(tx *storage.Tx) error) {
	h.t.Helper()
	if err := h.store.InTx(h.t.Context(), change); err != nil {
		h.t.Fatal(err)
	}
}

func (h *hall) open(path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, path, nil))
	return w
}

// expect opens a page, which must have some parts and lack others, and none of a person.
func (h *hall) expect(path string, status int, parts, lacks []string) *httptest.ResponseRecorder {
	h.t.Helper()
	w := h.open(path)
	body := w.Body.String()
	if w.Code != status {
		h.t.Errorf("%s: status %d", path, w.Code)
	}
	for _, part := range parts {
		if !strings.Contains(body, part) {
			h.t.Errorf("%s: no %q in\n%s", path, part, body)
		}
	}
	for _, part := range append(lacks, "Lê Văn An", "912345678", "<khởi") {
		if strings.Contains(body, part) {
			h.t.Errorf("%s: %q in\n%s", path, part, body)
		}
	}
	return w
}

func TestThePageOfAnEventTellsWhatIsOnAndNobodysName(t *testing.T) {
	h := newHall(t)
	ways := []string{"https://t.me/a_bot?start=sukien-SK-2026-0001", "/chat?start=sukien-SK-2026-0001", "/sk/SK-2026-0001/lich.ics"}
	h.expect("/sk/SK-2026-0001", http.StatusOK, append(ways, "Ngày hội &lt;khởi nghiệp&gt;", "Còn 9 chỗ.", "https://maps.example/a", "<strong>SK-2026-0001</strong>"), nil)
	h.expect("/sk/SK-2026-0002", http.StatusNotFound, []string{"Không có sự kiện này"}, ways)
	h.change(func(tx *storage.Tx) error {
		_, err := storage.CancelEvent(t.Context(), tx, "SK-2026-0001")
		return err
	})
	h.expect("/sk/SK-2026-0001", http.StatusOK, []string{"đã hủy"}, append(ways, "Còn 9 chỗ."))
}

func TestTheCalendarFileIsServed(t *testing.T) {
	h := newHall(t)
	w := h.open("/sk/SK-2026-0001/lich.ics")
	calendar, err := ical.NewDecoder(w.Body).Decode()
	if err != nil {
		t.Fatal(err)
	}
	start, err := calendar.Events()[0].DateTimeStart(time.UTC)
	if err != nil || !start.Equal(now.Add(48*time.Hour)) || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/calendar") {
		t.Errorf("starts at %s, %v, %s", start, err, w.Header())
	}
	h.expect("/sk/SK-2026-0002/lich.ics", http.StatusNotFound, nil, []string{"BEGIN:"})
}

// TestThePageOfATicketLeadsToTheDoor, by its picture and by links into the chat, and lets nobody in.
func TestThePageOfATicketLeadsToTheDoor(t *testing.T) {
	h := newHall(t)
	w := h.expect("/ve/"+h.ticket, http.StatusOK, []string{storage.ShowCode(h.ticket), "https://t.me/a_bot?start=soatve-" + h.ticket, "/chat?start=soatve-" + h.ticket}, nil)
	_, picture, _ := strings.Cut(w.Body.String(), "data:image/png;base64,")
	picture, _, _ = strings.Cut(picture, `"`)
	file, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(picture, "&#43;", "+"))
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(drawn)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := qrcode.NewQRCodeReader().Decode(bitmap, nil); err != nil || got.GetText() != "https://bot.example/ve/"+h.ticket {
		t.Errorf("the picture says %v, %v", got, err)
	}
	if policy := w.Header().Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers %v", w.Header())
	}
	arrived := 0
	h.change(func(tx *storage.Tx) error {
		return tx.GetContext(t.Context(), &arrived, `SELECT COUNT(*) FROM guests WHERE arrived_at > 0`)
	})
	if arrived != 0 {
		t.Error("a look at the page let somebody in")
	}
	for _, path := range []string{"/ve/BCFGHJKLMN", "/ve/x"} {
		h.expect(path, http.StatusNotFound, []string{"Không có vé này"}, []string{"Ngày hội"})
	}
}

func TestThePageOfAnEntryTellsItsNameAndTrackWhileThePublicVotes(t *testing.T) {
	h := newHall(t)
	c := storage.Competition{
		Agency: storage.Department, Name: "Cuộc thi", Definition: "{}", OpensAt: now.UnixMilli(), ClosesAt: now.Add(time.Hour).UnixMilli(), VoteAt: now.Add(72 * time.Hour).UnixMilli(),
	}
	e := storage.Entry{}
	h.change(func(tx *storage.Tx) (err error) {
		if err := storage.AddCompetition(t.Context(), tx, &c, now); err != nil {
			return err
		}
		st := storage.Startup{Draft: "x", Name: "Sả <khởi>", Place: "21500", Field: "so", Stage: "y_tuong"}
		if st.Person, err = storage.EnsurePerson(t.Context(), tx, bot.Address{Channel: "web", Chat: "1"}, now); err != nil {
			return err
		}
		if err := storage.AddStartup(t.Context(), tx, &st, now); err != nil {
			return err
		}
		came := storage.Arrival{At: now, Exact: true}
		if e, err = storage.BeginEntry(t.Context(), tx, c, st, storage.Profile{"mo_ta": "Bí mật"}, 1, came, now); err != nil {
			return err
		}
		e.Track, e.State = "Dự án", storage.EntrySubmitted
		return storage.SaveEntry(t.Context(), tx, c, &e, came, now)
	})
	path, ways := "/bc/"+e.VoteCode(), []string{"https://t.me/a_bot?start=binhchon-" + e.VoteCode(), "/chat?start=binhchon-" + e.VoteCode()}
	h.expect(path, http.StatusNotFound, []string{"Không có dự án này"}, append(ways, "Sả"))
	h.now = now.Add(2 * time.Hour)
	if err := h.store.Beat(t.Context(), h.now.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	h.expect(path, http.StatusOK, append(ways, "Sả &lt;khởi&gt;", "Cuộc thi · bảng Dự án", "<strong>"+e.VoteCode()+"</strong>", "Bình chọn trên Telegram"), []string{"Bí mật", e.Code})
	h.now = now.Add(72 * time.Hour)
	h.expect(path, http.StatusOK, []string{"Bình chọn đã kết thúc"}, append(ways, "Bí mật", e.Code))
	h.expect("/bc/BC-AAAAAAA", http.StatusNotFound, []string{"Không có dự án này"}, ways)
}
