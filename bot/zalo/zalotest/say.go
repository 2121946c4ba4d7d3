package zalotest

import (
	"fmt"
	"net/http"
	"strconv"
)

// party is one end of a message.
type party struct {
	ID string `json:"id"`
}

// Send types a text.
func (p *Person) Send(text string) { p.say("user_send_text", map[string]any{"text": text}) }

// SendLink pastes a link, with or without words.
func (p *Person) SendLink(text, url string) {
	p.say("user_send_link", map[string]any{"text": text, "attachments": attached("link", map[string]string{"url": url})})
}

// SendSticker sends a sticker.
func (p *Person) SendSticker() {
	p.say("user_send_sticker", map[string]any{"attachments": attached("sticker", map[string]string{"id": "1", "url": p.server.URL})})
}

// SendVoice sends a voice message.
func (p *Person) SendVoice() {
	p.say("user_send_audio", map[string]any{"attachments": attached("audio", map[string]string{"url": p.server.URL})})
}

// SendLocation sends a place.
func (p *Person) SendLocation() {
	place := map[string]any{"coordinates": map[string]string{"latitude": "15.12", "longitude": "108.8"}}
	p.say("user_send_location", map[string]any{"attachments": attached("location", place)})
}

// SendCard sends the contact of somebody.
func (p *Person) SendCard() {
	p.say("user_send_business_card", map[string]any{"attachments": attached("link", map[string]string{"description": `{"phone":"84901234567"}`})})
}

// SendImage sends a picture, with words or without.
func (p *Person) SendImage(data []byte, text string) {
	url := p.server.put(data)
	p.say("user_send_image", map[string]any{"text": text, "attachments": attached("image", map[string]string{"thumbnail": url, "url": url})})
}

// SendFile sends a file.
func (p *Person) SendFile(name string, data []byte) {
	p.say("user_send_file", map[string]any{"attachments": attached("file", map[string]string{
		"url": p.server.put(data), "size": strconv.Itoa(len(data)), "name": name, "checksum": "0", "type": "file",
	})})
}

func attached(kind string, payload any) []any {
	return []any{map[string]any{"type": kind, "payload": payload}}
}

// say sends a message.
func (p *Person) say(event string, message map[string]any) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.saying(event, message)
}

// saying is say for who holds the lock.
func (p *Person) saying(event string, message map[string]any) {
	p.interact()
	message["msg_id"] = p.server.number("said-")
	p.server.push(p, event, map[string]any{"sender": party{p.ID}, "recipient": party{OA}, "message": message})
}

// put keeps what a person sends for download.
func (s *Server) put(data []byte) (url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := PathDownload + s.number("")
	s.files[path] = data
	return s.URL + path
}

func (s *Server) download(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	data, found := s.files[r.URL.Path]
	s.mu.Unlock()
	if !found {
		http.Error(w, "Not Found", http.StatusNotFound)
		return
	}
	_, _ = w.Write(data) // a client that has gone away is no error of ours
}

// number makes an id that nothing else has. The caller holds the lock.
func (s *Server) number(prefix string) string {
	s.lastNumber++
	return fmt.Sprintf("%s%d", prefix, s.lastNumber)
}
