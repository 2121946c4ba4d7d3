package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalobot"
	"khoinghiep/handlers"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// app is the running service, as a value that tests start as well.
type app struct {
	config   config
	store    *storage.Store
	redis    *storage.RedisDialogs // nil: dialogs are in the database alone
	engine   *handlers.Engine
	sender   *scheduler.Sender
	channels []bot.Channel
	telegram *telegram.Channel // nil: not configured, as those below
	zalo     *zalo.Channel
	zaloBot  *zalobot.Channel
	weblog   *storage.WebLog
	files    *storage.Files
	links    *storage.FileLinks
	agencies clockwork
	metrics  *prometheus.Registry
	jobRuns  *prometheus.CounterVec // see scheduler.NewRuns
	listener net.Listener
}

// Zone is where deadlines are.
const zone = "Asia/Ho_Chi_Minh"

// newApp opens everything that the service stands on, and starts listening; run starts the work. The clock is time.Now but
// in tests. Extra channels join those that are configured.
func newApp(ctx context.Context, cfg config, clock func() time.Time, extra ...bot.Channel) (_ *app, err error) {
	a := &app{config: cfg, channels: extra, metrics: prometheus.NewRegistry()} // not the result: that is nil where release is needed
	defer func() {
		if err != nil {
			a.release()
		}
	}()
	if a.store, err = storage.Open(ctx, cfg.databaseURL); err != nil {
		return nil, err
	}
	if err = a.store.Migrate(ctx); err != nil {
		return nil, err
	}
	a.files = storage.NewFiles(cfg.filesDir, a.store)
	if a.links, err = a.store.FileLinks(ctx, cfg.publicURL); err != nil {
		return nil, err
	}
	tz, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("load time zone: %w", err)
	}
	now := func() time.Time { return clock().In(tz) }
	if err = a.openChannels(ctx, now); err != nil {
		return nil, err
	}
	if err = a.openEngine(ctx, now); err != nil {
		return nil, err
	}
	if cfg.demo {
		if err = a.addSamples(ctx, now()); err != nil {
			return nil, err
		}
	}
	if a.listener, err = (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.httpAddr); err != nil {
		return nil, fmt.Errorf("listen on %s: %w", cfg.httpAddr, err)
	}
	return a, nil
}

func (a *app) openChannels(ctx context.Context, now func() time.Time) error {
	a.openWebChat()
	if err := a.openTelegram(ctx); err != nil {
		return err
	}
	if err := a.openZalo(ctx, now); err != nil {
		return err
	}
	return a.openZaloBot(ctx, now)
}

func (a *app) openTelegram(ctx context.Context) (err error) {
	if a.config.telegramToken == "" {
		return nil
	}
	a.telegram, err = telegram.New(ctx, telegram.Config{
		Token: a.config.telegramToken, APIURL: a.config.telegramAPI, Secret: a.config.telegramSecret, Logger: slog.Default(),
	})
	if err != nil {
		return fmt.Errorf("open Telegram: %w", err)
	}
	a.channels = append(a.channels, a.telegram)
	return nil
}

func (a *app) openEngine(ctx context.Context, now func() time.Time) error {
	places, err := plan.Places()
	if err != nil {
		return err
	}
	if a.agencies, err = newClockwork(ctx, a.config, a.store, now()); err != nil {
		return err
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		return err
	}
	owner := storage.NewSecret(8)
	var dialogs handlers.Dialogs = storage.NewDialogs(a.store)
	if a.config.redisURL != "" {
		if a.redis, err = storage.NewRedisDialogs(a.store, a.config.redisURL, owner); err != nil {
			return err
		}
		dialogs = a.redis
	}
	a.sender = scheduler.NewSender(scheduler.SenderConfig{
		Store: a.store, Files: a.files, Links: a.links, Channels: a.channels, Rates: a.rates(), Budgets: map[string]int{"zalo": a.config.zalo.budget}, Owner: owner, Clock: now,
		Metrics: scheduler.NewSenderMetrics(a.metrics),
	})
	a.engine = handlers.NewEngine(handlers.Config{
		Channels: a.channels, Dialogs: dialogs, Store: a.store, Files: a.files, Links: a.links,
		Router: handlers.NewRouter(a.config.contact, conversations(a.config, places, a.agencies.plan, steps)...),
		Owner:  owner, Clock: now, Send: a.sender.Reply,
		Metrics: handlers.NewMetrics(a.metrics), PublicURL: a.config.publicURL, Ways: a.sender.Ways(),
	})
	a.jobRuns = scheduler.NewRuns(a.metrics)
	a.measure()
	return nil
}

// Stopping takes at most stopTurns for turns in hand, and what storage.RedisDialogs takes to drain.
const stopTurns = 5 * time.Second

// run works until ctx is done, then finishes the turns in hand, brings all dialogs to the database and lets go of everything.
func (a *app) run(ctx context.Context) error {
	defer a.release()
	draining, stopDraining := context.WithCancel(context.WithoutCancel(ctx))
	var inlets, drains sync.WaitGroup
	if a.redis != nil {
		drains.Go(func() { a.redis.Run(draining) })
	}
	select {
	case <-a.store.StayAlive(draining, a.engine.Owner):
	case <-time.After(stopTurns): // a replica of doubtful life may see its replies sent by another, too
	}
	server := &http.Server{
		Handler: a.routes(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx }, // answers without an end, such as web chats', end with ctx
	}
	if !a.config.still {
		inlets.Go(func() { a.schedule(ctx) })
		inlets.Go(func() { a.sender.Run(ctx) })
		inlets.Go(func() { a.watchZalo(ctx) })
	}
	inlets.Go(func() { a.weblog.Listen(ctx) })
	inlets.Go(func() { a.followPlan(ctx) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(a.listener) }()
	inlets.Go(func() { a.receive(ctx) }) // the server answers by now: Zalo tries a webhook before it takes it
	slog.Info("serving", "address", a.listener.Addr().String(), "postgres", a.store.Postgres(), "redis", a.redis != nil)

	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
		err = fmt.Errorf("serve HTTP: %w", err)
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTurns)
	defer cancel()
	a.engine.Close(stopping)
	_ = server.Shutdown(stopping)
	inlets.Wait()
	stopDraining()
	drains.Wait()
	return err
}

// release lets go of what newApp opened, as far as it came.
func (a *app) release() {
	if a.engine != nil {
		done, cancel := context.WithCancel(context.Background())
		cancel()
		a.engine.Close(done)
	}
	if a.redis != nil {
		_ = a.redis.Close()
	}
	if a.store != nil {
		_ = a.store.Close()
	}
}
