package founder_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/handlers/founder"
	"khoinghiep/handlers/staff"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// talk is a running engine, and a channel on which a test is everybody.
type talk struct {
	t       *testing.T
	store   *storage.Store
	files   *storage.Files
	engine  *handlers.Engine
	updates atomic.Int64              // each is a millisecond later than the one before
	said    map[string][]bot.Outgoing // by chat
	content map[string]io.Reader      // of files that people send, by the platform's id
}

func newTalk(t *testing.T) *talk {
	t.Helper()
	store := storagetest.Open(t, storagetest.SQLiteURL(t))
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	links, err := store.FileLinks(t.Context(), "https://bot.example")
	if err != nil {
		t.Fatal(err)
	}
	k := &talk{
		t: t, store: store, files: storage.NewFiles(t.TempDir(), store),
		said: map[string][]bot.Outgoing{}, content: map[string]io.Reader{},
	}
	k.engine = handlers.NewEngine(handlers.Config{
		Channels: []bot.Channel{k}, Dialogs: storage.NewDialogs(store), Store: store, Files: k.files, Links: links,
		Router: handlers.NewRouter("", founder.Register(places, calendar), founder.Mine(places, calendar), founder.Complete(places, calendar), founder.Withdraw(), staff.Documents()),
		Owner:  "test", Clock: k.now, Metrics: handlers.NewMetrics(prometheus.NewRegistry()),
	})
	t.Cleanup(func() { k.engine.Close(context.WithoutCancel(t.Context())) })
	return k
}

func (k *talk) now() time.Time {
	return time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC).Add(time.Duration(k.updates.Load()) * time.Millisecond)
}

func (*talk) Name() string                                  { return "talk" }
func (*talk) Can() bot.Abilities                            { return bot.Abilities{TextLimit: 4000, ButtonLimit: 50, Files: true} }
func (*talk) Receive(*http.Request) ([]bot.Incoming, error) { return nil, bot.ErrForged }

func (k *talk) Send(_ context.Context, chat string, m bot.Outgoing) (string, error) {
	k.said[chat] = append(k.said[chat], m)
	return "", nil
}

func (k *talk) Download(_ context.Context, f bot.File) (io.ReadCloser, error) {
	content, ok := k.content[f.ID]
	if !ok {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(content), nil
}

// does hands in what somebody did, and gives what the bot said to it. Handed in a second time, it is settled only when all
// replies to the first are out.
func (k *talk) does(who string, in bot.Incoming) string {
	k.t.Helper()
	in.ID, in.Private, in.From = strconv.FormatInt(k.updates.Add(1), 10), true, k.address(who)
	k.said[who] = nil
	first, again := k.engine.Accept(in), k.engine.Accept(in)
	if err := errors.Join(<-first, <-again); err != nil {
		k.t.Fatal(err)
	}
	texts := []string{}
	for _, m := range k.said[who] {
		texts = append(texts, m.Body())
		for _, b := range m.Buttons {
			texts = append(texts, "["+b.Label+"]")
		}
	}
	return strings.Join(texts, "\n")
}

func (k *talk) types(who, text string) string { return k.does(who, bot.Incoming{Text: text}) }

func (k *talk) presses(who, data string) string { return k.does(who, bot.Incoming{Button: data}) }

// registers goes through a registration and gives the startup.
func (k *talk) registers(who, project string) storage.Startup {
	k.t.Helper()
	for _, text := range []string{"đăng ký", "1", "Lê Văn An", "0912345678", "Ba Vinh", project, "1", "1", "gửi"} {
		k.types(who, text)
	}
	own := k.startups(who)
	if len(own) == 0 {
		k.t.Fatal("nothing was registered")
	}
	return own[len(own)-1]
}

func (k *talk) startups(who string) []storage.Startup {
	k.t.Helper()
	own, err := k.store.StartupsAt(k.t.Context(), k.address(who))
	if err != nil {
		k.t.Fatal(err)
	}
	return own
}

// joins makes somebody staff, by an invitation.
func (k *talk) joins(who string) {
	k.t.Helper()
	code, err := k.store.Invite(k.t.Context(), storage.Staff, k.now(), k.now().Add(time.Hour))
	if err != nil {
		k.t.Fatal(err)
	}
	k.types(who, code)
}

// inTx changes storage behind the conversations' back.
func (k *talk) inTx(f func(tx *storage.Tx) error) {
	k.t.Helper()
	if err := k.store.InTx(k.t.Context(), f); err != nil {
		k.t.Fatal(err)
	}
}

// read gives the one text that a query finds.
func (k *talk) read(query string) (text string) {
	k.t.Helper()
	k.inTx(func(tx *storage.Tx) error { return tx.GetContext(k.t.Context(), &text, query) })
	return text
}

func (k *talk) address(who string) bot.Address { return bot.Address{Channel: k.Name(), Chat: who} }
