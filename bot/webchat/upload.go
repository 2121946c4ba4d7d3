package webchat

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"time"
)

// FileLimit is the largest file that people can send, in bytes.
const FileLimit = 20 << 20

// uploadTimeout is what FileLimit takes at 40 kB/s, slow 3G.
const uploadTimeout = 10 * time.Minute

// upload takes a form with the fields id, text (may be missing) and, last, file.
func (s *site) upload(w http.ResponseWriter, r *http.Request, chat string) {
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(uploadTimeout))
	r.Body = http.MaxBytesReader(w, r.Body, FileLimit+bodyLimit)
	m, part, err := readForm(r)
	if err != nil || !idShape.MatchString(m.ID) {
		refuse(w, http.StatusBadRequest, "Tệp gửi lên không đúng dạng. Bạn gửi lại giúp nhé.")
		return
	}
	file, err := s.Files.Put(r.Context(), part, part.FileName())
	if err != nil {
		refuseFile(w, err)
		return
	}
	s.settle(w, r, chat, m, &file)
}

// readForm reads the fields up to the file, which is left to be read.
func readForm(r *http.Request) (m message, file *multipart.Part, err error) {
	form, err := r.MultipartReader()
	if err != nil {
		return m, nil, err
	}
	for {
		part, err := form.NextPart()
		if err != nil {
			return m, nil, err
		}
		if part.FormName() == "file" {
			return m, part, nil
		}
		value, err := io.ReadAll(io.LimitReader(part, bodyLimit))
		if err != nil {
			return m, nil, err
		}
		switch part.FormName() {
		case "id":
			m.ID = string(value)
		case "text":
			m.Text = string(value)
		}
	}
}

// refuseFile tells what is wrong with a file, or that it may be sent again.
func refuseFile(w http.ResponseWriter, err error) {
	var large *http.MaxBytesError
	var refusal Refusal
	switch {
	case errors.As(err, &large):
		refuse(w, http.StatusRequestEntityTooLarge, "Tệp lớn hơn 20 MB. Bạn chọn tệp nhỏ hơn, hoặc gửi liên kết.")
	case errors.As(err, &refusal):
		refuse(w, http.StatusUnprocessableEntity, string(refusal))
	default:
		later(w, "store an uploaded file", err)
	}
}
