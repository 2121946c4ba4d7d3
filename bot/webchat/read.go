package webchat

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"time"

	"khoinghiep/bot"
)

// page is how many entries one answer has at most.
const page = 200

// messages lists the entries after ?after=N, or the newest ones.
func (s *site) messages(w http.ResponseWriter, r *http.Request, chat string) {
	entries, err := s.entries(r, chat, place(r))
	if err != nil {
		later(w, "read a log", err)
		return
	}
	list := make([]shown, len(entries))
	for i, e := range entries {
		list[i] = show(e)
	}
	answer(w, map[string]any{"messages": list})
}

// place is what the client has read up to: ?after=N, or the header of an EventSource that comes back; "" nothing.
func place(r *http.Request) string {
	if after := r.URL.Query().Get("after"); after != "" {
		return after
	}
	return r.Header.Get("Last-Event-ID")
}

func (s *site) entries(r *http.Request, chat, after string) ([]bot.Entry, error) {
	if seq, err := strconv.ParseInt(after, 10, 64); err == nil {
		return s.Log.After(r.Context(), chat, seq, page)
	}
	return s.Log.Last(r.Context(), chat, page)
}

// file sends the file of one entry of the chat, always as a download: nothing a person uploaded is ever shown as a page.
func (s *site) file(w http.ResponseWriter, r *http.Request, chat string) {
	f, err := s.fileAt(r.Context(), chat, r.PathValue("id"))
	if err != nil {
		later(w, "find a file", err)
		return
	}
	if f == nil {
		refuse(w, http.StatusNotFound, "không có tệp này")
		return
	}
	content, err := s.content(r.Context(), f)
	if err != nil {
		slog.Warn("a file of a web chat was not opened", "error", err)
		refuse(w, http.StatusNotFound, "không còn tệp này")
		return
	}
	defer func() { _ = content.Close() }()
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(uploadTimeout))
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	_, _ = io.Copy(w, content) // whoever would be told of a failure is gone
}

// fileAt is the file that the entry bears; nil when there is none.
func (s *site) fileAt(ctx context.Context, chat, id string) (*bot.File, error) {
	seq, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil, nil //nolint:nilerr // an id of the wrong form names no file
	}
	entries, err := s.Log.After(ctx, chat, seq-1, 1)
	if err != nil || len(entries) == 0 || entries[0].Seq != seq {
		return nil, err
	}
	return entries[0].File, nil
}

func (s *site) content(ctx context.Context, f *bot.File) (io.ReadCloser, error) {
	if len(f.Data) > 0 {
		return io.NopCloser(bytes.NewReader(f.Data)), nil
	}
	return s.Files.Open(ctx, f.ID)
}
