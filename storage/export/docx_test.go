package export_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gomutex/godocx/packager"

	"khoinghiep/storage/export"
)

// partOf gives one part of a document as text.
func partOf(t *testing.T, content []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func document(t *testing.T, blocks ...export.Block) []byte {
	t.Helper()
	content, err := export.DOCX(blocks...)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestDOCXHasItsText(t *testing.T) {
	content := document(t,
		export.Letterhead("SKHCN", "V/v gửi báo cáo", time.Date(2026, 2, 5, 0, 0, 0, 0, time.UTC)),
		export.Paragraph{Text: "Dòng một <& \"ngoặc\">\nDòng hai\x00\x01", Indent: true},
		export.Table{Lines: true, Widths: []int{40, 40}, Rows: [][][]export.Paragraph{{{{Text: "Ô một"}}, {{Text: "Ô hai"}}}}},
		export.PageBreak{},
		export.Signature([]string{"- Như trên;"}, "GIÁM ĐỐC"))
	if _, err := packager.Unpack(&content); err != nil {
		t.Fatalf("it cannot be read back: %v", err)
	}
	text := partOf(t, content, "word/document.xml")
	for _, want := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "tháng 02 năm 2026", "V/v gửi báo cáo",
		"Dòng một &lt;&amp; &#34;ngoặc&#34;&gt;</w:t>", ">Dòng hai", "Ô một", "Ô hai", "Nơi nhận:", "GIÁM ĐỐC",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the document", want)
		}
	}
	if strings.ContainsAny(text, "\x00\x01") {
		t.Error("characters that XML does not allow are in the document")
	}
}

// The page of Decree 30/2020: A4; 20 to 25 mm above and below, 30 to 35 left, 15 to 20 right.
func TestDOCXHasThePageOfOfficialDocuments(t *testing.T) {
	content := document(t, export.Paragraph{Text: "a"})
	text := partOf(t, content, "word/document.xml")
	for _, want := range []string{
		`w:w="11907"`, `w:h="16839"`, `w:left="1701"`, `w:right="850"`, `w:top="1134"`, `w:bottom="1134"`, `w:ascii="Times New Roman"`, `<w:sz w:val="28">`,
		`<w:headerReference w:type="default" r:id="rIdHeader">`, "<w:titlePg",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not in %s", want, text)
		}
	}
	if header := partOf(t, content, "word/header1.xml"); !strings.Contains(header, " PAGE ") {
		t.Error("pages have no number")
	}
	if rels := partOf(t, content, "word/_rels/document.xml.rels"); !strings.Contains(rels, "header1.xml") {
		t.Error("the header is not found from the document")
	}
}
