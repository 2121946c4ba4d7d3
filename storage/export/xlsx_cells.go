package export

import (
	"fmt"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/unicode/norm"
)

func (w *workbook) add(name string, s Sheet) error {
	if _, err := w.NewSheet(name); err != nil {
		return err
	}
	for i, c := range s.Columns {
		if err := w.addColumn(name, i, c); err != nil {
			return err
		}
	}
	if err := w.fill(name, s.Rows); err != nil {
		return err
	}
	return w.freeze(name, len(s.Columns), len(s.Rows))
}

// addColumn prepares the i-th column for texts, those too that people type below the rows.
func (w *workbook) addColumn(sheet string, i int, c Column) error {
	letter, err := excelize.ColumnNumberToName(i + 1)
	if err != nil {
		return err
	}
	if c.Width > 0 {
		if err := w.SetColWidth(sheet, letter, letter, c.Width); err != nil {
			return err
		}
	}
	if err := w.SetColStyle(sheet, letter, w.text); err != nil {
		return err
	}
	return w.set(sheet, i, 0, c.Heading, w.bold)
}

func (w *workbook) fill(name string, rows [][]any) error {
	for y, row := range rows {
		for x, value := range row {
			if value == nil {
				continue
			}
			if err := w.set(name, x, y+1, value, w.styleOf(value)); err != nil {
				return err
			}
		}
	}
	return nil
}

// set puts a value into the cell in a column and a row, both counted from 0.
func (w *workbook) set(sheet string, column, row int, value any, style int) error {
	cell, err := excelize.CoordinatesToCellName(column+1, row+1)
	if err != nil {
		return err
	}
	switch value := value.(type) {
	case string:
		err = w.SetCellStr(sheet, cell, norm.NFC.String(strings.ToValidUTF8(value, "")))
	case int, int64, float64, time.Time:
		err = w.SetCellValue(sheet, cell, value)
	default:
		err = fmt.Errorf("cell %s: a value of type %T", cell, value)
	}
	if err != nil || style == w.text { // which the column has
		return err
	}
	return w.SetCellStyle(sheet, cell, cell, style)
}

func (w *workbook) styleOf(value any) int {
	switch value := value.(type) {
	case string:
		return w.text
	case time.Time:
		if value.Hour() == 0 && value.Minute() == 0 {
			return w.day
		}
		return w.minute
	}
	return 0
}

// freeze keeps the headings in sight, and has them filter the rows.
func (w *workbook) freeze(sheet string, columns, rows int) error {
	if columns == 0 {
		return nil
	}
	last, err := excelize.CoordinatesToCellName(columns, rows+1)
	if err != nil {
		return err
	}
	if err := w.AutoFilter(sheet, "A1:"+last, nil); err != nil {
		return err
	}
	return w.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}
