package storage_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

const pdf = "%PDF-1.7\n1 0 obj << /Title (Gioi thieu du an) >> endobj\n%%EOF"

// archive makes a ZIP file of parts: name, content, name, content, …
func archive(t *testing.T, parts ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// docx makes a document of paragraphs, each in two runs, as Word splits them.
func docx(t *testing.T, paragraphs ...string) string {
	t.Helper()
	body := strings.Builder{}
	for _, p := range paragraphs {
		half := strings.Index(p, " ") + 1
		body.WriteString(`<w:p><w:r><w:t>` + p[:half] + `</w:t></w:r><w:r><w:t>` + p[half:] + `</w:t></w:r></w:p>`)
	}
	return archive(t, "[Content_Types].xml", "<Types/>", "word/document.xml", `<w:document xmlns:w="w"><w:body>`+body.String()+`</w:body></w:document>`)
}

func pictures(t *testing.T) (asJPEG, asPNG string) {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 8, 8))
	var j, p bytes.Buffer
	if err := errors.Join(jpeg.Encode(&j, picture, nil), png.Encode(&p, picture)); err != nil {
		t.Fatal(err)
	}
	return j.String(), p.String()
}

// oldOffice begins as a compound file does and names a stream.
func oldOffice(stream string) string {
	name := strings.Builder{}
	for _, c := range []byte(stream) {
		name.Write([]byte{c, 0})
	}
	return "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 504) + name.String()
}

