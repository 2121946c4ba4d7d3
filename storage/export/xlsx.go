package export

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Column is one column of a sheet.
type Column struct {
	Heading string
	Width   float64 // in characters; 0: as wide as spreadsheets make it
}

// Sheet is one sheet of a workbook. A row has a value for each column; fewer leave the rest empty.
type Sheet struct {
	Name    string // shortened and cleaned to what spreadsheets allow
	Columns []Column
	Rows    [][]any // of string, int, int64, float64, time.Time or nil
}

// XLSX makes a workbook. Each sheet has a bold heading row, frozen and with a filter. A string stays a text whatever it
// begins with, so that no value of a person's becomes a formula; one of more than 32,767 UTF-16 units is cut there. A
// time.Time becomes a date, with the hour unless it is midnight, in its own zone. It fails for values of other types.
func XLSX(sheets ...Sheet) ([]byte, error) {
	w := workbook{File: excelize.NewFile()}
	defer func() { _ = w.Close() }() // only temporary files of what was opened, and there are none
	if err := w.build(sheets); err != nil {
		return nil, fmt.Errorf("make a workbook: %w", err)
	}
	content, err := w.WriteToBuffer()
	if err != nil {
		return nil, fmt.Errorf("write a workbook: %w", err)
	}
	return content.Bytes(), nil
}

// workbook is one in the making, with its styles.
type workbook struct {
	*excelize.File
	bold, text, day, minute int
}

func (w *workbook) build(sheets []Sheet) error {
	if err := w.addStyles(); err != nil {
		return err
	}
	if err := w.SetDocProps(&excelize.DocProperties{Creator: "Khởi Nghiệp Bot"}); err != nil {
		return err
	}
	first, names := w.GetSheetName(0), sheetNames(sheets)
	for i, s := range sheets {
		if err := w.add(names[i], s); err != nil {
			return fmt.Errorf("sheet %s: %w", names[i], err)
		}
	}
	return w.DeleteSheet(first) // keeps it when there is no other
}

func (w *workbook) addStyles() error {
	for _, s := range []struct {
		id    *int
		style excelize.Style
	}{
		{&w.bold, excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&w.text, excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&w.day, excelize.Style{CustomNumFmt: new("dd/mm/yyyy"), Alignment: &excelize.Alignment{Vertical: "top"}}},
		{&w.minute, excelize.Style{CustomNumFmt: new("dd/mm/yyyy hh:mm"), Alignment: &excelize.Alignment{Vertical: "top"}}},
	} {
		id, err := w.NewStyle(&s.style)
		if err != nil {
			return err
		}
		*s.id = id
	}
	return nil
}

// textFormat is "@" (ECMA-376, 18.8.30): what is typed into such a cell stays as it was typed, an = or a leading 0 too.
const textFormat = 49
