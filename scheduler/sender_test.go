package scheduler_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestMain(m *testing.M) { storagetest.Main(m) }

// Everything that a platform may answer, and the state that it ends in. The clock passes an hour after each round.
func TestWhateverThePlatformAnswersEndsInTheRightState(t *testing.T) {
	cut, garbage := telegramtest.Fault{Cut: true, Done: true}, telegramtest.Fault{Done: true, Body: "<oops"}
	for name, c := range map[string]struct {
		answers  func(n int) *telegramtest.Fault
		again    bool // may be sent twice
		rounds   int  // after the first
		state    storage.DeliveryState
		attempts int64
		received int
	}{
		"taken":                        {answers: nil, state: storage.DeliverySent, received: 1},
		"429, then taken":              {answers: telegramtest.First(2, telegramtest.TooMany(1)), state: storage.DeliverySent, received: 1},
		"500, then taken":              {answers: telegramtest.First(1, telegramtest.Refuse(500, "Internal Server Error")), rounds: 1, state: storage.DeliverySent, attempts: 1, received: 1},
		"a proxy's 502, then taken":    {answers: telegramtest.First(2, telegramtest.Page(http.StatusBadGateway)), rounds: 2, state: storage.DeliverySent, attempts: 2, received: 1},
		"502 for ever":                 {answers: telegramtest.Always(telegramtest.Page(http.StatusBadGateway)), rounds: 9, state: storage.DeliveryFailed, attempts: 8},
		"401, then taken":              {answers: telegramtest.First(1, telegramtest.Refuse(401, "Unauthorized")), rounds: 1, state: storage.DeliverySent, attempts: 1, received: 1},
		"cut, but taken":               {answers: telegramtest.First(1, cut), rounds: 1, state: storage.DeliveryUnknown, received: 1},
		"cut, and not taken":           {answers: telegramtest.First(1, telegramtest.Fault{Cut: true}), rounds: 1, state: storage.DeliveryUnknown},
		"cut, sent again":              {answers: telegramtest.First(1, cut), again: true, rounds: 1, state: storage.DeliverySent, attempts: 1, received: 2},
		"cut for ever, sent again":     {answers: telegramtest.Always(cut), again: true, rounds: 5, state: storage.DeliveryUnknown, attempts: 3, received: 4},
		"no answer, but taken":         {answers: telegramtest.First(1, telegramtest.Fault{Hang: true, Done: true}), state: storage.DeliveryUnknown, received: 1},
		"an answer that is no JSON":    {answers: telegramtest.First(1, garbage), state: storage.DeliveryUnknown, received: 1},
		"403 blocked":                  {answers: telegramtest.Always(telegramtest.Refuse(403, "Forbidden: bot was blocked by the user")), state: storage.DeliveryUnreachable},
		"403 deactivated":              {answers: telegramtest.Always(telegramtest.Refuse(403, "Forbidden: user is deactivated")), state: storage.DeliveryUnreachable},
		"400 chat not found":           {answers: telegramtest.Always(telegramtest.Refuse(400, "Bad Request: chat not found")), state: storage.DeliveryUnreachable},
		"400 anything else":            {answers: telegramtest.Always(telegramtest.Refuse(400, "Bad Request: can't parse entities")), state: storage.DeliveryFailed},
		"413 too large":                {answers: telegramtest.Always(telegramtest.Refuse(413, "Request Entity Too Large")), state: storage.DeliveryFailed},
		"429 without a time, as HTML":  {answers: telegramtest.First(1, telegramtest.Page(http.StatusTooManyRequests)), state: storage.DeliverySent, received: 1},
		"200 that says no, odd answer": {answers: telegramtest.First(1, telegramtest.Fault{Body: `{"ok":false}`}), rounds: 1, state: storage.DeliverySent, attempts: 1, received: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			p := w.person("Lê Thị Bình")
			w.server.Fail("sendMessage", c.answers)
			w.notify(p, "review/1", func(n *storage.Notice) { n.Again, n.Hours = c.again, storage.AnyHour })
			w.deliver()
			for range c.rounds {
				w.pass(time.Hour)
				w.deliver()
			}
			row := w.row(p)
			if row["state"] != string(c.state) || row["attempts"] != c.attempts {
				t.Errorf("%v after %v attempts (%v), want %v after %d", row["state"], row["attempts"], row["reason"], c.state, c.attempts)
			}
			if p.Received() != c.received {
				t.Errorf("%d messages came, want %d", p.Received(), c.received)
			}
			for i, m := range p.onTelegram().Inbox() {
				if marked := strings.HasPrefix(m.Text, "(Gửi lại"); marked != (i > 0) {
					t.Errorf("message %d: %q", i, m.Text)
				}
			}
		})
	}
}
