package zalo_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

// noise is an image that compresses badly.
func noise(side int) *image.RGBA {
	picture := image.NewRGBA(image.Rect(0, 0, side, side/2))
	random := rand.NewChaCha8([32]byte{})
	_, _ = random.Read(picture.Pix)
	return picture
}

func inPNG(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inJPEG(t *testing.T, picture image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImagesAreMadeSmallEnough(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	for name, data := range map[string][]byte{"small": inPNG(t, noise(100)), "large": inPNG(t, noise(1200)), "large JPEG": inJPEG(t, noise(1600))} {
		if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{File: &bot.File{Name: "a.png", Data: data, Image: true}}); err != nil {
			t.Fatalf("%s, %d bytes: %v", name, len(data), err)
		}
		inbox := p.Inbox()
		got := inbox[len(inbox)-1].File
		if !got.Image || len(got.Data) >= 1<<20 || (name == "small") != bytes.Equal(got.Data, data) {
			t.Errorf("%s: %d bytes of %d", name, len(got.Data), len(data))
		}
		if name != "small" {
			checkScaled(t, got.Data)
		}
	}
}

func checkScaled(t *testing.T, data []byte) {
	t.Helper()
	picture, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := picture.Bounds(); b.Dx() < 512 || b.Dx() != 2*b.Dy() {
		t.Errorf("scaled to %v", b)
	}
}

func TestAFileTravelsBeforeItsText(t *testing.T) {
	s, p := platform(t)
	id, err := connect(t, s).Send(t.Context(), p.Chat(), bot.Outgoing{
		Text: "Kế hoạch đây.", File: &bot.File{Name: "Kế hoạch.PDF", Data: []byte("%PDF")}, Buttons: []bot.Button{{Label: "Xong", Data: "x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	got := p.Inbox()
	if len(got) != 2 || got[0].File.Name != "Kế hoạch.PDF" || string(got[0].File.Data) != "%PDF" || got[1].ID != id || len(got[1].Buttons) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestAnUploadIsUsedForSixDays(t *testing.T) {
	s, p := platform(t)
	s.Buy(9, 0)
	c := connect(t, s)
	report := bot.Outgoing{File: &bot.File{Name: "a.pdf", Data: []byte("%PDF")}}
	for _, step := range []struct {
		days, uploads int
	}{{0, 1}, {0, 1}, {5, 1}, {2, 2}, {1, 2}} {
		s.Advance(time.Duration(step.days) * 24 * time.Hour)
		p.Met()
		if _, err := c.Send(t.Context(), p.Chat(), report); err != nil {
			t.Fatal(err)
		}
		if got := s.Calls(zalotest.PathUploadFile); got != step.uploads {
			t.Errorf("%d days later: %d uploads, want %d", step.days, got, step.uploads)
		}
	}
}

func TestWhatZaloDoesNotCarryBecomesALink(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, func(cfg *zalo.Config) { cfg.Link = func(f bot.File) string { return "https://a.vn/f/" + f.ID } })
	for name, f := range map[string]bot.File{
		"spreadsheet": {ID: "1", Name: "Mẫu 01.xlsx", Data: []byte("PK")},
		"large":       {ID: "1", Name: "Mẫu 01.pdf", Data: make([]byte, 5<<20+1)},
		"no content":  {ID: "1", Name: "Mẫu 01.pdf"},
		"no picture":  {ID: "1", Name: "Mẫu 01.png", Data: []byte("\x89PNG\x0D\x0A\x1A\x0A" + strings.Repeat("x", 1<<20))},
	} {
		if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{File: &f}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		inbox := p.Inbox()
		if got := inbox[len(inbox)-1]; !strings.HasPrefix(got.Text, "Bạn xem tệp Mẫu 01.") || !strings.HasSuffix(got.Text, ": https://a.vn/f/1") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestPeopleAreToldOfAFileThatHasNoLink(t *testing.T) {
	s, p := platform(t)
	table := bot.Outgoing{Text: "Đây là bảng.", File: &bot.File{Name: "Mẫu 01.xlsx", Data: []byte("PK")}}
	if _, err := connect(t, s).Send(t.Context(), p.Chat(), table); err != nil {
		t.Fatal(err)
	}
	got := p.Inbox()
	if len(got) != 2 || !strings.HasPrefix(got[0].Text, "Mình không gửi được loại tệp này") || got[1].Text != "Đây là bảng." {
		t.Errorf("%+v", got)
	}
}

func TestAFailedUploadLeavesNothingUnknown(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	report := bot.Outgoing{File: &bot.File{Name: "a.pdf", Data: []byte("%PDF")}}
	for _, fault := range []zalotest.Fault{{Cut: true}, {Cut: true, Done: true}, zalotest.Page(200), {Body: `{"error":0,"data":{}}`}, zalotest.Page(502)} {
		s.Fail(zalotest.PathUploadFile, zalotest.Always(fault))
		_, err := c.Send(t.Context(), p.Chat(), report)
		checkMeaning(t, "upload", err, nil, 0)
	}
	s.Fail(zalotest.PathUploadFile, zalotest.Always(zalotest.Refuse(-210)))
	_, err := c.Send(t.Context(), p.Chat(), report)
	checkMeaning(t, "refused upload", err, bot.ErrRejected, 0)
}

func TestWhatPeopleSendIsDownloaded(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	got := listen(t, s, c)
	p.SendFile("báo cáo.docx", []byte("PK"))
	p.SendImage([]byte("\xff\xd8"), "ảnh")
	for _, want := range []bot.File{{Name: "báo cáo.docx", Size: 2, Data: []byte("PK")}, {Image: true, Data: []byte("\xff\xd8")}} {
		f := next(t, got).Files[0]
		if f.Name != want.Name || f.Size != want.Size || f.Image != want.Image {
			t.Errorf("%+v", f)
		}
		r, err := c.Download(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := io.ReadAll(r); err != nil || !bytes.Equal(data, want.Data) {
			t.Errorf("%q, %v", data, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := c.Download(t.Context(), bot.File{ID: s.URL + zalotest.PathDownload + "unknown"}); err == nil {
		t.Error("an unknown file was found")
	}
}
