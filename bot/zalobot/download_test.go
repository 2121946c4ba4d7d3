package zalobot_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot/zalobottest"
)

const limit = 20 << 20

func TestDownloadFetchesThePhotoOfAPerson(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s.URL)
	p.SendPhoto([]byte("\xff\xd8photo"), "Báo cáo")
	updates, stop := poll(t, c)
	(<-updates).settle <- nil
	photo := <-updates
	photo.settle <- nil
	stop()
	if photo.in.Text != "Báo cáo" || len(photo.in.Files) != 1 || !photo.in.Files[0].Image {
		t.Fatalf("%+v", photo.in)
	}
	r, err := c.Download(t.Context(), photo.in.Files[0])
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || string(got) != "\xff\xd8photo" {
		t.Errorf("%q, %v", got, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	for name, fault := range map[string]zalobottest.Fault{"gone": {Status: 404}, "cut": {Cut: true}} {
		s.Fail("photo", zalobottest.Always(fault))
		if _, err := c.Download(t.Context(), photo.in.Files[0]); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestDownloadRefusesPhotosOverTheLimit(t *testing.T) {
	size := limit
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(bytes.Repeat([]byte("a"), size))
	}))
	t.Cleanup(s.Close)
	for _, more := range []int{0, 1} {
		size = limit + more
		r, err := connect(t, s.URL).Download(t.Context(), bot.File{ID: s.URL})
		if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, r)
		if n > limit || (more > 0) != (err != nil && strings.Contains(err.Error(), "20 MB")) {
			t.Errorf("%d bytes over: read %d, %v", more, n, err)
		}
		_ = r.Close()
	}
}

// TestDownloadStaysOutOfOurOwnNetwork: the address of a photo may be made up by whoever sends it.
func TestDownloadStaysOutOfOurOwnNetwork(t *testing.T) {
	asked := false
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	t.Cleanup(inside.Close)
	c := connect(t, "https://bot-api.zaloplatforms.com")
	port := inside.URL[strings.LastIndex(inside.URL, ":"):]
	for _, address := range []string{
		inside.URL, "https://[::ffff:127.0.0.1]" + port, "https://0.0.0.0" + port, "https://10.0.0.1/a.jpg", "https://169.254.169.254/latest",
		"http://93.184.216.34/a.jpg", "ftp://a.vn/a.jpg", "file:///etc/passwd", "a.jpg", "",
	} {
		_, err := c.Download(t.Context(), bot.File{ID: address})
		if err == nil || !strings.Contains(err.Error(), "not at a public https address") {
			t.Errorf("%q: %v", address, err)
		} else if address != "" && strings.Contains(err.Error(), address) {
			t.Errorf("the error shows the address: %v", err)
		}
	}
	if asked {
		t.Error("a server of our own was asked")
	}
}
