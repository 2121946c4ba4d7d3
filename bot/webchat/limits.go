package webchat

import (
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits gives everybody the same rate, each by a name of their own. They hold within one process: with n replicas a
// person may do n times as much.
type limits struct {
	every time.Duration
	burst int

	mu      sync.Mutex
	byName  map[string]*rate.Limiter
	cleanAt int // number of names at which idle ones are forgotten
}

const cleanFrom = 1024

func newLimits(every time.Duration, burst int) *limits {
	return &limits{every: every, burst: burst, byName: map[string]*rate.Limiter{}, cleanAt: cleanFrom}
}

func (l *limits) allow(name string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	limiter, ok := l.byName[name]
	if !ok {
		l.clean()
		limiter = rate.NewLimiter(rate.Every(l.every), l.burst)
		l.byName[name] = limiter
	}
	return limiter.Allow()
}

// clean forgets who has been idle long enough to have the whole burst again.
func (l *limits) clean() {
	if len(l.byName) < l.cleanAt {
		return
	}
	for name, limiter := range l.byName {
		if limiter.Tokens() >= float64(l.burst) {
			delete(l.byName, name)
		}
	}
	l.cleanAt = max(cleanFrom, 2*len(l.byName))
}

// client is the IP address of who calls. Behind a proxy in our own network it is the last one in X-Forwarded-For, which
// that proxy wrote; what stands before it may be made up.
func client(r *http.Request) string {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(host)
	forwarded := r.Header.Values("X-Forwarded-For")
	if ip == nil || !ip.IsLoopback() && !ip.IsPrivate() || len(forwarded) == 0 {
		return host
	}
	chain := strings.Split(forwarded[len(forwarded)-1], ",")
	return strings.TrimSpace(chain[len(chain)-1])
}
