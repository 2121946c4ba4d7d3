package export

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"khoinghiep/bot/viet"
)

// Why a workbook is not read, in words for the person who sent it.
const (
	ErrNotWorkbook = viet.Problem("Mình không mở được tệp này. Bạn gửi tệp Excel (.xlsx) không đặt mật khẩu.")
	ErrTooManyRows = viet.Problem("Tệp này có quá nhiều dòng. Bạn chia thành nhiều tệp nhỏ hơn rồi gửi lần lượt.")
)

// What a workbook may take in memory: an archive may claim to hold far more than it should.
const (
	workbookMost = 200 << 20 // bytes, unpacked
	sheetMost    = 50 << 20
)

// Read gives the cells of the first sheet of an XLSX file as texts, row by row, with the first row first; cells at the end
// of a row that are empty may be missing. Numbers are as the file keeps them, days as numbers too: see Day. It fails with a
// viet.Problem for what is no workbook, and for more rows than most.
func Read(content io.Reader, most int) ([][]string, error) {
	f, err := excelize.OpenReader(content, excelize.Options{UnzipSizeLimit: workbookMost, UnzipXMLSizeLimit: sheetMost})
	if err != nil {
		return nil, ErrNotWorkbook
	}
	defer func() { _ = f.Close() }()
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, ErrNotWorkbook
	}
	defer func() { _ = rows.Close() }()
	read := [][]string{}
	for rows.Next() {
		if len(read) == most {
			return nil, ErrTooManyRows
		}
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, ErrNotWorkbook
		}
		read = append(read, cells)
	}
	return read, nil
}

// lastDay is 31 December 2100 as sheets count, from the end of 1899.
const lastDay = 73415

// Day gives a number that a sheet keeps for a day as "2006-01-02". Any other text stays as it is.
func Day(text string) string {
	days, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || days < 1 || days > lastDay {
		return text
	}
	day, err := excelize.ExcelDateToTime(days, false)
	if err != nil {
		return text
	}
	return day.Format(time.DateOnly)
}

// Clock gives a number that a sheet keeps for a time of day as "15:04". Any other text stays as it is.
func Clock(text string) string {
	part, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || part <= 0 || part >= 1 {
		return text
	}
	return time.UnixMilli(0).UTC().Add(time.Duration(part*24*60+0.5) * time.Minute).Format("15:04")
}
