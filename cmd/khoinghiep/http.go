package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"khoinghiep/bot"
	"khoinghiep/handlers/pages"
)

// How long a webhook call is held open for its turn, unless the channel says otherwise. Telegram itself waits longer; what is
// not settled by then goes on, and is recognised when it is delivered again.
const hookTimeout = 25 * time.Second

func hookPatience(ch bot.Channel) time.Duration {
	if hurried, ok := ch.(bot.Hurried); ok {
		return hurried.Patience()
	}
	return hookTimeout
}

func (a *app) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(a.metrics, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /f/{id}/{expires}/{signature}", a.file)
	mux.Handle("GET /m/{code}", a.codePage())
	mux.Handle("GET /tb/{code}", pages.NewAnnouncement(pages.Announcement{Store: a.store, Links: a.links, Clock: a.engine.Clock}))
	a.eventRoutes(mux)
	if a.config.demo {
		a.demoRoutes(mux)
	}
	a.zaloRoutes(mux)
	for _, ch := range a.channels {
		mux.Handle("POST /hooks/"+ch.Name(), a.hook(ch))
		if site, ok := ch.(bot.Site); ok {
			page := site.Handler(a.engine.Accept)
			mux.Handle(site.Path(), page)
			mux.Handle(site.Path()+"/", page)
		}
	}
	return mux
}

// ready answers 200 when everything a turn needs answers. That Zalo does not let us write any more is told in the body alone:
// the other channels go on, and a replica that is taken out would mend nothing.
func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	err := a.store.Ping(ctx)
	if err == nil && a.redis != nil {
		err = a.redis.Ping(ctx)
	}
	if err != nil {
		slog.Warn("not ready", "error", err)
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
	if a.zalo != nil {
		if err := a.zalo.Health(ctx); err != nil {
			fmt.Fprintln(w, err)
		}
	}
}

// hook takes webhook calls: 200 only once every update in the call is settled.
func (a *app) hook(ch bot.Channel) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		updates, err := ch.Receive(r)
		switch {
		case errors.Is(err, bot.ErrForged):
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		case err != nil:
			slog.Warn("a webhook call was not understood", "channel", ch.Name(), "error", err)
			http.Error(w, "bad request", http.StatusBadRequest)
			return
		}
		settled := make([]<-chan error, len(updates))
		for i, in := range updates {
			settled[i] = a.engine.Accept(in)
		}
		deadline := time.After(hookPatience(ch))
		for _, done := range settled {
			select {
			case err = <-done:
			case <-deadline:
				err = context.DeadlineExceeded
			}
			if err != nil {
				http.Error(w, "later", http.StatusServiceUnavailable)
				return
			}
		}
	}
}

// measure adds what is read at the moment it is asked for.
func (a *app) measure() {
	a.metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "khoinghiep_updates_waiting", Help: "Updates that wait for their turn.",
	}, func() float64 { return float64(a.engine.Waiting()) }))
	a.metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "khoinghiep_deliveries_waiting", Help: "Deliveries that may be sent now, or are on their way; -1: the database does not answer.",
	}, a.waitingDeliveries))
	if a.redis != nil {
		a.metrics.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "khoinghiep_draft_lag_seconds", Help: "Age of the oldest change of a dialog that may be in Redis only.",
		}, func() float64 { return a.redis.Lag().Seconds() }))
	}
}

func (a *app) waitingDeliveries() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	n, err := a.store.WaitingDeliveries(ctx, a.engine.Clock())
	if err != nil {
		return -1
	}
	return float64(n)
}
