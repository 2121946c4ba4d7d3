package webchat

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"khoinghiep/bot"
)

const (
	heartbeat    = 20 * time.Second // a comment shows that the line is alive; also when a wake-up may have been missed
	eventTimeout = 10 * time.Second // for a client to take what is written
)

// events is the log of a chat as server-sent events, from where the client left it: the id of an event is the entry's, so
// that any replica can go on. See https://html.spec.whatwg.org/multipage/server-sent-events.html.
func (s *site) events(w http.ResponseWriter, r *http.Request, chat string) {
	woken, stop := s.Log.Watch(chat)
	defer stop()
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no") // nginx passes each event on at once
	stream := &stream{w: w}
	for after := place(r); ; {
		entries, err := s.entries(r, chat, after)
		if err != nil {
			if r.Context().Err() == nil {
				slog.Warn("the events of a web chat end", "error", err)
			}
			return
		}
		after = stream.write(entries, after)
		if stream.err != nil {
			return
		}
		if len(entries) == page {
			continue
		}
		select {
		case <-r.Context().Done():
			return
		case <-woken:
		case <-alive.C:
		}
	}
}

// stream writes events until one fails.
type stream struct {
	w   http.ResponseWriter
	err error
}

// write sends the entries, or a sign of life when there are none, and returns the id of the last one that the client has.
func (s *stream) write(entries []bot.Entry, after string) string {
	out := http.NewResponseController(s.w)
	s.err = out.SetWriteDeadline(time.Now().Add(eventTimeout))
	if len(entries) == 0 && s.err == nil {
		_, s.err = fmt.Fprint(s.w, ":\n\n")
	}
	for _, e := range entries {
		if s.err == nil {
			after = s.event(show(e))
		}
	}
	if s.err == nil {
		s.err = out.Flush()
	}
	return after
}

func (s *stream) event(e shown) string {
	data, err := json.Marshal(e)
	if err == nil {
		_, err = fmt.Fprintf(s.w, "id: %s\ndata: %s\n\n", e.ID, data)
	}
	s.err = err
	return e.ID
}
