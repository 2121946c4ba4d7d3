package handlers

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Metrics counts turns and sends.
type Metrics struct {
	turns   *prometheus.CounterVec
	seconds prometheus.Histogram
	sends   *prometheus.CounterVec
}

// NewMetrics registers the counters of the engine with r.
func NewMetrics(r prometheus.Registerer) *Metrics {
	m := &Metrics{
		turns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "khoinghiep_turns_total", Help: "Updates settled, by outcome: ok, repeated (a redelivery), dead (put aside)."}, []string{"outcome"}),
		seconds: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "khoinghiep_turn_seconds", Help: "Seconds from taking an update up to keeping what it changed.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, 1, 5, 30}}),
		sends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "khoinghiep_sends_total", Help: "Messages sent, by channel and outcome."}, []string{"channel", "outcome"}),
	}
	r.MustRegister(m.turns, m.seconds, m.sends)
	return m
}

func (m *Metrics) turn(outcome string, took time.Duration) {
	m.turns.WithLabelValues(outcome).Inc()
	m.seconds.Observe(took.Seconds())
}
