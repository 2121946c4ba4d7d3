package scheduler_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// What becomes of a notice to somebody on Zalo, by how long ago they wrote there and what else there is.
func TestNoticeTakesTheFirstWayThatIsOpen(t *testing.T) {
	for name, c := range map[string]struct {
		idle      time.Duration
		budget    int
		templates bool
		broke     bool // nothing is paid for at Zalo
		telegram  bool // there is another chat
		state     storage.DeliveryState
		mode      string
		channel   string
		reason    string
	}{
		"wrote an hour ago":                 {idle: time.Hour, templates: true, budget: 5, state: storage.DeliverySent, channel: "zalo"},
		"three days ago, at a charge":       {idle: 72 * time.Hour, templates: true, budget: 5, state: storage.DeliverySent, mode: "paid", channel: "zalo"},
		"three days ago, without a budget":  {idle: 72 * time.Hour, templates: true, state: storage.DeliverySent, mode: "template", channel: "zalo"},
		"twenty days ago":                   {idle: 20 * 24 * time.Hour, templates: true, budget: 5, state: storage.DeliverySent, mode: "template", channel: "zalo"},
		"twenty days ago, no templates":     {idle: 20 * 24 * time.Hour, budget: 5, state: storage.DeliveryUnreachable, channel: "zalo", reason: storage.WindowClosed},
		"twenty days ago, another chat":     {idle: 20 * 24 * time.Hour, budget: 5, telegram: true, state: storage.DeliverySent, channel: "telegram"},
		"Zalo's quota is used up":           {idle: 20 * 24 * time.Hour, templates: true, broke: true, state: storage.DeliveryUnreachable, channel: "zalo", reason: storage.WindowClosed},
		"used up, but there is another way": {idle: 20 * 24 * time.Hour, templates: true, broke: true, telegram: true, state: storage.DeliverySent, channel: "telegram"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, openSQLite(t))
			p, platform := w.onZalo(c.templates)
			if !c.broke {
				platform.Buy(10, 10)
			}
			w.budget = c.budget
			if c.telegram {
				other := w.person("Lê Văn An")
				w.in(func(ctx context.Context, tx *storage.Tx) error {
					if _, err := storage.JoinPeople(ctx, tx, p.home, other.home, w.clock()); err != nil {
						return err
					}
					return storage.Prefer(ctx, tx, p.home, w.clock())
				})
			}
			w.pass(c.idle)
			platform.Advance(c.idle)
			w.notify(p, "review/1", func(n *storage.Notice) { n.Hours = storage.AnyHour })
			w.deliver()
			row := w.row(p)
			got := []any{row["state"], row["channel"], row["reason"]}
			if want := []any{string(c.state), c.channel, c.reason}; !slices.Equal(got, want) || c.state == storage.DeliverySent && row["mode"] != c.mode {
				t.Errorf("got %v by %q, want %v by %q", got, row["mode"], want, c.mode)
			}
		})
	}
}

// onZalo gives somebody on a fake Zalo of their own who just wrote.
func (w *world) onZalo(templates bool) (person, *zalotest.Server) {
	w.t.Helper()
	platform := w.openZalo(templates)
	return w.personOnZalo(platform, "Lê Văn An"), platform
}

// openZalo adds a fake Zalo to the channels.
func (w *world) openZalo(templates bool) *zalotest.Server {
	w.t.Helper()
	platform := zalotest.New()
	w.t.Cleanup(platform.Close)
	cfg := zalo.Config{
		AppID: zalotest.AppID, AppSecret: zalotest.AppSecret, OASecret: zalotest.OASecret, RefreshToken: platform.RefreshToken(),
		APIURL: platform.URL, OAuthURL: platform.URL, TemplateURL: platform.URL, Tokens: &grants{}, Uploads: noUploads{}, Clock: platform.Now,
	}
	if templates {
		cfg.Templates = map[string]string{storage.AnyNews: "T1"}
		platform.SetTemplate("T1", zalotest.Template{Params: map[string]int{"tieu_de": 30}})
	}
	channel, err := zalo.New(w.t.Context(), cfg)
	if err != nil {
		w.t.Fatal(err)
	}
	w.channels = append(w.channels, channel)
	return platform
}

// personOnZalo is somebody who just wrote there.
func (w *world) personOnZalo(platform *zalotest.Server, name string) person {
	w.t.Helper()
	human := platform.Person(name)
	human.Met()
	p := person{listener: human, home: bot.Address{Channel: "zalo", Chat: human.Chat()}}
	w.in(func(ctx context.Context, tx *storage.Tx) (err error) {
		p.id, err = storage.EnsurePerson(ctx, tx, p.home, w.clock())
		return err
	})
	dialogs := storage.NewDialogs(w.store)
	d, err := dialogs.Load(w.t.Context(), p.home)
	if err == nil {
		d.At = w.clock().UnixMilli()
		err = dialogs.Save(w.t.Context(), d)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// grants keeps the tokens of one process.
type grants struct {
	mu    sync.Mutex
	grant zalo.Grant
}

func (g *grants) Grant(context.Context) (zalo.Grant, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.grant, nil
}

func (g *grants) Refresh(ctx context.Context, due func(zalo.Grant) bool, exchange func(context.Context, zalo.Grant) (zalo.Grant, error)) (zalo.Grant, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !due(g.grant) {
		return g.grant, nil
	}
	fresh, err := exchange(ctx, g.grant)
	if err == nil {
		g.grant = fresh
	}
	return fresh, err
}

type noUploads struct{}

func (noUploads) Upload(context.Context, string, time.Time) (string, error) { return "", nil }

func (noUploads) KeepUpload(context.Context, string, string, time.Time) error { return nil }
