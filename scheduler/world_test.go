package scheduler_test

import (
	"cmp"
	"context"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/bot/webchat"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// patience is far more than anything here takes.
const patience = 5 * time.Minute

var vietnam = time.FixedZone("ICT", 7*60*60)

// morning is a Tuesday, 09:00.
var morning = time.Date(2026, time.December, 1, 9, 0, 0, 0, vietnam)

// world is a database, a fake Telegram, a web chat and a clock that moves when told.
type world struct {
	t        *testing.T
	store    *storage.Store
	server   *telegramtest.Server
	zalo     *zalotest.Server // nil: people are on Telegram
	channels []bot.Channel
	rate     float64
	budget   int               // of messages at a charge on Zalo
	owner    string            // of the next process; "": a new one
	sender   *scheduler.Sender // started last

	mu  sync.Mutex
	now time.Time
}

func newWorld(t *testing.T, s *storage.Store) *world {
	t.Helper()
	w := &world{t: t, store: s, server: telegramtest.New(), rate: 500, now: morning}
	t.Cleanup(w.server.Close)
	platform, err := telegram.New(t.Context(), telegram.Config{Token: telegramtest.Token, APIURL: w.server.URL})
	if err != nil {
		t.Fatal(err)
	}
	page := webchat.New(webchat.Config{Name: "web", Path: "/chat", Can: webchat.Abilities(), Log: storage.NewWebLog(s)})
	w.channels = []bot.Channel{platform, page}
	return w
}

// inEachWorld runs a test on both databases.
func inEachWorld(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) { test(t, newWorld(t, s)) })
}

// onEachPlatform runs a test on both databases, with people on Telegram and with people on Zalo.
func onEachPlatform(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	t.Run("Telegram", func(t *testing.T) { inEachWorld(t, test) })
	t.Run("Zalo", func(t *testing.T) {
		inEachWorld(t, func(t *testing.T, w *world) {
			w.zalo = w.openZalo(false)
			test(t, w)
		})
	})
}

// sends is how often a platform was asked to send.
func (w *world) sends() int {
	if w.zalo != nil {
		return w.zalo.Calls(zalotest.PathMessage)
	}
	return w.server.Calls("sendMessage")
}

func openSQLite(t *testing.T) *storage.Store {
	t.Helper()
	return storagetest.Open(t, storagetest.SQLiteURL(t))
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) set(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

func (w *world) pass(d time.Duration) { w.set(w.clock().Add(d)) }

// start has a process send, until the returned function is called.
func (w *world) start() (stop func()) {
	w.sender = scheduler.NewSender(scheduler.SenderConfig{
		Store: w.store, Channels: w.channels, Rates: map[string]float64{"telegram": w.rate, "web": w.rate, "zalo": w.rate}, Budgets: map[string]int{"zalo": w.budget},
		Owner: cmp.Or(w.owner, storage.NewSecret(8)), Clock: w.clock, Metrics: scheduler.NewSenderMetrics(prometheus.NewRegistry()),
	})
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { w.sender.Run(ctx) })
	return func() { cancel(); working.Wait() }
}

// deliver has a process send until nothing is due.
func (w *world) deliver() {
	w.t.Helper()
	stop := w.start()
	defer stop()
	w.eventually("the end of what is due", func() bool { return w.waiting() == 0 })
}

func (w *world) waiting() int {
	n, err := w.store.WaitingDeliveries(context.Background(), w.clock())
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *world) eventually(what string, happened func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(patience); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("%s never came", what)
		}
	}
}

// in runs f in a transaction.
func (w *world) in(f func(ctx context.Context, tx *storage.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), func(tx *storage.Tx) error { return f(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// person is somebody who agreed to be told of things.
type person struct {
	listener
	id   int64
	home bot.Address
}

// listener is a person on a fake platform.
type listener interface{ Received() int }

// onTelegram is the person there.
func (p person) onTelegram() *telegramtest.Person { return p.listener.(*telegramtest.Person) }

// person is on Telegram, unless this is a world of Zalo.
func (w *world) person(name string) person {
	w.t.Helper()
	if w.zalo != nil {
		p := w.personOnZalo(w.zalo, name)
		w.consent(p, true)
		return p
	}
	human := w.server.Person(name)
	human.Met()
	p := person{listener: human, home: bot.Address{Channel: "telegram", Chat: human.Chat()}}
	w.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		p.id, err = storage.EnsurePerson(ctx, tx, p.home, w.clock())
		return err
	})
	w.consent(p, true)
	return p
}

func (w *world) people(n int) []person {
	list := make([]person, n)
	for i := range list {
		list[i] = w.person("Nguyễn Văn An")
	}
	return list
}

func (w *world) consent(p person, given bool) {
	w.t.Helper()
	w.pass(time.Millisecond)
	w.in(func(ctx context.Context, tx *storage.Tx) error {
		return storage.AddConsent(ctx, tx, storage.Consent{
			Person: p.id, Purpose: storage.Announcements, Given: given, From: p.home, MessageID: storage.NewSecret(6), At: w.clock(),
		})
	})
}

// notify queues a notice for a person under a source.
func (w *world) notify(p person, source string, change func(*storage.Notice)) {
	w.t.Helper()
	n := storage.Notice{Source: source, Person: p.id, Queue: storage.QueueNotices, Message: bot.Outgoing{Text: source}}
	if change != nil {
		change(&n)
	}
	w.in(func(ctx context.Context, tx *storage.Tx) error { return storage.Notify(ctx, tx, n, w.clock()) })
}

// announce has something told to people from now on.
func (w *world) announce(people []person, urgent bool) int64 {
	w.t.Helper()
	ids := []int64{}
	for _, p := range people {
		ids = append(ids, p.id)
	}
	a := storage.Announcement{
		Draft: storage.NewSecret(10), Category: "event", StartAt: w.clock().UnixMilli(), Urgent: urgent,
		Message: storage.Message{Outgoing: bot.Outgoing{Text: "Ngày hội khởi nghiệp"}},
	}
	w.in(func(ctx context.Context, tx *storage.Tx) error {
		if err := storage.AddAnnouncement(ctx, tx, &a, w.clock()); err != nil {
			return err
		}
		_, err := storage.LaunchAnnouncement(ctx, tx, a, ids, w.clock())
		return err
	})
	return a.ID
}

func (w *world) progress(id int64) (p storage.Progress) {
	w.t.Helper()
	w.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		p, err = storage.ProgressOf(ctx, tx, id)
		return err
	})
	return p
}

// row is the ledger's row about a person; there must be one.
func (w *world) row(p person) storage.Row {
	w.t.Helper()
	data, err := w.store.DataAt(w.t.Context(), p.home)
	if err != nil || len(data["deliveries"]) != 1 {
		w.t.Fatalf("%d rows, %v", len(data["deliveries"]), err)
	}
	return data["deliveries"][0]
}
