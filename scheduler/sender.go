package scheduler

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// SenderConfig is what a Sender works with.
type SenderConfig struct {
	Store    *storage.Store
	Files    *storage.Files
	Links    *storage.FileLinks
	Channels []bot.Channel
	Rates    map[string]float64 // messages a second, by the name of the channel
	Budgets  map[string]int     // messages a month that may go at a charge, by the name of the channel
	Owner    string             // names this process among the replicas
	Clock    func() time.Time   // in the time of the province
	Metrics  *SenderMetrics
}

// Sender delivers the ledger: one process sends the deliveries of a channel, as many at once as its rate needs. Replies to
// people who just wrote pass it, too, so that it knows how much is sent and what the platforms say.
type Sender struct {
	SenderConfig
	lines map[string]*line // by channel
}

// NewSender makes a sender; Run works.
func NewSender(c SenderConfig) *Sender {
	s := &Sender{SenderConfig: c, lines: map[string]*line{}}
	for _, ch := range c.Channels {
		s.lines[ch.Name()] = newLine(s, ch)
	}
	return s
}

// Run delivers until ctx is done, and returns when nothing is on its way any more.
func (s *Sender) Run(ctx context.Context) {
	if err := s.Store.AdoptDeliveries(ctx, s.names(), s.Clock()); err != nil && ctx.Err() == nil {
		slog.Error("deliveries of channels that are no more were not adopted", "error", err)
	}
	var all sync.WaitGroup
	all.Go(func() { s.tellReplies(ctx) })
	all.Go(func() { s.Store.HearSent(ctx, s.Owner, s.hear) })
	for _, l := range s.lines {
		all.Go(func() { l.run(ctx) })
	}
	all.Wait()
}

// Reply sends a message to somebody who waits for it, at once and ahead of everything in the ledger.
func (s *Sender) Reply(ctx context.Context, ch bot.Channel, chat string, m bot.Outgoing) (messageID string, err error) {
	l := s.lines[ch.Name()]
	l.pace.took(1)
	l.replied.Add(1)
	messageID, err = ch.Send(ctx, chat, m)
	l.heed(err)
	return messageID, err //nolint:wrapcheck // the channel says what was being done
}

// Ways are what the channels let us do.
func (s *Sender) Ways() []storage.Way {
	list := make([]storage.Way, len(s.Channels))
	for i, ch := range s.Channels {
		list[i] = storage.Way{Channel: ch.Name(), Free: ch.Can().Free, Window: ch.Can().Window, Budget: s.Budgets[ch.Name()]}
		if t, ok := ch.(bot.Templater); ok {
			list[i].Template = t.HasTemplate
		}
	}
	return list
}

func (s *Sender) names() []string {
	names := make([]string, len(s.Channels))
	for i, ch := range s.Channels {
		names[i] = ch.Name()
	}
	return names
}

// heed obeys a platform that asks to wait.
func (l *line) heed(err error) {
	var limited *bot.RateLimited
	if errors.As(err, &limited) {
		l.pace.hold(max(limited.After, time.Second))
	}
}

// SenderMetrics counts what becomes of deliveries.
type SenderMetrics struct{ outcomes *prometheus.CounterVec }

// NewSenderMetrics registers the counter with r.
func NewSenderMetrics(r prometheus.Registerer) *SenderMetrics {
	m := &SenderMetrics{prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "khoinghiep_deliveries_total", Help: "Deliveries tried, by channel and the state that followed."}, []string{"channel", "state"})}
	r.MustRegister(m.outcomes)
	return m
}
