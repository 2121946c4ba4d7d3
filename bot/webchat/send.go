package webchat

import (
	"encoding/json"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"time"

	"khoinghiep/bot"
)

// How long a send may take. A turn that is not settled by then goes on, and is recognised when the client sends again.
const (
	settleTimeout = 25 * time.Second
	textTimeout   = 15 * time.Second // for a message to arrive
)

const bodyLimit = 32 << 10 // of a message without a file, in bytes

// send takes one message: 200 only once its turn is settled.
func (s *site) send(w http.ResponseWriter, r *http.Request, chat string) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" {
		s.upload(w, r, chat)
		return
	}
	// The server goes on reading while the turn is made, to see whether the client is still there.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(textTimeout + settleTimeout))
	m := message{}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, bodyLimit)).Decode(&m)
	if err != nil || !m.valid() {
		refuse(w, http.StatusBadRequest, "Tin nhắn không đúng dạng hoặc quá dài. Bạn viết ngắn hơn rồi gửi lại.")
		return
	}
	s.settle(w, r, chat, m, nil)
}

// settle logs the message and has its turn made. The log comes first, so that no reply stands before what it answers.
func (s *site) settle(w http.ResponseWriter, r *http.Request, chat string, m message, file *bot.File) {
	now, files := time.Now(), []bot.File{}
	if file != nil {
		files = append(files, *file)
	}
	if m.Start == "" {
		if _, err := s.Log.Append(r.Context(), chat, m.entry(file, now)); err != nil {
			later(w, "log what was sent", err)
			return
		}
	}
	select {
	case err := <-s.accept(m.incoming(bot.Address{Channel: s.Name(), Chat: chat}, files, now)):
		if err != nil {
			later(w, "take a web message in", err)
			return
		}
		answer(w, map[string]string{"id": m.ID})
	case <-time.After(settleTimeout):
		later(w, "take a web message in", errNotSettled)
	}
}

var errNotSettled = errors.New("the turn is not settled yet")

// later asks the client to send again with the same id.
func later(w http.ResponseWriter, doing string, err error) {
	slog.Warn("a web message was not settled", "doing", doing, "error", err)
	refuse(w, http.StatusServiceUnavailable, "chưa xử lý được, gửi lại sau")
}
