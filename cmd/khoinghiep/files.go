package main

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// file gives a content to whoever has a link to it that still works.
func (a *app) file(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !a.links.Valid(id, r.PathValue("expires"), r.PathValue("signature"), a.engine.Clock()) {
		http.Error(w, "Đường dẫn này không đúng hoặc đã hết hạn. Bạn mở lại tệp trong cuộc trò chuyện.", http.StatusForbidden)
		return
	}
	file, err := a.files.Describe(r.Context(), id)
	if err != nil {
		refuseFile(w, err)
		return
	}
	content, err := a.files.Open(r.Context(), id)
	if err != nil {
		refuseFile(w, err)
		return
	}
	defer func() { _ = content.Close() }()
	asDownload(w.Header(), file)
	if _, err := io.Copy(w, content); err != nil {
		slog.Debug("a file was not sent to its end", "error", err)
	}
}

func refuseFile(w http.ResponseWriter, err error) {
	if errors.Is(err, storage.ErrFileMissing) {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	slog.Error("a file was not opened", "error", err)
	http.Error(w, "Hệ thống đang bận. Bạn thử lại sau ít phút.", http.StatusServiceUnavailable)
}

// asDownload has browsers save the file, never show it as a page of ours. The name tells nothing about people.
func asDownload(h http.Header, f bot.File) {
	h.Set("Content-Type", f.MIME)
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "tai-lieu-" + f.ID[:8] + storage.Extension(f.MIME)}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Cache-Control", "private, no-store")
	h.Set("Referrer-Policy", "no-referrer")
}
