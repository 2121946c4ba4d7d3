package telegramtest

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
)

const (
	textLimit    = 4096 // UTF-16 units
	captionLimit = 1024
	uploadLimit  = 50 << 20 // bytes of a file that a bot sends
	photoLimit   = 10 << 20
)

func (s *Server) sendMessage(r *http.Request) answer {
	text, err := read(r.FormValue("text"), r.FormValue("parse_mode"), textLimit)
	if err != nil {
		return bad(err.Error())
	}
	if text == "" {
		return bad("message text is empty")
	}
	return s.deliver(r, Message{Text: text})
}

func (s *Server) sendDocument(r *http.Request) answer { return s.sendFile(r, "document") }

func (s *Server) sendPhoto(r *http.Request) answer { return s.sendFile(r, "photo") }

func (s *Server) sendFile(r *http.Request, field string) answer {
	caption, err := read(r.FormValue("caption"), r.FormValue("parse_mode"), captionLimit)
	if err != nil {
		return bad(err.Error())
	}
	f, err := s.upload(r, field)
	if errors.Is(err, errTooLarge) {
		return refuse(http.StatusRequestEntityTooLarge, err.Error())
	}
	if err != nil {
		return bad(err.Error())
	}
	f.Photo = field == "photo"
	return s.deliver(r, Message{Text: caption, File: f})
}

var errTooLarge = errors.New("Request Entity Too Large") //nolint:staticcheck // Telegram's own words

// upload reads the file of a call: sent along, or one that the server has.
func (s *Server) upload(r *http.Request, field string) (*File, error) {
	part, header, err := r.FormFile(field)
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		if known := s.files[r.FormValue(field)]; known != nil {
			copied := known.File
			return &copied, nil
		}
		return nil, errors.New("wrong file identifier/HTTP URL specified")
	}
	defer func() { _ = part.Close() }()
	if header.Size > uploadLimit {
		return nil, errTooLarge
	}
	data, err := io.ReadAll(part)
	switch {
	case err != nil:
		return nil, err
	case len(data) == 0:
		return nil, errors.New("file must be non-empty")
	case field == "photo" && (len(data) > photoLimit || !strings.HasPrefix(http.DetectContentType(data), "image/")):
		return nil, errors.New("IMAGE_PROCESS_FAILED")
	}
	return &File{Name: header.Filename, Data: data}, nil
}

// deliver puts a message into the inbox of the chat.
func (s *Server) deliver(r *http.Request, m Message) answer {
	rows, reply, err := keyboard(r.FormValue("reply_markup"))
	if err != nil {
		return bad(err.Error())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, refusal := s.recipient(r)
	if refusal != nil {
		return *refusal
	}
	m.Buttons, m.Keyboard = rows, reply
	m.HTML = r.FormValue("text") + r.FormValue("caption")
	p.lastMessage++
	m.ID = p.lastMessage
	p.keep(m)
	if s.watch != nil {
		s.watch(m.Text)
	}
	return done(p.botMessage(m))
}

func (s *Server) editMessageText(r *http.Request) answer {
	text, err := read(r.FormValue("text"), r.FormValue("parse_mode"), textLimit)
	if err != nil {
		return bad(err.Error())
	}
	if text == "" {
		return bad("message text is empty")
	}
	rows, reply, err := keyboard(r.FormValue("reply_markup"))
	if err != nil {
		return bad(err.Error())
	}
	if reply {
		return bad("inline keyboard expected")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, refusal := s.recipient(r)
	if refusal != nil {
		return *refusal
	}
	id, _ := strconv.Atoi(r.FormValue("message_id")) // a malformed id is an unknown one
	return p.edit(id, Message{ID: id, Text: text, HTML: r.FormValue("text"), Buttons: rows, Edited: true})
}

// edit replaces a message of the bot. The caller holds the lock.
func (p *Person) edit(id int, m Message) answer {
	old := p.find(id)
	switch {
	case old == nil:
		return bad("message to edit not found")
	case old.File != nil:
		return bad("there is no text in the message to edit")
	case old.Keyboard:
		return bad("message can't be edited")
	case old.HTML == m.HTML && reflect.DeepEqual(old.Buttons, m.Buttons):
		return bad("message is not modified: specified new message content and reply markup are exactly the same " +
			"as a current content and reply markup of the message")
	}
	*old = m
	p.count()
	return done(p.botMessage(m))
}
