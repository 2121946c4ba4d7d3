package webchat_test

import (
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"khoinghiep/bot/webchat"
)

func TestUploadAndDownload(t *testing.T) {
	w := newWorld(t)
	token := w.token()
	if resp := w.upload(token, "m1", "dự án.pdf", "content"); resp.status != http.StatusOK {
		t.Fatal(resp.status)
	}
	if f := w.got[0].Files[0]; f.Name != "dự án.pdf" || f.ID == "" {
		t.Errorf("conversations got %+v", f)
	}
	list := w.messages(token, "")
	resp := w.call(http.MethodGet, "/chat/api/files/"+list[0].ID, token, "")
	if resp.body != "content" || resp.header.Get("Content-Type") != "application/octet-stream" {
		t.Errorf("downloaded %q, %v", resp.body, resp.header)
	}
	if resp := w.call(http.MethodGet, "/chat/api/files/"+list[0].ID, w.token(), ""); resp.status != http.StatusNotFound {
		t.Errorf("somebody else got %d", resp.status)
	}
	refused := w.upload(token, "m2", "refused.exe", "content")
	if refused.status != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "loại tệp khác") {
		t.Errorf("got %d: %s", refused.status, refused.body)
	}
	if large := w.upload(token, "m3", "large.pdf", strings.Repeat("x", webchat.FileLimit+64<<10)); large.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a file too large got %d", large.status)
	}
}

func (w *world) upload(token, id, name, content string) reply {
	w.t.Helper()
	var body strings.Builder
	form := multipart.NewWriter(&body)
	_ = form.WriteField("id", id) // a Builder takes everything
	part, _ := form.CreateFormFile("file", name)
	_, _ = io.WriteString(part, content)
	_ = form.Close()
	return w.call(http.MethodPost, "/chat/api/send", token, body.String(), "Content-Type: "+form.FormDataContentType())
}
