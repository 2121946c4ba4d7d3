package storage

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf16"
)

// The types of files that are taken.
const (
	typePDF  = "application/pdf"
	typeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	typeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typePPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	typeDOC  = "application/msword"
	typeXLS  = "application/vnd.ms-excel"
	typePPT  = "application/vnd.ms-powerpoint"
	typeJPEG = "image/jpeg"
	typePNG  = "image/png"
	typeWebP = "image/webp"
	typeHEIC = "image/heic"
)

// Kind tells a content's MIME type from the content alone; a name or a claim counts for nothing. Anything but PDF, Office
// documents (old and new, without macros) and JPEG, PNG, WebP and HEIC images is ErrFileKind.
func Kind(content io.ReaderAt, size int64) (string, error) {
	head := make([]byte, 512)
	n, err := content.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return "", fmt.Errorf("read file: %w", err)
	}
	head = head[:n]
	switch sniffed := http.DetectContentType(head); sniffed {
	case typePDF, typeJPEG, typePNG, typeWebP:
		return sniffed, nil
	case "application/zip":
		return officeKind(content, size)
	}
	switch {
	case isHEIC(head):
		return typeHEIC, nil
	case bytes.HasPrefix(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return oldOfficeKind(content, size)
	}
	return "", ErrFileKind
}

// Extension is how names of files of a type that is taken end: ".pdf".
func Extension(mime string) string {
	return map[string]string{
		typePDF: ".pdf", typeDOCX: ".docx", typeXLSX: ".xlsx", typePPTX: ".pptx", typeDOC: ".doc", typeXLS: ".xls", typePPT: ".ppt",
		typeJPEG: ".jpg", typePNG: ".png", typeWebP: ".webp", typeHEIC: ".heic",
	}[mime]
}

// officeKind knows Office Open XML by its main part (ECMA-376). Documents with macros are refused.
func officeKind(content io.ReaderAt, size int64) (string, error) {
	archive, err := zip.NewReader(content, size)
	if err != nil {
		return "", ErrFileKind
	}
	parts := map[string]string{"word/document.xml": typeDOCX, "xl/workbook.xml": typeXLSX, "ppt/presentation.xml": typePPTX}
	mime := ""
	for _, f := range archive.File {
		if strings.HasSuffix(f.Name, "/vbaProject.bin") {
			return "", ErrFileKind
		}
		if kind, ok := parts[f.Name]; ok {
			mime = kind
		}
	}
	if mime == "" {
		return "", ErrFileKind
	}
	return mime, nil
}

// oldOfficeKind knows a compound file by the name of its main stream, which stands in the file in UTF-16 ([MS-CFB],
// [MS-DOC], [MS-XLS], [MS-PPT]). Other compound files, such as installers and mails, have none of the three.
func oldOfficeKind(content io.ReaderAt, size int64) (string, error) {
	all, err := io.ReadAll(io.NewSectionReader(content, 0, size))
	if err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	streams := []struct{ name, kind string }{{"WordDocument", typeDOC}, {"Workbook", typeXLS}, {"PowerPoint Document", typePPT}}
	for _, s := range streams {
		if bytes.Contains(all, utf16Text(s.name, binary.LittleEndian)) {
			return s.kind, nil
		}
	}
	return "", ErrFileKind
}

// isHEIC knows the brands of HEIF images, as iPhones make them (ISO/IEC 23008-12).
func isHEIC(head []byte) bool {
	return len(head) >= 12 && string(head[4:8]) == "ftyp" &&
		slices.Contains([]string{"heic", "heix", "heim", "heis", "mif1"}, string(head[8:12]))
}

func utf16Text(s string, order binary.AppendByteOrder) []byte {
	encoded := []byte{}
	for _, unit := range utf16.Encode([]rune(s)) {
		encoded = order.AppendUint16(encoded, unit)
	}
	return encoded
}
