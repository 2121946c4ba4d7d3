package staff

import (
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage/export"
)

// mostDossiers is how many one sheet may bring: they are kept in one transaction, within a turn.
const mostDossiers = 200

const errOtherColumns = viet.Problem("Dòng đầu của tệp không giống mẫu. Anh/chị tải mẫu, chép dữ liệu vào đúng cột rồi gửi lại.")

// dossierRow is one row of a sheet that was read without a mistake.
type dossierRow struct {
	row     int // in the sheet, counted from 0
	answers form.Answers
}

// mistake is what is wrong with one cell.
type mistake struct {
	row, column    int // counted from 0
	about, problem string
}

// cell is its name: "C7". Columns are few: A to G.
func (m mistake) cell() string { return fmt.Sprintf("%c%d", 'A'+m.column, m.row+1) }

// readDossiers takes the rows of a sheet apart. Rows that are empty, and the example, are passed over.
func readDossiers(rows [][]string, fields []form.Field, now time.Time) (read []dossierRow, wrong []mistake, err error) {
	if len(rows) == 0 || !slices.Equal(folded(rows[0], len(fields)), headings(fields)) {
		return nil, nil, errOtherColumns
	}
	blank, passed := folded(nil, len(fields)), folded(example(fields), len(fields))
	for i, row := range rows[1:] {
		if f := folded(row, len(fields)); slices.Equal(f, blank) || slices.Equal(f, passed) {
			continue
		}
		answers, mistakes := readDossier(row, i+1, fields, now)
		read, wrong = append(read, dossierRow{i + 1, answers}), append(wrong, mistakes...)
	}
	return read, append(wrong, repeated(read)...), nil
}

func readDossier(row []string, at int, fields []form.Field, now time.Time) (answers form.Answers, wrong []mistake) {
	answers = form.Answers{}
	for column, f := range fields {
		value, err := f.Read(cellText(f.Key, row, column))
		if err == nil && f.Key == dossierFiled && isFuture(value, now) {
			err = errFuture
		}
		if err != nil {
			wrong = append(wrong, mistake{at, column, f.Label, err.Error()})
			continue
		}
		answers[f.Key] = value
	}
	return answers, wrong
}

// cellText mends what spreadsheets make of numbers: a day is a count of days, and a phone has lost its first 0.
func cellText(key string, row []string, column int) string {
	if column >= len(row) {
		return ""
	}
	text := viet.Clean(row[column])
	switch {
	case key == dossierFiled:
		return export.Day(text)
	case key == dossierPhone && len(text) == 9 && text[0] != '0':
		return "0" + text
	}
	return text
}

// repeated finds rows of the same project and phone as one above.
func repeated(list []dossierRow) (wrong []mistake) {
	first := map[string]int{}
	for _, d := range list {
		name, phone := d.answers[dossierProject], d.answers[dossierPhone]
		if name == "" || phone == "" {
			continue
		}
		key := phone + viet.Fold(name)
		if above, ok := first[key]; ok {
			wrong = append(wrong, twice(d.row, fmt.Sprintf("Trùng tên dự án và số điện thoại với dòng %d.", above+1)))
			continue
		}
		first[key] = d.row
	}
	return wrong
}

// twice is the mistake of a dossier that is there already.
func twice(row int, problem string) mistake { return mistake{row, 3, "Tên dự án", problem} }

func headings(fields []form.Field) []string {
	list := []string{}
	for _, f := range fields {
		list = append(list, viet.Fold(f.Label))
	}
	return list
}

// folded gives the first n cells of a row as texts are compared.
func folded(row []string, n int) []string {
	list := make([]string, n)
	for i := range min(n, len(row)) {
		list[i] = viet.Fold(row[i])
	}
	return list
}
