// Package zalobottest is a strict fake of Zalo's Bot Platform: a server that speaks its API, and the people who write to
// the bot. It refuses what the platform refuses and delivers updates as it does, by getUpdates or webhook. It needs no
// testing.TB, so that other programs can use it too.
//
// What it knows comes from what others published about https://docs.zaloplatforms.com/docs/BOT. Marks as in package
// zalobot: [2+] two or more sources agree, [1] one source, [?] not confirmed. Where only the rule is known, the words of a
// refusal are this package's own, in Telegram's manner [?]; where a limit can be read in two ways, the stricter one holds.
package zalobottest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// Token and Name are those of the one bot that a Server knows.
const (
	Token = "1459232241454765289:FakeTokenOfTheZaloFake_0123456"
	Name  = "bot.FakeOfZalo"
)

// Server is a fake bot-api.zaloplatforms.com with one bot. Make one with New; it is safe for concurrent use.
type Server struct {
	URL string // base address, for zalobot.Config.APIURL

	http    *httptest.Server
	out     *http.Client    // delivers updates and fetches photos
	life    context.Context //nolint:containedctx // until Close, for deliveries that no call waits for
	end     context.CancelFunc
	drains  sync.WaitGroup // people whose updates are being delivered by webhook
	methods map[string]method

	mu         sync.Mutex
	people     map[string]*Person // by chat
	photos     map[string][]byte  // that people sent, by path
	calls      map[string]int
	faults     map[string]*faulty
	lastPerson int
	lastID     int
	plan       plan
	waiting    []*update     // nobody took them yet, oldest first
	arrived    chan struct{} // closed when an update comes
	hook       webhook
}

// plan is what the bot's owner pays for.
type plan struct{ messages, people int }

// New starts a server on a free port of this machine, with the free plan. Close it after use.
func New() *Server {
	s := &Server{
		out:     &http.Client{},
		people:  map[string]*Person{},
		photos:  map[string][]byte{},
		calls:   map[string]int{},
		faults:  map[string]*faulty{},
		arrived: make(chan struct{}),
		hook:    webhook{retry: time.Second},
		plan:    plan{messages: 3000, people: 50}, // [2+]
	}
	s.life, s.end = context.WithCancel(context.Background())
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
	s.out.CloseIdleConnections()
}

// Plan sets how many more messages the bot may send, and to how many people. Whatever is beyond is refused with 429.
func (s *Server) Plan(messages, people int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.plan = plan{messages, people}
}

// Calls is how often a method was called, refused calls included; "photo" counts photos that were fetched, "" everything.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}
