// Package telegramtest is a strict fake of Telegram: a server that speaks the Bot API, and the people who write to the
// bot. It refuses what Telegram refuses and delivers updates as Telegram does, by getUpdates or webhook. It needs no
// testing.TB, so that benchmarks and other programs can use it too.
//
// What it knows of Telegram comes from https://core.telegram.org/bots/api and from the answers of the real server. It
// does not limit how often a bot may send; use Fail for that.
package telegramtest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// Token and Username are those of the one bot that a Server knows.
const (
	Token    = "123456789:AAFakeTokenOfTheTelegramFake_0123456"
	Username = "khoinghiep_test_bot"
	botID    = 123456789
)

// Server is a fake api.telegram.org with one bot. Make one with New; it is safe for concurrent use.
type Server struct {
	URL string // base address, for telegram.Config.APIURL

	http    *httptest.Server
	hooks   *http.Client    // delivers updates
	life    context.Context //nolint:containedctx // until Close, for deliveries that no call waits for
	end     context.CancelFunc
	drains  sync.WaitGroup // queues being delivered by webhook
	methods map[string]method

	mu         sync.Mutex
	people     map[int64]*Person
	files      map[string]*file // by id
	presses    map[string]int64 // unanswered: query id to person
	commands   string           // as set by setMyCommands
	calls      map[string]int
	faults     map[string]*faulty
	latency    time.Duration
	forgetful  bool
	watch      func(text string)
	lastPerson int64
	lastFile   int
	lastPress  int
	updates    updates
	webhook    webhook
}

// New starts a server on a free port of this machine. Close it after use.
func New() *Server {
	s := &Server{
		hooks:   &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}},
		people:  map[int64]*Person{},
		files:   map[string]*file{},
		presses: map[string]int64{},
		calls:   map[string]int{},
		faults:  map[string]*faulty{},
	}
	s.life, s.end = context.WithCancel(context.Background())
	s.webhook = webhook{timeout: time.Minute, retry: time.Second, slots: make(chan struct{}, 40)}
	s.updates = updates{arrived: make(chan struct{}), queues: map[string]*queue{}}
	s.methods = s.routes()
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

// Forgetful makes people keep only the latest message of the bot, for long benchmarks.
func (s *Server) Forgetful() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetful = true
}

// Watch has f called with the text of each message that the bot sends from now on, as it comes.
func (s *Server) Watch(f func(text string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watch = f
}

// Calls is how often a method was called, refused calls included; "file" counts downloads, "" everything.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Commands is the menu as setMyCommands set it: a JSON list, empty when it was never set.
func (s *Server) Commands() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commands
}
