package storage_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/handlers/founder"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// What stands in every text that the people of these tests give: in names and texts, and in phone numbers.
const (
	mark      = "zyqxwv"
	markPhone = "987600123"
)

var (
	first  = bot.Address{Channel: "web", Chat: "1111"}
	second = bot.Address{Channel: "other", Chat: "2222"} // of the same person
)

// world is one or two replicas on one database, perhaps with Redis, and a folder of files.
type world struct {
	t       *testing.T
	url     string
	dir     string
	redis   *storagetest.Redis // nil: none
	store   *storage.Store
	files   *storage.Files
	late    atomic.Int64 // how far the clock runs ahead, in nanoseconds
	engines []*handlers.Engine
	dialogs []*counting
	web     *channel
	other   *channel
	ids     int
}

func newWorld(t *testing.T, url string, redis *storagetest.Redis, replicas int) *world {
	t.Helper()
	w := &world{t: t, url: url, dir: t.TempDir(), redis: redis, store: storagetest.Open(t, url)}
	w.store.At(w.now)
	w.files = storage.NewFiles(w.dir, w.store)
	w.web = &channel{name: "web", log: storage.NewWebLog(w.store)}
	w.other = &channel{name: "other"}
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	for i := range replicas {
		d := &counting{Dialogs: storage.NewDialogs(w.store)}
		owner := strconv.Itoa(i)
		if redis != nil {
			rd, err := storage.NewRedisDialogs(w.store, redis.URL(), owner)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = rd.Close() })
			d.Dialogs, d.redis = rd, rd
		}
		router := handlers.NewRouter("", founder.Register(places, calendar), founder.Announcements(), founder.MyData(places), founder.Erase())
		e := handlers.NewEngine(handlers.Config{
			Channels: []bot.Channel{w.web, w.other}, Dialogs: d, Store: w.store, Files: w.files, Router: router, Owner: owner,
			Clock: w.now, Metrics: handlers.NewMetrics(prometheus.NewRegistry()),
		})
		<-w.store.StayAlive(t.Context(), owner)
		t.Cleanup(func() {
			done, cancel := context.WithCancel(context.Background())
			cancel()
			e.Close(done)
		})
		w.engines, w.dialogs = append(w.engines, e), append(w.dialogs, d)
	}
	return w
}

// onEachStorage runs a test on a world of each kind.
func onEachStorage(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("sqlite", func(t *testing.T) { test(t, newWorld(t, storagetest.SQLiteURL(t), nil, 1)) })
	t.Run("postgres and redis", func(t *testing.T) { test(t, newWorld(t, storagetest.PostgresURL(t), storagetest.NewRedis(t), 1)) })
}

func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.late.Load())) }

func (w *world) pass(d time.Duration) { w.late.Add(int64(d)) }

// says hands in what is typed, or with a colon in it pressed, at a replica, and yields when it is settled.
func (w *world) says(replica int, a bot.Address, what string) <-chan error {
	w.ids++
	in := bot.Incoming{ID: "m" + strconv.Itoa(w.ids), From: a, Private: true, Name: "An " + mark, Text: what}
	if strings.Contains(what, ":") {
		in.Text, in.Button = "", what
	}
	return w.engines[replica].Accept(in)
}

// does hands everything in, one after another, and waits for it.
func (w *world) does(a bot.Address, what ...string) {
	w.t.Helper()
	for _, one := range what {
		if err := <-w.says(0, a, one); err != nil {
			w.t.Fatalf("%q: %v", one, err)
		}
	}
}

// yes is the button that erases everything.
func (w *world) yes() string { return "xoa:" + strconv.FormatInt(w.now().Unix(), 10) }

func (w *world) inTx(f func(ctx context.Context, tx *storage.Tx) error) {
	w.t.Helper()
	if err := w.store.InTx(w.t.Context(), func(tx *storage.Tx) error { return f(w.t.Context(), tx) }); err != nil {
		w.t.Fatal(err)
	}
}

// settled waits until no errand is left and every reply is sent.
func (w *world) settled() {
	w.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		w.engines[0].Sweep()
		w.drain()
		errands, err := w.store.Errands(w.t.Context())
		due, err2 := w.dialogs[0].Unsent(w.t.Context(), w.now().Add(time.Hour))
		if err == nil && err2 == nil && len(errands) == 0 && len(due) == 0 {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("not settled: %d errands, %d chats with unsent replies, %v, %v", len(errands), len(due), err, err2)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// drain brings the table up to Redis, by the last replica.
func (w *world) drain() { w.drainBy(len(w.dialogs) - 1) }

func (w *world) drainBy(replica int) {
	w.t.Helper()
	rd := w.dialogs[replica].redis
	if rd == nil {
		return
	}
	if err := rd.Drain(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// places lists everywhere a mark stands: columns, keys of Redis and files.
func (w *world) places() []string {
	w.t.Helper()
	found := append(marked(w.t, w.url, mark, markPhone), markedFiles(w.t, w.dir, mark)...)
	if w.redis != nil {
		found = append(found, markedInRedis(w.t, w.redis, mark, markPhone)...)
	}
	return found
}

// counting tells of loads.
type counting struct {
	handlers.Dialogs
	redis *storage.RedisDialogs // nil: none
	mu    sync.Mutex
	seen  func()
}

func (c *counting) onLoad(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen = f
}

func (c *counting) Load(ctx context.Context, a bot.Address) (*storage.Dialog, error) {
	d, err := c.Dialogs.Load(ctx, a)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen != nil {
		c.seen()
	}
	return d, err
}

// channel is a platform that keeps what is sent in a log of ours, if it has one.
type channel struct {
	name string
	log  *storage.WebLog
	mu   sync.Mutex
	hook func(m bot.Outgoing) error // what happens while a message is being sent; nil: nothing
	sent []bot.Outgoing
}

func (c *channel) during(hook func(m bot.Outgoing) error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hook = hook
}

func (c *channel) Name() string { return c.name }
func (c *channel) Can() bot.Abilities {
	return bot.Abilities{TextLimit: 4000, ButtonLimit: 20, Files: c.log != nil}
}
func (c *channel) Receive(*http.Request) ([]bot.Incoming, error) { return nil, bot.ErrForged }

func (c *channel) Send(ctx context.Context, chat string, m bot.Outgoing) (string, error) {
	c.mu.Lock()
	hook := c.hook
	c.mu.Unlock()
	if hook != nil {
		if err := hook(m); err != nil {
			return "", err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sent = append(c.sent, m)
	if c.log == nil {
		return strconv.Itoa(len(c.sent)), nil
	}
	seq, err := c.log.Append(ctx, chat, bot.Entry{Key: "out:" + storage.NewSecret(20), At: time.Now(), Outgoing: m})
	return strconv.FormatInt(seq, 10), err
}

func (c *channel) all() []bot.Outgoing {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.sent)
}

func (c *channel) last() bot.Outgoing { return c.all()[len(c.all())-1] }

var errJammed = errors.New("502")
