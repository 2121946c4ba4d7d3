package storage

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"

	"khoinghiep/bot/viet"
)

// Why a file is refused for what it seems to hold.
const (
	ErrFileSecret   = viet.Problem("Tệp này có dấu hiệu là tài liệu mật. Mình không nhận và không giữ tài liệu mật. Bạn gửi tệp khác giúp.")
	ErrFileIdentity = viet.Problem("Mình không nhận ảnh giấy tờ tùy thân (căn cước, CMND, hộ chiếu) và không giữ tệp này. Bạn gửi tệp khác giúp.")
)

var (
	// The degrees of secrecy are Mật, Tối mật and Tuyệt mật (Luật Bảo vệ bí mật nhà nước 29/2018/QH14, Article 8). "Mật"
	// alone is also honey, so it counts only where a stamp would stand.
	secretPhrase = regexp.MustCompile(`(?i)(tối|tuyệt|tài liệu|văn bản|công văn) mật([^\p{L}]|$)|độ mật:`)
	secretStamp  = regexp.MustCompile(`(^|[(\[_-])MẬT([)\]_.-]|$)`)
	secretFolded = regexp.MustCompile(`\b(tuyet mat|tai lieu mat|van ban mat)\b`)
	identity     = regexp.MustCompile(`\b(cccd|cmnd|cmt|can cuoc|chung minh nhan dan|ho chieu|passport)\b`)
)

// Marked refuses a file by what people write about it, its name or its caption: papers of identity, and documents under a
// degree of secrecy. It is a courtesy, not a guard: it sees words, never pictures, and a renamed file passes; staff strike
// what slips through.
func Marked(text string) error {
	text = viet.Clean(text)
	folded := viet.Fold(text)
	switch {
	case secretPhrase.MatchString(text), secretStamp.MatchString(text), secretFolded.MatchString(folded):
		return ErrFileSecret
	case identity.MatchString(folded):
		return ErrFileIdentity
	}
	return nil
}

// markedInside looks for marks of secrecy in the text of a DOCX, and in a PDF as far as its text is neither compressed nor
// in an encoding of its own; most PDFs are both. Scans are not read.
func markedInside(content io.ReaderAt, size int64, mime string) error {
	switch mime {
	case typeDOCX:
		return markedDOCX(content, size)
	case typePDF:
		return markedPDF(content, size)
	}
	return nil
}

func markedPDF(content io.ReaderAt, size int64) error {
	all, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	for _, mark := range []string{"TUYỆT MẬT", "TỐI MẬT", "(MẬT)"} {
		if bytes.Contains(all, []byte(mark)) || bytes.Contains(all, utf16Text(mark, binary.BigEndian)) {
			return ErrFileSecret
		}
	}
	return nil
}

func markedDOCX(content io.ReaderAt, size int64) error {
	archive, err := zip.NewReader(content, size)
	if err != nil {
		return ErrFileKind
	}
	for _, part := range archive.File {
		if strings.HasPrefix(part.Name, "word/") && strings.HasSuffix(part.Name, ".xml") {
			if err := markedPart(part); err != nil {
				return err
			}
		}
	}
	return nil
}

// markedPart reads the paragraphs of one part, at most FileLimit bytes of it: an archive may claim to hold far more.
func markedPart(part *zip.File) error {
	r, err := part.Open()
	if err != nil {
		return ErrFileKind
	}
	defer func() { _ = r.Close() }()
	tokens, paragraph := xml.NewDecoder(io.LimitReader(r, FileLimit)), ""
	for {
		token, err := tokens.Token()
		if err != nil {
			return nil // the end, or a part that no reader would show
		}
		switch token := token.(type) {
		case xml.CharData:
			paragraph += string(token)
		case xml.EndElement:
			if token.Name.Local != "p" {
				continue
			}
			if p := viet.Clean(paragraph); secretPhrase.MatchString(p) || secretStamp.MatchString(p) {
				return ErrFileSecret
			}
			paragraph = ""
		}
	}
}
