package competition

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
)

// Mistake is what is wrong with one cell.
type Mistake struct {
	Row, Column int // counted from 0
	About       string
	Problem     string
}

// Cell is its name: "C7". Columns are few.
func (m Mistake) Cell() string { return fmt.Sprintf("%c%d", 'A'+m.Column, m.Row+1) }

// ErrOtherColumns is what is wrong with a sheet of another kind.
const ErrOtherColumns = viet.Problem("Dòng đầu của tệp không giống mẫu. Anh/chị tải mẫu, điền vào mẫu rồi gửi lại.")

// Read takes the rows of a sheet, headings first, for a definition, with times in zone. Every mistake is told; the
// definition is good only without any.
func Read(rows [][]string, with Cells, zone *time.Location) (Definition, []Mistake, error) {
	if len(rows) == 0 || len(rows[0]) < 2 || viet.Fold(rows[0][0]) != viet.Fold(Headings()[0]) || viet.Fold(rows[0][1]) != viet.Fold(Headings()[1]) {
		return Definition{}, nil, ErrOtherColumns
	}
	r := &reader{cellsOf: with, zone: zone, first: map[string]int{}}
	for i, row := range rows[1:] {
		r.row, r.cells = i+1, row
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			r.line()
		}
	}
	r.whole(len(rows))
	slices.SortStableFunc(r.wrong, func(a, b Mistake) int { return (a.Row-b.Row)*Columns + a.Column - b.Column })
	return r.d, r.wrong, nil
}

// reader reads a sheet line by line.
type reader struct {
	d       Definition
	cellsOf Cells
	zone    *time.Location
	wrong   []Mistake

	row       int
	cells     []string
	first     map[string]int // the row in which a kind of line stands first
	roundRows []int          // the rows of the rounds
}

func (r *reader) fail(column int, problem string) {
	r.wrong = append(r.wrong, Mistake{r.row, column, r.cell(0), problem})
}

func (r *reader) failAt(row, column int, about, problem string) {
	r.wrong = append(r.wrong, Mistake{row, column, about, problem})
}

func (r *reader) cell(column int) string {
	if column >= len(r.cells) {
		return ""
	}
	return viet.Clean(r.cells[column])
}

func (r *reader) line() {
	k, ok := find(r.cell(0))
	if !ok {
		r.fail(0, fmt.Sprintf("Không có mục “%s”. Trang “Hướng dẫn” của mẫu có các mục được dùng.", r.cell(0)))
		return
	}
	above, again := r.first[k.name]
	if again && k.once {
		r.fail(0, fmt.Sprintf("Mục này đã có ở dòng %d.", above+1))
		return
	}
	if !again {
		r.first[k.name] = r.row
	}
	k.read(r)
}

// value reads a cell as the answer to a question; of one that is wrong, the mistake is noted.
func (r *reader) value(column int, f form.Field) string {
	value, err := f.Read(r.cell(column))
	if err != nil {
		r.fail(column, err.Error())
	}
	return value
}

// text reads the cell that follows the name of the line.
func (r *reader) text(most int) string {
	f := form.Text("", "", "", "")
	f.Most = most
	return r.value(1, f)
}

// bare is text without the word for what it names, which is told before it: "Bảng A" is "A".
func (r *reader) bare(kind string, most int) string {
	name := r.text(most)
	if word, rest, more := strings.Cut(name, " "); more && strings.EqualFold(word, kind) {
		return viet.UpperFirst(rest)
	}
	return name
}

func (r *reader) choice(column int, choices []form.Choice) string {
	return r.value(column, form.One("", "", "", choices...))
}

// number reads a whole number from least to most.
func (r *reader) number(column, least, most int) int {
	text, n := r.cell(column), 0
	if _, err := fmt.Sscanf(text, "%d", &n); err != nil || digits(n) != text || n < least || n > most {
		r.fail(column, fmt.Sprintf("Chỗ này cần một số nguyên từ %d đến %d.", least, most))
		return 0
	}
	return n
}

