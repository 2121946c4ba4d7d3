package main

import (
	"os"
	"strings"
	"testing"

	"khoinghiep/storage/export"
)

// sheet makes an XLSX file of testdata/sheets/NAME.tsv: cells parted by tabs, the headings in the first line.
func sheet(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("testdata/sheets/" + name + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	s := export.Sheet{Name: name}
	for line := range strings.Lines(string(text)) {
		row := []any{}
		for cell := range strings.SplitSeq(strings.TrimSuffix(line, "\n"), "\t") {
			row = append(row, cell)
		}
		s.Rows = append(s.Rows, row)
	}
	for _, heading := range s.Rows[0] {
		s.Columns = append(s.Columns, export.Column{Heading: heading.(string)})
	}
	s.Rows = s.Rows[1:]
	content, err := export.XLSX(s)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
