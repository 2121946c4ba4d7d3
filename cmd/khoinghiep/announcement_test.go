package main

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// newsroom is a hall with people who have roles there, and one announcement at a time, to be sent tomorrow.
type newsroom struct {
	*hall
	latest string // code of the announcement written last
}

func openNewsroom(t *testing.T, cfg config, roles map[string]storage.Role) *newsroom {
	t.Helper()
	o := &newsroom{hall: openHall(t, cfg)}
	for chat, role := range roles {
		code, err := o.app.store.Invite(t.Context(), role, time.Now(), time.Now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		o.say(chat, code)
	}
	return o
}

// write composes an announcement for everybody, and waits for its card.
func (o *newsroom) write(chat string) {
	o.t.Helper()
	tomorrow := o.app.engine.Clock().AddDate(0, 0, 1).Format("02/01/2006")
	for _, text := range []string{"soạn thông báo", "Ngày hội", "Mời bạn đến.", "bỏ qua", "2", "tất cả", "không", "2", tomorrow, "9h", "xem trước"} {
		o.say(chat, text)
	}
	eventually(o.t, "the card", func() bool { return strings.HasPrefix(o.last(chat), "CHƯA GỬI") })
	o.latest = o.last(chat)[len("CHƯA GỬI · "):][:len("TB-2026-0001")]
}

// openCard shows the announcement to somebody.
func (o *newsroom) openCard(chat string) {
	o.t.Helper()
	o.say(chat, "các thông báo")
	o.press(chat, "Mở "+o.latest)
	eventually(o.t, "the card", func() bool { return strings.Contains(strings.Split(o.last(chat), "\n")[0], o.latest) })
}

// setPIN gives somebody the PIN 280519.
func (o *newsroom) setPIN(chat string) {
	for _, text := range []string{"mã pin", "280519", "280519"} {
		o.say(chat, text)
	}
}

// awaitApproved waits until somebody has a card that says that the announcement waits for its time. That one is to be approved
// may be told after it.
func (o *newsroom) awaitApproved(chat string) {
	o.t.Helper()
	const head = "ĐÃ DUYỆT, CHỜ ĐẾN GIỜ GỬI"
	eventually(o.t, head, func() bool {
		return slices.ContainsFunc(o.all(chat), func(text string) bool { return strings.HasPrefix(text, head+" · "+o.latest) })
	})
}

// recipients is how many deliveries there are of the announcement, in the state.
func (o *newsroom) recipients(state storage.DeliveryState) (n int) {
	o.t.Helper()
	o.change(func(tx *storage.Tx) error {
		return tx.GetContext(o.t.Context(), &n, `SELECT COUNT(*) FROM deliveries d JOIN announcements a ON a.id = d.queue WHERE a.code = $1 AND d.state = $2`, o.latest, state)
	})
	return n
}

func (o *newsroom) change(change func(tx *storage.Tx) error) {
	o.t.Helper()
	if err := o.app.store.InTx(o.t.Context(), change); err != nil {
		o.t.Fatal(err)
	}
}

// TestOneOfTwoWhoApproveAtOnceWins: both see the card and type their PIN at the same time; everybody is told once.
func TestOneOfTwoWhoApproveAtOnceWins(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		o := openNewsroom(t, empty(), map[string]storage.Role{"writer": storage.Staff, "one": storage.Approver, "other": storage.Approver})
		o.write("writer")
		o.press("writer", "Trình duyệt")
		both := []string{"one", "other"}
		for _, chat := range both {
			o.setPIN(chat)
			o.openCard(chat)
			o.press(chat, "Duyệt gửi")
		}
		var all sync.WaitGroup
		for _, chat := range both {
			all.Go(func() { o.say(chat, "280519") })
		}
		all.Wait()
		o.settle()
		late := 0
		for _, chat := range both {
			o.awaitApproved(chat)
			if strings.Contains(strings.Join(o.all(chat), "\n"), "mình chưa làm gì") {
				late++
			}
		}
		if n := o.recipients(storage.DeliveryQueued); late != 1 || n != 3 {
			t.Errorf("%d of two were late, %d recipients of 3", late, n)
		}
	})
}