// moment reads a day and an hour. Sheets keep both as numbers.
func (r *reader) moment() time.Time {
	day := r.day(1)
	hour, err := viet.Clock(r.cellsOf.Clock(r.cell(2)))
	if err != nil {
		r.fail(2, err.Error())
	}
	at, _ := time.ParseInLocation("2006-01-02 15:04", day+" "+hour, r.zone) // what cannot be read is told already
	return at
}

func (r *reader) day(column int) string {
	day, err := viet.Date(r.cellsOf.Day(r.cell(column)))
	if err != nil {
		r.fail(column, err.Error())
	}
	return day
}

func (r *reader) place(column int) string {
	code, err := r.cellsOf.Place(r.cell(column))
	if err != nil {
		r.fail(column, err.Error())
	}
	return code
}

func (r *reader) host(column int) string {
	id, err := r.cellsOf.Host(r.cell(column))
	if err != nil {
		r.fail(column, err.Error())
	}
	return id
}

// item reads an item of the dossier. Its key comes from its name, so that a sheet that is read again means the same items.
func (r *reader) item() {
	i := Item{Label: r.text(60)}
	i.Key = slug(i.Label)
	i.Kind = Kind(r.choice(2, kinds()))
	i.Optional = r.choice(3, words(required, optional)) == optional
	switch i.Kind {
	case Text:
		i.Most = r.atMost(4, longestText)
	case Files:
		i.Most = r.atMost(4, mostFiles)
	case Choice:
		i.Choices = r.several(4)
	}
	if slices.ContainsFunc(r.d.Dossier(), func(other Item) bool { return other.Key == i.Key }) {
		r.fail(1, "Đã có mục hồ sơ tên này.")
	}
	r.d.Items = append(r.d.Items, i)
}

// atMost is a number that may be left out, for the greatest.
func (r *reader) atMost(column, most int) int {
	if r.cell(column) == "" {
		return most
	}
	return r.number(column, 1, most)
}

func (r *reader) several(column int) []string {
	list := []string{}
	for part := range strings.SplitSeq(r.cell(column), ";") {
		if part = viet.Clean(part); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	if len(list) < 2 || len(list) > 10 {
		r.fail(column, "Chỗ này cần từ 2 đến 10 lựa chọn, cách nhau dấu chấm phẩy.")
	}
	return list
}

func (r *reader) track() {
	name := r.bare(trackLine, 60)
	if slices.ContainsFunc(r.d.Tracks, func(other string) bool { return viet.Fold(other) == viet.Fold(name) }) {
		r.fail(1, "Đã có bảng tên này.")
	}
	r.d.Tracks = append(r.d.Tracks, name)
}

// dueColumn is the cell of a round that has its Due.
const dueColumn = 6

func (r *reader) round() {
	one := Round{Name: r.bare(roundLine, 60), Keep: r.number(2, 1, 1000), Readers: r.number(3, 1, 50), MeanLeast: r.number(4, 0, 100)}
	one.Blind = r.choice(5, words(blind, named)) == blind
	if r.cell(dueColumn) != "" {
		one.Due = r.day(dueColumn)
	}
	r.d.Rounds, r.roundRows = append(r.d.Rounds, one), append(r.roundRows, r.row)
}

func (r *reader) criterion() {
	c := Criterion{Name: r.text(80), Weight: r.number(2, 1, 100), Most: r.number(3, 1, 100)}
	if r.cell(4) != "" {
		c.Floor = r.choice(4, words(floor)) == floor
	}
	if len(r.d.Rounds) == 0 {
		r.fail(0, "Tiêu chí đứng dưới vòng của nó; phía trên chưa có vòng nào.")
		return
	}
	last := &r.d.Rounds[len(r.d.Rounds)-1]
	last.Criteria = append(last.Criteria, c)
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes a key of a name, short enough for the data of a button.
func slug(name string) string {
	key := strings.Trim(notSlug.ReplaceAllString(viet.Fold(name), "_"), "_")
	return key[:min(len(key), 24)]
}
