package storage

import (
	"context"
	"sync"
)

// wakeChannel is the name under which PostgreSQL tells all replicas of the chat that has a new message.
const wakeChannel = "web_log"

// wakes knows who follows which chat in this process.
type wakes struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool
}

func newWakes() *wakes { return &wakes{watchers: map[string]map[chan struct{}]bool{}} }

func (w *wakes) watch(chat string) (<-chan struct{}, func()) {
	woken := make(chan struct{}, 1) // one is enough: whoever is woken reads all there is
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.watchers[chat] == nil {
		w.watchers[chat] = map[chan struct{}]bool{}
	}
	w.watchers[chat][woken] = true
	return woken, func() { w.leave(chat, woken) }
}

func (w *wakes) leave(chat string, woken chan struct{}) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.watchers[chat], woken)
	if len(w.watchers[chat]) == 0 {
		delete(w.watchers, chat)
	}
}

func (w *wakes) chat(chat string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for woken := range w.watchers[chat] {
		select {
		case woken <- struct{}{}:
		default:
		}
	}
}

func (w *wakes) all() {
	w.mu.Lock()
	chats := make([]string, 0, len(w.watchers))
	for chat := range w.watchers {
		chats = append(chats, chat)
	}
	w.mu.Unlock()
	for _, chat := range chats {
		w.chat(chat)
	}
}

// Listen hears of messages that other replicas add, until ctx is done. After a broken connection everybody is woken, as
// something may have been missed. SQLite has no replicas: there it returns at once.
func (l *WebLog) Listen(ctx context.Context) {
	l.store.listen(ctx, wakeChannel, func(chat *string) {
		if chat == nil {
			l.wake.all()
		} else {
			l.wake.chat(*chat)
		}
	})
}
