package export_test

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"khoinghiep/storage/export"
)

// textFormat is the number of the format "@", in which what people type stays a text.
const textFormat = 49

func open(t *testing.T, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func workbook(t *testing.T, sheets ...export.Sheet) []byte {
	t.Helper()
	content, err := export.XLSX(sheets...)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestTextsStayTexts(t *testing.T) {
	dangerous := []string{"=1+1", "+84912345678", "-1", "@SUM(A1)", "\t=1", "\r=1", `=cmd|'/c calc'!A1`, "0912345678", "1e5", "TRUE", "05/03/2026"}
	rows := [][]any{}
	for _, text := range dangerous {
		rows = append(rows, []any{text})
	}
	content := workbook(t, export.Sheet{Name: "Dữ liệu", Columns: []export.Column{{Heading: "=A"}}, Rows: rows})
	f := open(t, content)
	for i, want := range append([]string{"=A"}, dangerous...) {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		kind, err := f.GetCellType("Dữ liệu", cell)
		formula, _ := f.GetCellFormula("Dữ liệu", cell)
		got, _ := f.GetCellValue("Dữ liệu", cell)
		if err != nil || kind != excelize.CellTypeSharedString || formula != "" || got != want {
			t.Errorf("%q: got %q of type %d with formula %q (%v)", want, got, kind, formula, err)
		}
		id, _ := f.GetCellStyle("Dữ liệu", cell)
		if style, err := f.GetStyle(id); i > 0 && (err != nil || style.NumFmt != textFormat) {
			t.Errorf("%q would be taken for something else once it is edited: %+v (%v)", want, style, err)
		}
	}
	if xml := part(t, content, "xl/worksheets/sheet"); strings.Contains(xml, "<f>") || strings.Contains(xml, "<f ") {
		t.Errorf("a formula is in %s", xml)
	}
}

// part gives the parts of a workbook whose names begin so.
func part(t *testing.T, content []byte, prefix string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Builder{}
	for _, f := range archive.File {
		if !strings.HasPrefix(f.Name, prefix) {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, io.LimitReader(r, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestDatesAndNumbersAreWhatTheyAre(t *testing.T) {
	zone := time.FixedZone("+7", 7*60*60)
	f := open(t, workbook(t, export.Sheet{Name: "A", Columns: []export.Column{{Heading: "Ngày"}}, Rows: [][]any{
		{time.Date(2026, 3, 5, 0, 0, 0, 0, zone), time.Date(2026, 3, 5, 14, 30, 0, 0, zone), int64(12), 2.5, 7, nil, ""},
	}}))
	for cell, want := range map[string]struct{ shown, raw string }{
		"A2": {"05/03/2026", "46086"},
		"B2": {"05/03/2026 14:30", "46086.6041666667"},
		"C2": {"12", "12"},
		"D2": {"2.5", "2.5"},
		"E2": {"7", "7"},
		"F2": {"", ""},
		"G2": {"", ""},
	} {
		shown, _ := f.GetCellValue("A", cell)
		raw, _ := f.GetCellValue("A", cell, excelize.Options{RawCellValue: true})
		if shown != want.shown || raw != want.raw {
			t.Errorf("%s: got %q, kept as %q; want %q, %q", cell, shown, raw, want.shown, want.raw)
		}
	}
}

func TestHeadingsAreBoldFrozenAndFilter(t *testing.T) {
	f := open(t, workbook(t, export.Sheet{
		Name:    "Hồ sơ",
		Columns: []export.Column{{Heading: "Mã hồ sơ", Width: 16}, {Heading: "Họ và tên"}},
		Rows:    [][]any{{"KN-2026-0001", "Lê Văn An"}},
	}))
	id, _ := f.GetCellStyle("Hồ sơ", "B1")
	style, err := f.GetStyle(id)
	if err != nil || style.Font == nil || !style.Font.Bold {
		t.Errorf("the heading has the style %+v (%v)", style, err)
	}
	if panes, err := f.GetPanes("Hồ sơ"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v (%v)", panes, err)
	}
	if width, err := f.GetColWidth("Hồ sơ", "A"); err != nil || width != 16 {
		t.Errorf("the first column is %v wide (%v)", width, err)
	}
	names := f.GetDefinedName()
	if len(names) != 1 || names[0].RefersTo != "'Hồ sơ'!$A$1:$B$2" {
		t.Errorf("filters %+v", names)
	}
}

func TestSheetNamesAreMadeValid(t *testing.T) {
	long := strings.Repeat("ệ", 40)
	f := open(t, workbook(t, export.Sheet{Name: "Tháng 11/2026"}, export.Sheet{Name: "tháng 11 2026"}, export.Sheet{Name: ""}, export.Sheet{Name: long}, export.Sheet{Name: "'[]'"}))
	want := []string{"Tháng 11 2026", "tháng 11 2026 (2)", "(3)", long[:31*len("ệ")], "(5)"}
	if got := f.GetSheetList(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTextsAreComposed(t *testing.T) {
	f := open(t, workbook(t, export.Sheet{Name: "A", Rows: [][]any{{"Tie\u0302\u0301ng Vie\u0323\u0302t"}, {"hai\ndòng"}, {"a\x00b\xff"}}}))
	for cell, want := range map[string]string{"A2": "Tiếng Việt", "A3": "hai\ndòng", "A4": "a\uFFFDb"} {
		if got, _ := f.GetCellValue("A", cell); got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
}

func TestOtherValuesAreRefused(t *testing.T) {
	if _, err := export.XLSX(export.Sheet{Name: "A", Rows: [][]any{{struct{}{}}}}); err == nil {
		t.Error("a value that is neither text, number nor date was taken")
	}
}
