package telegramtest

import (
	"fmt"
	"net/http"
)

const downloadLimit = 20 << 20 // bytes of a file that a bot may fetch

// file is one that a person sent.
type file struct {
	File
	attached
	path string
}

// SendDocument sends a file.
func (p *Person) SendDocument(name, mime string, data []byte) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	f := p.server.store(File{Name: name, MIME: mime, Data: data})
	p.saying(func(m *message) { m.Document = &document{attached: f.attached, Name: name, MIME: mime} })
}

// SendPhoto sends a photo, as part of an album when group is not empty. Telegram keeps it in several sizes.
func (p *Person) SendPhoto(data []byte, group string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	small := p.server.store(File{MIME: "image/jpeg", Data: data[:min(len(data), 1)], Photo: true})
	large := p.server.store(File{MIME: "image/jpeg", Data: data, Photo: true})
	p.saying(func(m *message) {
		m.Group = group
		m.Photo = []photo{
			{attached: small.attached, Width: 90, Height: 67},
			{attached: large.attached, Width: 1280, Height: 960},
		}
	})
}

// store keeps a file for download. The caller holds the lock.
func (s *Server) store(f File) *file {
	s.lastFile++
	id := fmt.Sprintf("file-%d", s.lastFile)
	kept := &file{
		File:     f,
		attached: attached{FileID: id, UniqueID: "u-" + id, Size: len(f.Data)},
		path:     fmt.Sprintf("documents/file_%d", s.lastFile),
	}
	s.files[id] = kept
	return kept
}

func (s *Server) getFile(r *http.Request) answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[r.FormValue("file_id")]
	switch {
	case f == nil:
		return bad("invalid file_id")
	case f.Size > downloadLimit:
		return bad("file is too big")
	}
	return done(map[string]any{
		"file_id": f.FileID, "file_unique_id": f.UniqueID, "file_size": f.Size, "file_path": f.path,
	})
}

func (s *Server) serveFile(w http.ResponseWriter, path string) {
	s.mu.Lock()
	var data []byte
	found := false
	for _, f := range s.files {
		if f.path == path {
			data, found = f.Data, true
		}
	}
	s.mu.Unlock()
	if !found {
		http.Error(w, "Not Found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	_, _ = w.Write(data) // a client that has gone away is no error of ours
}
