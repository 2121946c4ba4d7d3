package zalotest

import (
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

const (
	imageLimit = 1 << 20 // bytes
	fileLimit  = 5 << 20
	uploadLife = 7 * 24 * time.Hour
)

// upload is what the account put there to send it.
type upload struct {
	File
	at time.Time
}

func (s *Server) uploadImage(r *http.Request) any {
	f, ok := uploaded(r, imageLimit)
	if kind := http.DetectContentType(f.Data); !ok || kind != "image/jpeg" && kind != "image/png" {
		return refuse(codeParameter)
	}
	f.Image = true
	return done(map[string]string{"attachment_id": s.store(f)})
}

func (s *Server) uploadFile(r *http.Request) any {
	f, ok := uploaded(r, fileLimit)
	kinds := []string{".pdf", ".doc", ".docx", ".csv"}
	if !ok || !slices.Contains(kinds, strings.ToLower(path.Ext(f.Name))) {
		return refuse(codeParameter)
	}
	return done(map[string]string{"token": s.store(f)})
}

// uploaded reads the file of a call; ok is false for none, an empty one, and one of more than limit bytes.
func uploaded(r *http.Request, limit int) (f File, ok bool) {
	part, header, err := r.FormFile("file")
	if err != nil {
		return File{}, false
	}
	defer func() { _ = part.Close() }()
	data, err := io.ReadAll(part)
	return File{Name: header.Filename, Data: data}, err == nil && len(data) > 0 && len(data) <= limit
}

// store keeps an upload. The caller holds the lock.
func (s *Server) store(f File) (id string) {
	id = s.number("upload-")
	s.uploads[id] = upload{File: f, at: s.now()}
	return id
}

// kept is an upload that may be sent; nil when there is none, or not any more. The caller holds the lock.
func (s *Server) kept(id string, image bool) *File {
	u, known := s.uploads[id]
	if !known || u.Image != image || s.now().Sub(u.at) > uploadLife {
		return nil
	}
	return &u.File
}
