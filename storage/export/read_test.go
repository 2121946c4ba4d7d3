package export_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"khoinghiep/storage/export"
)

func TestReadGivesTheFirstSheetAsTexts(t *testing.T) {
	day := time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	content := workbook(t,
		export.Sheet{Name: "Một", Columns: []export.Column{{Heading: "Tên"}, {Heading: "Số"}}, Rows: [][]any{{"Lê Văn An", int64(912345678), day}, {}, {"=1+1"}}},
		export.Sheet{Name: "Hai", Rows: [][]any{{"khác"}}})
	got, err := export.Read(bytes.NewReader(content), 10)
	want := [][]string{{"Tên", "Số"}, {"Lê Văn An", "912345678", "46086"}, nil, {"=1+1"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestReadRefuses(t *testing.T) {
	content := workbook(t, export.Sheet{Name: "Một", Rows: [][]any{{"a"}, {"b"}}})
	for name, c := range map[string]struct {
		content []byte
		most    int
		want    error
	}{
		"no workbook":     {[]byte("%PDF-1.7"), 10, export.ErrNotWorkbook},
		"half a workbook": {content[:len(content)/2], 10, export.ErrNotWorkbook},
		"too many rows":   {content, 2, export.ErrTooManyRows},
	} {
		if _, err := export.Read(bytes.NewReader(c.content), c.most); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestDay(t *testing.T) {
	for text, want := range map[string]string{
		"46086": "2026-03-05", "46086.6041666667": "2026-03-05", "05/03/2026": "05/03/2026", "": "", "0": "0", "-3": "-3", "1e300": "1e300",
	} {
		if got := export.Day(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
