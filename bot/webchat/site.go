package webchat

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"time"

	"khoinghiep/bot"
)

// site is the HTTP side of a channel.
type site struct {
	*Channel
	accept   func(bot.Incoming) <-chan error
	sessions *limits // made, by IP address
	sends    *limits // by chat
	senders  *limits // sends, by IP address; many people may share one
	reads    *limits // by chat
}

// Handler serves the page, the widget and the API below Path.
func (c *Channel) Handler(accept func(bot.Incoming) <-chan error) http.Handler {
	s := &site{
		Channel: c, accept: accept,
		sessions: newLimits(2*time.Second, 60),
		sends:    newLimits(500*time.Millisecond, 30),
		senders:  newLimits(50*time.Millisecond, 200),
		reads:    newLimits(time.Second/4, 40),
	}
	own := http.NewCrossOriginProtection() // the widget's frame is of our own origin, too
	mux := http.NewServeMux()
	at := c.Path()
	mux.Handle("POST "+at+"/api/session", own.Handler(http.HandlerFunc(s.session)))
	mux.Handle("POST "+at+"/api/send", own.Handler(s.inChat(s.send)))
	mux.Handle("GET "+at+"/api/messages", s.inChat(s.messages))
	mux.Handle("GET "+at+"/api/events", s.inChat(s.events))
	mux.Handle("GET "+at+"/api/files/{id}", s.inChat(s.file))
	s.pages(mux)
	return mux
}

// session hands out a token.
func (s *site) session(w http.ResponseWriter, r *http.Request) {
	if !s.sessions.allow(client(r)) {
		refuse(w, http.StatusTooManyRequests, "quá nhiều phiên mới từ một địa chỉ")
		return
	}
	answer(w, map[string]string{"token": newToken()})
}

// inChat serves who has the token of a chat.
func (s *site) inChat(serve func(w http.ResponseWriter, r *http.Request, chat string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		chat, ok := chatIn(r)
		switch {
		case !ok:
			refuse(w, http.StatusUnauthorized, "thiếu token")
		case r.Method == http.MethodGet && !s.reads.allow(chat),
			r.Method == http.MethodPost && (!s.sends.allow(chat) || !s.senders.allow(client(r))):
			refuse(w, http.StatusTooManyRequests, "quá nhiều yêu cầu")
		default:
			serve(w, r, chat)
		}
	})
}

// answer writes JSON that nobody on the way keeps.
func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		slog.Debug("write a web chat's answer", "error", err)
	}
}

// refuse writes what is wrong, for the person where it is theirs to mend.
func refuse(w http.ResponseWriter, status int, problem string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"problem": problem}) // whoever would be told is gone
}
