package main

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"khoinghiep/bot/zalo"
)

// verifier proves to Zalo that the domain is ours, in one of the two ways its console offers, or both.
type verifier struct {
	tag           string // content of the meta tag on the first page; "": none
	file, content string // a file at the root; "": none
}

var (
	verifierShape = regexp.MustCompile(`^(?:tag=(\S+))?\s*(?:file=(\S+)\s+(.+))?$`)
	fileNameShape = regexp.MustCompile(`^[A-Za-z0-9_-]+\.(html|txt)$`)
)

// readVerifier reads "tag=CODE file=NAME CONTENT", either part alone, too; the content is all that follows the name.
func readVerifier(v *verifier, text string) error {
	parts := verifierShape.FindStringSubmatch(text)
	if parts == nil || parts[2] != "" && !fileNameShape.MatchString(parts[2]) {
		return unless(false, "ZALO_VERIFIER: phải có dạng tag=MÃ hoặc file=TÊN_TỆP.html NỘI DUNG, có cả hai thì tag đứng trước")
	}
	*v = verifier{tag: parts[1], file: parts[2], content: parts[3]}
	return nil
}

// readTemplates reads the file that gives the ids of approved templates: lines "name id"; "#" begins a comment. No file is
// no templates.
func readTemplates(templates *map[string]string, path string) error {
	*templates = map[string]string{}
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return unless(false, "ZALO_TEMPLATES: không đọc được tệp "+path)
	}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case len(words) != 2 || (*templates)[words[0]] != "":
			return unless(false, fmt.Sprintf("ZALO_TEMPLATES: dòng %d của %s phải là TÊN SỐ, mỗi tên một dòng", number, path))
		default:
			(*templates)[words[0]] = words[1]
		}
	}
	return nil
}

func readVariants(variants *[]zalo.Variant, text string) error {
	known := []zalo.Variant{zalo.BodyTimestamp, zalo.HeaderTimestamp}
	for _, word := range strings.Fields(text) {
		if !slices.Contains(known, zalo.Variant(word)) {
			return unless(false, "ZALO_SIGNATURE: phải là body, header hoặc cả hai, cách nhau bằng dấu cách")
		}
		*variants = append(*variants, zalo.Variant(word))
	}
	return nil
}
