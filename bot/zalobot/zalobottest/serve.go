package zalobottest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
)

const requestLimit = 1 << 20 // bytes

// parameters are those of all methods.
type parameters struct {
	Chat    string `json:"chat_id"`
	Text    string `json:"text"`
	Photo   string `json:"photo"`
	Caption string `json:"caption"`
	Sticker string `json:"sticker"`
	Action  string `json:"action"`
	URL     string `json:"url"`
	Secret  string `json:"secret_token"`
	Timeout int    `json:"timeout"`
}

// method carries out one method.
type method func(r *http.Request, p parameters) answer

// answer is what the API answers, always with HTTP status 200 [1].
type answer struct {
	OK          bool   `json:"ok"`
	Result      any    `json:"result,omitempty"`
	Code        int    `json:"error_code,omitempty"`
	Description string `json:"description,omitempty"`
}

func (s *Server) routes() map[string]method {
	return map[string]method{
		"getMe":          s.getMe,
		"getUpdates":     s.getUpdates,
		"setWebhook":     s.setWebhook,
		"deleteWebhook":  s.deleteWebhook,
		"getWebhookInfo": s.getWebhookInfo,
		"sendMessage":    s.sendMessage,
		"sendPhoto":      s.sendPhoto,
		"sendSticker":    s.sendSticker,
		"sendChatAction": s.sendChatAction,
	}
}

// ServeHTTP answers /bot<token>/<method>, and /photo/<name> for what people sent.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, isCall := strings.CutPrefix(r.URL.Path, "/bot"+Token+"/")
	isPhoto := strings.HasPrefix(r.URL.Path, photoPath)
	switch {
	case isPhoto:
		name = "photo"
	case !isCall:
		write(w, refuse(http.StatusUnauthorized, "Unauthorized"))
		return
	}
	fault := s.note(name)
	switch {
	case fault != nil:
		if fault.Done {
			s.call(name, r)
		}
		s.misbehave(w, r, fault)
	case isPhoto:
		s.servePhoto(w, r)
	default:
		write(w, s.call(name, r))
	}
}

func (s *Server) call(name string, r *http.Request) answer {
	carryOut, ok := s.methods[name]
	if !ok {
		return refuse(http.StatusBadRequest, "Bad request: no such method") // [2+]
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, requestLimit))
	if err != nil {
		return bad("cannot read the request")
	}
	var p parameters
	if err := json.Unmarshal(body, &p); err != nil {
		return bad("the request is not a JSON object of known fields")
	}
	return carryOut(r, p)
}

func done(result any) answer { return answer{OK: true, Result: result} }

func refuse(code int, description string) answer { return answer{Code: code, Description: description} }

func bad(description string) answer {
	return refuse(http.StatusBadRequest, "Bad request: "+description)
}

func write(w http.ResponseWriter, a answer) {
	body, err := json.Marshal(a)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body) // a client that has gone away is no error of ours
}

func (s *Server) getMe(*http.Request, parameters) answer {
	return done(map[string]any{
		"id": "1459232241454765289", "account_name": Name, "account_type": "BASIC", "can_join_groups": false,
	})
}
