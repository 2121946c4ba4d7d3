package telegramtest

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

// method carries out one method of the Bot API; r gives its parameters by FormValue.
type method func(r *http.Request) answer

// answer is what the Bot API answers in JSON.
type answer struct {
	OK          bool        `json:"ok"`
	Result      any         `json:"result,omitempty"`
	Code        int         `json:"error_code,omitempty"`
	Description string      `json:"description,omitempty"`
	Parameters  *parameters `json:"parameters,omitempty"`
}

type parameters struct {
	RetryAfter int `json:"retry_after,omitempty"`
}

func (s *Server) routes() map[string]method {
	return map[string]method{
		"getMe":               s.getMe,
		"getUpdates":          s.getUpdates,
		"setWebhook":          s.setWebhook,
		"deleteWebhook":       s.deleteWebhook,
		"sendMessage":         s.sendMessage,
		"sendDocument":        s.sendDocument,
		"sendPhoto":           s.sendPhoto,
		"editMessageText":     s.editMessageText,
		"answerCallbackQuery": s.answerCallbackQuery,
		"sendChatAction":      s.sendChatAction,
		"setMyCommands":       s.setMyCommands,
		"getFile":             s.getFile,
	}
}

func (s *Server) call(name string, r *http.Request) answer {
	carryOut, ok := s.methods[name]
	if !ok {
		return refuse(http.StatusNotFound, "Not Found")
	}
	if r.ContentLength > uploadLimit+1<<20 {
		return refuse(http.StatusRequestEntityTooLarge, errTooLarge.Error())
	}
	if err := r.ParseMultipartForm(uploadLimit + 1<<20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return refuse(http.StatusBadRequest, "Bad Request: "+err.Error())
	}
	if r.MultipartForm != nil {
		defer func() { _ = r.MultipartForm.RemoveAll() }()
	}
	return carryOut(r)
}

func done(result any) answer { return answer{OK: true, Result: result} }

func refuse(code int, description string) answer { return answer{Code: code, Description: description} }

func bad(description string) answer {
	return refuse(http.StatusBadRequest, "Bad Request: "+description)
}

func write(w http.ResponseWriter, a answer) {
	body, err := json.Marshal(a)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if !a.OK {
		w.WriteHeader(a.Code)
	}
	_, _ = w.Write(body) // a client that has gone away is no error of ours
}

func (s *Server) getMe(*http.Request) answer {
	return done(user{ID: botID, IsBot: true, FirstName: "Khởi Nghiệp Bot", Username: Username})
}

func (s *Server) setMyCommands(r *http.Request) answer {
	var commands []struct{ Command, Description string }
	if err := json.Unmarshal([]byte(r.FormValue("commands")), &commands); err != nil {
		return bad("can't parse commands JSON object")
	}
	for _, c := range commands {
		if !commandShape.MatchString(c.Command) {
			return bad("BOT_COMMAND_INVALID")
		}
		if n := len([]rune(c.Description)); n < 1 || n > 256 {
			return bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commands = r.FormValue("commands")
	return done(true)
}

func (s *Server) sendChatAction(r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, refusal := s.recipient(r); refusal != nil {
		return *refusal
	}
	if r.FormValue("action") == "" {
		return bad("wrong parameter action in request")
	}
	return done(true)
}

func (s *Server) answerCallbackQuery(r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := r.FormValue("callback_query_id")
	if _, waiting := s.presses[id]; !waiting {
		return bad("query is too old and response timeout expired or query ID is invalid")
	}
	if len([]rune(r.FormValue("text"))) > 200 {
		return bad("MESSAGE_TOO_LONG")
	}
	delete(s.presses, id)
	return done(true)
}

// recipient finds the chat of a call, or why the bot may not write there. The caller holds the lock.
func (s *Server) recipient(r *http.Request) (*Person, *answer) {
	id, err := strconv.ParseInt(r.FormValue("chat_id"), 10, 64)
	p := s.people[id]
	if err != nil || p == nil || !p.started {
		a := bad("chat not found")
		return nil, &a
	}
	if p.blocked {
		a := refuse(http.StatusForbidden, "Forbidden: bot was blocked by the user")
		return nil, &a
	}
	return p, nil
}