// onDisk lists all that is in a folder.
func onDisk(t *testing.T, dir string) []string {
	t.Helper()
	names := []string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestPutKnowsKinds holds that a content is taken for what it is, whatever its name says.
func TestPutKnowsKinds(t *testing.T) {
	t.Parallel()
	store := storagetest.Open(t, storagetest.SQLiteURL(t))
	files := storage.NewFiles(t.TempDir(), store)
	asJPEG, asPNG := pictures(t)
	for mime, content := range map[string]string{
		"application/pdf": pdf,
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   docx(t, "Mật ong rừng Ba Tơ", "MẬT ONG"),
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         archive(t, "xl/workbook.xml", "<a/>"),
		"application/vnd.openxmlformats-officedocument.presentationml.presentation": archive(t, "ppt/presentation.xml", "<a/>"),
		"application/msword":            oldOffice("WordDocument"),
		"application/vnd.ms-excel":      oldOffice("Workbook"),
		"application/vnd.ms-powerpoint": oldOffice("PowerPoint Document"),
		"image/jpeg":                    asJPEG,
		"image/png":                     asPNG,
		"image/webp":                    "RIFF\x24\x00\x00\x00WEBPVP8 \x18\x00\x00\x00",
		"image/heic":                    "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
	} {
		file, err := files.Put(t.Context(), strings.NewReader(content), "ten.exe")
		if err != nil || file.MIME != mime || file.Size != int64(len(content)) || file.Image != strings.HasPrefix(mime, "image/") {
			t.Errorf("want %s, got %+v, %v", mime, file, err)
		}
	}
}

// TestPutRefuses holds that what may not be kept is refused in words for the person, and leaves nothing on the disk.
func TestPutRefuses(t *testing.T) {
	t.Parallel()
	store := storagetest.Open(t, storagetest.SQLiteURL(t))
	dir := t.TempDir()
	files := storage.NewFiles(dir, store)
	word := docx(t, "Báo cáo")
	for _, c := range []struct {
		what, content, name string
		want                error
	}{
		{"nothing", "", "a.pdf", storage.ErrFileEmpty},
		{"one byte too many", pdf + strings.Repeat(" ", storage.FileLimit-len(pdf)+1), "a.pdf", storage.ErrFileTooBig},
		{"a program that is called a document", "MZ\x90\x00\x03", "a.pdf", storage.ErrFileKind},
		{"a web page", "<html><script>alert(1)</script>", "a.jpg", storage.ErrFileKind},
		{"a drawing with script", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "a.png", storage.ErrFileKind},
		{"a video", "\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "a.mp4", storage.ErrFileKind},
		{"an archive", archive(t, "a.txt", "a"), "a.docx", storage.ErrFileKind},
		{"a broken archive", word[:len(word)/2], "a.docx", storage.ErrFileKind},
		{"a document with macros", archive(t, "word/document.xml", "<a/>", "word/vbaProject.bin", "x"), "a.docx", storage.ErrFileKind},
		{"an installer", oldOffice("Binary.Setup"), "a.doc", storage.ErrFileKind},
		{"a stamped document", docx(t, "UBND TỈNH", "MẬT", "Báo cáo"), "a.docx", storage.ErrFileSecret},
		{"a document of the second degree", docx(t, "Độ mật: Tối mật"), "a.docx", storage.ErrFileSecret},
		{"a titled PDF", "%PDF-1.7\n/Title (TUYỆT MẬT)", "a.pdf", storage.ErrFileSecret},
		{"a name that says secret", pdf, "(MẬT) ke hoach.pdf", storage.ErrFileSecret},
		{"a name without accents", pdf, "tuyet_mat.pdf", storage.ErrFileSecret},
		{"a card of identity", pdf, "CCCD mặt trước.pdf", storage.ErrFileIdentity},
		{"a card of identity in words", pdf, "can-cuoc-cong-dan.pdf", storage.ErrFileIdentity},
	} {
		if _, err := files.Put(t.Context(), strings.NewReader(c.content), c.name); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %q", c.what, err, c.want)
		}
	}
	if left := onDisk(t, dir); len(left) > 0 {
		t.Errorf("left on the disk: %v", left)
	}
}

// TestMarkedLeavesHoney holds that ordinary words are no marks.
func TestMarkedLeavesHoney(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "MẬT ONG RỪNG.pdf", "mật ong Ba Tơ", "Mật mía.docx", "bảo mật dữ liệu", "thuốc đau mắt", "ảnh gương mặt", "tôi mất hóa đơn", "căn bếp"} {
		if err := storage.Marked(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestPutKeepsAContentOnce holds that the same content has one place and one hash, and is read back as it came.
func TestPutKeepsAContentOnce(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		dir := t.TempDir()
		files := storage.NewFiles(dir, s)
		largest := pdf + strings.Repeat(" ", storage.FileLimit-len(pdf))
		for _, name := range []string{"a.pdf", "b.pdf"} {
			file, err := files.Put(t.Context(), strings.NewReader(largest), name)
			if err != nil || file.Name != name {
				t.Fatalf("%+v, %v", file, err)
			}
			r, err := files.Open(t.Context(), file.ID)
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			_ = r.Close()
			if err != nil || string(got) != largest {
				t.Errorf("read back %d bytes, %v", len(got), err)
			}
		}
		if kept := onDisk(t, dir); len(kept) != 1 {
			t.Errorf("on the disk: %v", kept)
		}
	})
}

// TestOpenGivesOnlyContents holds that no id leads outside the folder.
func TestOpenGivesOnlyContents(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	files := storage.NewFiles(dir, storagetest.Open(t, storagetest.SQLiteURL(t)))
	if err := os.WriteFile(filepath.Join(dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "secret", "../secret", "../../etc/passwd", strings.Repeat("0", 64)} {
		if _, err := files.Open(t.Context(), id); !errors.Is(err, storage.ErrFileMissing) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestFileLinks holds that a link works for a while, for its content alone, on every replica, and for nobody who made it up.
func TestFileLinks(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		now := time.Date(2026, time.November, 22, 9, 0, 0, 0, time.UTC)
		links, err := s.FileLinks(t.Context(), "https://example.vn")
		if err != nil {
			t.Fatal(err)
		}
		other, err := s.FileLinks(t.Context(), "https://example.vn")
		if err != nil {
			t.Fatal(err)
		}
		url := links.URL("abc", now)
		parts := strings.Split(strings.TrimPrefix(url, "https://example.vn/f/"), "/")
		if len(parts) != 3 || other.URL("abc", now) != url {
			t.Fatalf("a link %q", url)
		}
		id, expires, signature := parts[0], parts[1], parts[2]
		for what, right := range map[string]bool{
			"as made":           other.Valid(id, expires, signature, now.Add(14*time.Minute)),
			"too late":          !links.Valid(id, expires, signature, now.Add(15*time.Minute)),
			"another content":   !links.Valid("abd", expires, signature, now),
			"more time":         !links.Valid(id, expires+"0", signature, now),
			"another signature": !links.Valid(id, expires, strings.Repeat("0", 64), now),
			"no signature":      !links.Valid(id, expires, "", now),
			"no time":           !links.Valid(id, "", signature, now),
		} {
			if !right {
				t.Error(what)
			}
		}
		if hidden, err := s.FileLinks(t.Context(), ""); err != nil || hidden.URL("abc", now) != "" {
			t.Errorf("a link without a public address, %v", err)
		}
	})
}
