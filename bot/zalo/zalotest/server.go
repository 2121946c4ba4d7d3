// Package zalotest is a strict fake of Zalo's Official Account platform: a server that speaks OAuth and the OpenAPI, and
// the people who write to the account. It refuses what Zalo refuses and delivers events as Zalo does. It needs no
// testing.TB, so that benchmarks and other programs can use it too.
//
// What it knows of Zalo is second-hand, see package zalo. Where no source tells a number or a code, it is marked [?] and
// chosen here. Nothing depends on the hour: what Zalo refuses at night, Fail refuses.
package zalotest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// The one app and account that a Server knows.
const (
	AppID     = "3141592653589793238"
	AppSecret = "FakeAppSecretOfTheZaloFake"
	OASecret  = "FakeOASecretOfTheZaloFake"
	OA        = "2718281828459045235"
)

// Server is a fake Zalo with one account. Make one with New; it is safe for concurrent use.
type Server struct {
	URL string // base address of everything: the API, OAuth and templates by phone

	http   *httptest.Server
	hooks  *http.Client    // delivers events
	life   context.Context //nolint:containedctx // until Close, for deliveries that no call waits for
	end    context.CancelFunc
	drains sync.WaitGroup // events being delivered

	mu         sync.Mutex
	ahead      time.Duration // of the real time
	moved      chan struct{} // closed when ahead changes
	oauth      oauth
	people     map[string]*Person // by id
	uploads    map[string]upload  // by id
	files      map[string][]byte  // that people sent, by path
	templates  map[string]Template
	allowance  allowance
	calls      map[string]int
	faults     map[string]*faulty
	latency    time.Duration
	forgetful  bool
	watch      func(text string)
	lastNumber int
	webhook    webhook
	queues     map[string]*queue // events not delivered yet, by person
}

// New starts a server on a free port of this machine. Close it after use.
func New() *Server {
	s := &Server{
		hooks:     &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
		moved:     make(chan struct{}),
		people:    map[string]*Person{},
		uploads:   map[string]upload{},
		files:     map[string][]byte{},
		templates: map[string]Template{},
		allowance: newAllowance(),
		calls:     map[string]int{},
		faults:    map[string]*faulty{},
		webhook:   newWebhook(),
		queues:    map[string]*queue{},
	}
	s.life, s.end = context.WithCancel(context.Background())
	s.oauth = oauth{codes: map[string]code{}}
	s.grant()
	s.http = httptest.NewServer(s)
	s.URL = s.http.URL
	return s
}

// Close stops the server: whoever waits for an answer is cut off, and nothing more is delivered.
func (s *Server) Close() {
	s.end()
	s.drains.Wait()
	s.http.CloseClientConnections()
	s.http.Close()
	s.hooks.CloseIdleConnections()
}

// Latency makes every call take at least d from now on.
func (s *Server) Latency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = d
}

// Forgetful makes people keep only the latest message of the account, for long benchmarks.
func (s *Server) Forgetful() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetful = true
}

// Watch has f called with the text of each message that the account sends from now on, as it comes.
func (s *Server) Watch(f func(text string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch = f
}

// Calls is how often a path was called, refused calls included; "" counts everything.
func (s *Server) Calls(path string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[path]
}