// TestWhoWroteItApprovesOnlyAlone presses the button to approve as the author, who in a team of two has none.
func TestWhoWroteItApprovesOnlyAlone(t *testing.T) {
	t.Parallel()
	for approval, alone := range map[string]bool{approvalByOne: true, approvalByTwo: false} {
		t.Run(approval, func(t *testing.T) {
			t.Parallel()
			cfg := testConfig(storagetest.SQLiteURL(t), "")
			cfg.approval = approval
			o := openNewsroom(t, cfg, map[string]storage.Role{"boss": storage.Admin, "one": storage.Approver})
			o.write("boss")
			if !alone {
				o.setPIN("boss")
				o.press("boss", "Trình duyệt")
				o.openCard("boss")
				if o.button("boss", "Duyệt gửi") != "" {
					t.Error("the author is offered to approve")
				}
				o.openCard("one") // who has the button, which the author then forges
				o.do("boss", bot.Incoming{Button: o.button("one", "Duyệt gửi")})
				o.say("boss", "280519")
				o.settle()
				if n := o.recipients(storage.DeliveryQueued); n != 0 {
					t.Errorf("the author approved: %d recipients", n)
				}
				return
			}
			o.press("boss", "Duyệt gửi") // without a PIN
			o.awaitApproved("boss")
			if n := o.recipients(storage.DeliveryQueued); n != 2 {
				t.Errorf("%d recipients of 2", n)
			}
			o.write("boss")
			o.setPIN("boss")
			o.openCard("boss")
			o.press("boss", "Duyệt gửi")
			o.settle()
			if n := o.recipients(storage.DeliveryQueued); n != 0 {
				t.Error("the PIN was not asked for")
			}
			o.say("boss", "280519")
			o.awaitApproved("boss")
		})
	}
}

// TestWhatFailedIsSentAgainOnceAsked sends to those again whom the platform refused, and to nobody else.
func TestWhatFailedIsSentAgainOnceAsked(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.approval = approvalByOne
	o := openNewsroom(t, cfg, map[string]storage.Role{"boss": storage.Admin, "one": storage.Staff, "other": storage.Staff})
	o.write("boss")
	o.press("boss", "Duyệt gửi")
	o.awaitApproved("boss")
	o.change(func(tx *storage.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE deliveries SET state = CASE person_id WHEN $1 THEN 'failed' WHEN $2 THEN 'unknown' ELSE 'sent' END`,
			o.person("one"), o.person("other"))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(t.Context(), `UPDATE announcements SET state = 'done', finished_at = 1`)
		return err
	})
	o.openCard("one")
	o.press("one", "Gửi lại phần lỗi (1)")
	o.settle()
	if n := o.recipients(storage.DeliveryFailed); n != 1 {
		t.Error("sent again without being asked")
	}
	o.press("one", "Gửi lại cho 1 người")
	o.awaitApproved("one")
	if again, unknown := o.recipients(storage.DeliveryFailed), o.recipients(storage.DeliveryUnknown); again != 0 || unknown != 1 {
		t.Errorf("%d failed, %d unknown", again, unknown)
	}
}

// TestTheChatThatAsksForAnnouncementsIsWhereTheyGo asks in the older of two chats of one person.
func TestTheChatThatAsksForAnnouncementsIsWhereTheyGo(t *testing.T) {
	t.Parallel()
	o := openNewsroom(t, testConfig(storagetest.SQLiteURL(t), ""), nil)
	fillIn(o.hall, "old", "Lê Văn An")
	joinTo(o.hall, "new", o.code("old", func() { o.say("old", "/noi") }))
	o.settle()
	for _, chat := range []string{"new", "old"} {
		o.say(chat, "nhận thông báo")
		o.press(chat, "Có, báo cho tôi")
		o.settle()
		o.change(func(tx *storage.Tx) error {
			return storage.Notify(t.Context(), tx, storage.Notice{Source: chat, Person: o.person(chat), Message: bot.Outgoing{Text: "Tin cho " + chat}, Hours: storage.AnyHour}, time.Now())
		})
		eventually(t, "the notice in the chat "+chat, func() bool { return o.last(chat) == "Tin cho "+chat })
	}
}
