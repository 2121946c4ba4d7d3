package competition

import (
	"time"

	"khoinghiep/bot/viet"
)

// Cells tells what cells mean that this package knows nothing of.
type Cells struct {
	Place      func(name string) (code string, err error) // of a commune
	PlaceName  func(code string) string
	Host       func(name string) (id string, err error) // of an agency; "": where none is named
	HostName   func(id string) string
	Day, Clock func(cell string) string // what sheets keep as numbers, as people write it
}

// lineKind is a kind of line in the sheet that sets a competition up: what its first cell says, and how the others are read.
type lineKind struct {
	name  string
	hint  []string                           // what each cell after the first one has
	once  bool                               // the sheet has one such line, else any number
	must  bool                               // there has to be one
	read  func(*reader)                      // takes a line into the definition
	write func(Definition, Cells) [][]string // cells after the first; nil: see writeRounds
}

// Lines that others are held against.
const (
	hostLine      = "Đơn vị tổ chức"
	opensLine     = "Mở nhận"
	closesLine    = "Đóng nhận"
	voteLine      = "Bình chọn đến"
	trackLine     = "Bảng"
	teamLine      = "Số người mỗi nhóm"
	roundLine     = "Vòng"
	criterionLine = "Tiêu chí"
)

// lineKinds lists them in the order in which a sheet is written.
func lineKinds() []lineKind {
	return []lineKind{
		{name: "Tên cuộc thi", hint: []string{"Tên"}, once: true, must: true, read: func(r *reader) { r.d.Name = r.text(120) },
			write: func(d Definition, _ Cells) [][]string { return [][]string{{d.Name}} }},
		{name: "Giới thiệu", hint: []string{"Vài câu cho người xem"}, once: true, read: func(r *reader) { r.d.About = r.text(600) },
			write: func(d Definition, _ Cells) [][]string { return some(d.About != "", d.About) }},
		{name: "Cấp", hint: []string{"Cấp tỉnh, Địa phương hoặc Đoàn thanh niên"}, once: true, must: true, read: func(r *reader) { r.d.Level = r.choice(1, Levels()) },
			write: func(d Definition, _ Cells) [][]string { return [][]string{{label(Levels(), d.Level)}} }},
		{name: hostLine, hint: []string{"Tên đơn vị"}, once: true, read: func(r *reader) { r.d.Host = r.host(1) },
			write: func(d Definition, with Cells) [][]string { return [][]string{{with.HostName(d.Host)}} }},
		{name: opensLine, hint: []string{"Ngày", "Giờ"}, once: true, must: true, read: func(r *reader) { r.d.Opens = r.moment() },
			write: func(d Definition, _ Cells) [][]string { return [][]string{showMoment(d.Opens)} }},
		{name: closesLine, hint: []string{"Ngày", "Giờ"}, once: true, must: true, read: func(r *reader) { r.d.Closes = r.moment() },
			write: func(d Definition, _ Cells) [][]string { return [][]string{showMoment(d.Closes)} }},
		{name: voteLine, hint: []string{"Ngày", "Giờ"}, once: true, read: func(r *reader) { at := r.moment(); r.d.Vote = &at },
			write: writeVote},
		{name: trackLine, hint: []string{"Tên bảng"}, must: true, read: (*reader).track,
			write: func(d Definition, _ Cells) [][]string {
				return each(d.Tracks, func(t string) []string { return []string{t} })
			}},
		{name: "Người dự thi", hint: []string{"Cá nhân hoặc nhóm, Chỉ cá nhân, hoặc Chỉ nhóm"}, once: true, must: true, read: func(r *reader) { r.d.Who = r.choice(1, Entrants()) },
			write: func(d Definition, _ Cells) [][]string { return [][]string{{label(Entrants(), d.Who)}} }},
		{name: teamLine, hint: []string{"Nhiều nhất, kể cả trưởng nhóm"}, once: true, read: func(r *reader) { r.d.TeamMost = r.number(1, 2, 20) },
			write: func(d Definition, _ Cells) [][]string { return some(d.TeamMost > 0, digits(d.TeamMost)) }},
		{name: "Số hồ sơ mỗi người", hint: []string{"Nhiều nhất"}, once: true, must: true, read: func(r *reader) { r.d.Cap = r.number(1, 1, 20) },
			write: func(d Definition, _ Cells) [][]string { return [][]string{{digits(d.Cap)}} }},
		{name: "Tuổi doanh nghiệp", hint: []string{"Nhiều nhất mấy năm"}, once: true, read: func(r *reader) { r.d.FirmYears = r.number(1, 1, 50) },
			write: func(d Definition, _ Cells) [][]string { return some(d.FirmYears > 0, digits(d.FirmYears)) }},
		{name: "Đối tượng", hint: []string{"Mọi người, hoặc Học sinh, sinh viên"}, once: true,
			read:  func(r *reader) { r.d.Students = r.choice(1, words(everyone, students)) == students },
			write: func(d Definition, _ Cells) [][]string { return some(d.Students, students) }},
		{name: "Nơi thực hiện", hint: []string{"Xã, phường; nhiều nơi thì nhiều dòng"}, read: func(r *reader) { r.d.Places = append(r.d.Places, r.place(1)) },
			write: func(d Definition, p Cells) [][]string {
				return each(d.Places, func(c string) []string { return []string{p.PlaceName(c)} })
			}},
		{name: "Mục hồ sơ", hint: []string{"Tên mục", "Chữ, Số, Năm, Tiền, Ngày, Đường dẫn, Chọn một hoặc Tệp", "Bắt buộc hoặc Không bắt buộc", "Chữ: số ký tự nhiều nhất. Tệp: số tệp nhiều nhất. Chọn một: các lựa chọn, cách nhau dấu chấm phẩy"},
			must: true, read: (*reader).item, write: func(d Definition, _ Cells) [][]string { return each(d.Items, showItem) }},
		{name: roundLine, hint: []string{"Tên vòng", "Mỗi bảng chọn bao nhiêu hồ sơ", "Mỗi hồ sơ mấy người chấm", "Điểm trung bình thấp nhất, trên 100", "Ẩn tên hoặc Hiện tên", "Hạn chấm: ngày, hoặc để trống"},
			must: true, read: (*reader).round},
		{name: criterionLine, hint: []string{"Tên tiêu chí, của vòng ngay trên", "Trọng số, %", "Điểm cao nhất", "Không được 0, hoặc để trống"},
			must: true, read: (*reader).criterion},
	}
}

func writeVote(d Definition, _ Cells) [][]string {
	if d.Vote == nil {
		return nil
	}
	return [][]string{showMoment(*d.Vote)}
}

func some(there bool, cells ...string) [][]string {
	if !there {
		return nil
	}
	return [][]string{cells}
}

func each[T any](list []T, show func(T) []string) [][]string {
	lines := [][]string{}
	for _, one := range list {
		lines = append(lines, show(one))
	}
	return lines
}

func showMoment(at time.Time) []string {
	return []string{at.Format("02/01/2006"), at.Format("15:04")}
}

// find gives the kind of line that a first cell names.
func find(cell string) (lineKind, bool) {
	for _, k := range lineKinds() {
		if viet.Fold(k.name) == viet.Fold(cell) {
			return k, true
		}
	}
	return lineKind{}, false
}
