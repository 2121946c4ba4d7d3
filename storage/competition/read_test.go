package competition_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/export"
)

var zone = time.FixedZone("ICT", 7*3600)

// cells knows one commune and one agency, besides the one that goes without saying.
var cells = competition.Cells{
	Place: func(name string) (string, error) {
		if viet.Fold(name) == "ba vinh" {
			return "21500", nil
		}
		return "", viet.Problem("Không tìm thấy nơi này.")
	},
	PlaceName: func(string) string { return "Ba Vinh" },
	Host: func(name string) (string, error) {
		switch viet.Fold(name) {
		case "":
			return "SKHCN", nil
		case "tinh doan":
			return "TINHDOAN", nil
		}
		return "", viet.Problem("Không có đơn vị này.")
	},
	HostName: func(string) string { return "Tỉnh Đoàn" },
	Day:      export.Day, Clock: export.Clock,
}

func lines(text string) [][]string {
	rows := [][]string{competition.Headings()}
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		rows = append(rows, strings.Split(line, "|"))
	}
	return rows
}

const good = `
Tên cuộc thi|Khởi nghiệp Quảng Ngãi 2026
Giới thiệu|Cuộc thi hằng năm của tỉnh.
Cấp|Cấp tỉnh
Mở nhận|46357|0.333333333333333
Đóng nhận|15/01/2027|17:00
Bình chọn đến|20/01/2027|17:00
Bảng|Ý tưởng
Bảng|Dự án
Người dự thi|Cá nhân hoặc nhóm
Số người mỗi nhóm|5
Số hồ sơ mỗi người|2
Tuổi doanh nghiệp|5
Đối tượng|Học sinh, sinh viên
Nơi thực hiện|Ba Vinh
Mục hồ sơ|Mô tả ngắn|Chữ|Bắt buộc|500
Mục hồ sơ|Sản phẩm|Chọn một|Không bắt buộc|Hàng hóa; Dịch vụ
Mục hồ sơ|Doanh thu|Tiền|Không bắt buộc|
Mục hồ sơ|Bản thuyết minh|Tệp|Bắt buộc|3
Vòng|Sơ khảo|5|2|50|Ẩn tên|46420
Tiêu chí|Đổi mới|60|10|Không được 0
Tiêu chí|Trình bày|40|5|
Vòng|Chung kết|3|5|0|Hiện tên|15/02/2027
Tiêu chí|Đổi mới|100|100|`

func TestReadGivesBackWhatLinesWrite(t *testing.T) {
	d, wrong, err := competition.Read(lines(good), cells, zone)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("%v, %v", wrong, err)
	}
	d.Host = "TINHDOAN"
	if d.Closes != time.Date(2027, 1, 15, 17, 0, 0, 0, zone) || d.TeamMost != 5 || !d.Students || len(d.Rounds) != 2 || !d.Rounds[0].Criteria[0].Floor {
		t.Errorf("got %+v", d)
	}
	again, wrong, err := competition.Read(append([][]string{competition.Headings()}, d.Lines(cells)...), cells, zone)
	if err != nil || len(wrong) > 0 || !reflect.DeepEqual(d, again) {
		t.Errorf("%v, %v\n%+v\n%+v", wrong, err, d, again)
	}
	kept, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := competition.Decode(kept)
	if err != nil || !decoded.Closes.Equal(d.Closes) || !reflect.DeepEqual(decoded.Items, d.Items) {
		t.Errorf("%+v, %v", decoded, err)
	}
}

// TestReadKeepsNamesWithoutTheWordBeforeThem, which people write with them: it is told with the name anyway.
func TestReadKeepsNamesWithoutTheWordBeforeThem(t *testing.T) {
	sheet := strings.NewReplacer("Bảng|Dự án", "Bảng|Bảng dự án", "Bảng|Ý tưởng", "Bảng|Bằng sáng chế", "Vòng|Sơ khảo", "Vòng|Vòng sơ khảo").Replace(good)
	d, wrong, err := competition.Read(lines(sheet), cells, zone)
	if err != nil || len(wrong) > 0 {
		t.Fatalf("%v, %v", wrong, err)
	}
	if got := strings.Join(append(d.Tracks, d.Rounds[0].Name), ", "); got != "Bằng sáng chế, Dự án, Sơ khảo" {
		t.Errorf("got %s", got)
	}
}

func TestARoundMayHaveADayUntilWhichJurorsScore(t *testing.T) {
	d, _, err := competition.Read(lines(good), cells, zone)
	if err != nil || d.Rounds[0].Due != "2027-02-02" || d.Rounds[1].Due != "2027-02-15" {
		t.Errorf("%+v, %v", d.Rounds, err)
	}
}

// TestReadNamesEveryMistakeWithItsCell spoils one line of a good sheet at a time.
func TestReadNamesEveryMistakeWithItsCell(t *testing.T) {
	for _, c := range []struct{ line, spoiled, cell, problem string }{
		{"Tên cuộc thi|Khởi nghiệp Quảng Ngãi 2026", "Tên cuộc thi|", "B2", "còn trống"},
		{"Cấp|Cấp tỉnh", "Cấp|Xã", "B4", "Không có lựa chọn"},
		{"Giới thiệu|Cuộc thi hằng năm của tỉnh.", "Đơn vị tổ chức|Sở khác", "B3", "Không có đơn vị"},
		{"Mở nhận|46357|0.333333333333333", "Mở nhận|31/02/2026|08:00", "B5", "Tháng 2"},
		{"Mở nhận|46357|0.333333333333333", "Mở nhận|01/12/2026|25:00", "C5", "Giờ từ 0"},
		{"Đóng nhận|15/01/2027|17:00", "Đóng nhận|15/11/2026|17:00", "B6", "sau lúc mở nhận"},
		{"Bình chọn đến|20/01/2027|17:00", "Bình chọn đến|10/01/2027|17:00", "B7", "sau lúc đóng nhận"},
		{"Bảng|Dự án", "Bảng con|Dự án", "A9", "Không có mục"},
		{"Bảng|Dự án", "Bảng|Bảng ý tưởng", "B9", "Đã có bảng tên này."},
		{"Người dự thi|Cá nhân hoặc nhóm", "Cấp|Cấp tỉnh", "A10", "đã có ở dòng 4"},
		{"Số người mỗi nhóm|5", "Số người mỗi nhóm|năm", "B11", "số nguyên"},
		{"Số người mỗi nhóm|5", "", "A25", "cần dòng"},
		{"Nơi thực hiện|Ba Vinh", "Nơi thực hiện|Xứ Lạ", "B15", "Không tìm thấy"},
		{"Mục hồ sơ|Sản phẩm|Chọn một|Không bắt buộc|Hàng hóa; Dịch vụ", "Mục hồ sơ|Sản phẩm|Chọn một|Không bắt buộc|Hàng hóa", "E17", "từ 2 đến 10"},
		{"Mục hồ sơ|Sản phẩm|Chọn một|Không bắt buộc|Hàng hóa; Dịch vụ", "Mục hồ sơ|Mô tả ngắn|Số|Có|", "D17", "Không có lựa chọn"},
		{"Mục hồ sơ|Doanh thu|Tiền|Không bắt buộc|", "Mục hồ sơ|Mô tả ngắn|Tiền|Bắt buộc|", "B18", "Đã có mục"},
		{"Tiêu chí|Trình bày|40|5|", "Tiêu chí|Trình bày|30|5|", "B20", "cộng lại là 90"},
		{"Tiêu chí|Trình bày|40|5|", "Tiêu chí|Trình bày|40|5|Được 0", "E22", "Không có lựa chọn"},
		{"Vòng|Sơ khảo|5|2|50|Ẩn tên|46420", "Vòng|Sơ khảo|5|2|50|Ẩn tên|mai", "G20", "Chưa đọc được ngày"},
		{"Vòng|Sơ khảo|5|2|50|Ẩn tên|46420", "Vòng|Sơ khảo|5|2|50|Ẩn tên|15/01/2027", "G20", "sau ngày đóng nhận"},
		{"Vòng|Chung kết|3|5|0|Hiện tên|15/02/2027", "Vòng|Chung kết|3|5|0|Hiện tên|02/02/2027", "G23", "của vòng trước"},
		{"Tiêu chí|Đổi mới|100|100|", "", "B23", "chưa có tiêu chí"},
	} {
		t.Run(c.spoiled+c.cell, func(t *testing.T) {
			_, wrong, err := competition.Read(lines(strings.Replace(good, "\n"+c.line+lineEnd(c.line), "\n"+c.spoiled+lineEnd(c.line), 1)), cells, zone)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range wrong {
				if m.Cell() == c.cell && strings.Contains(m.Problem, c.problem) {
					return
				}
			}
			t.Errorf("got %v", wrong)
		})
	}
}

// lineEnd keeps the last line of the sheet, which no line break ends, apart.
func lineEnd(line string) string {
	if strings.HasSuffix(good, "\n"+line) {
		return ""
	}
	return "\n"
}

// TestReadWantsAHostUnlessOneGoesWithoutSaying, at the end of the sheet.
func TestReadWantsAHostUnlessOneGoesWithoutSaying(t *testing.T) {
	if d, wrong, err := competition.Read(lines(good), cells, zone); err != nil || len(wrong) > 0 || d.Host != "SKHCN" {
		t.Errorf("%q, %v, %v", d.Host, wrong, err)
	}
	several := cells
	several.Host = func(string) (string, error) { return "", viet.Problem("Một trong hai.") }
	_, wrong, err := competition.Read(lines(good), several, zone)
	if err != nil || len(wrong) != 1 || wrong[0].Cell() != "A25" || !strings.Contains(wrong[0].Problem, "còn thiếu dòng “Đơn vị tổ chức”") {
		t.Errorf("%v, %v", wrong, err)
	}
}

func TestReadRefusesAnotherSheet(t *testing.T) {
	for _, rows := range [][][]string{nil, {{"Họ và tên", "Số điện thoại"}}} {
		if _, _, err := competition.Read(rows, cells, zone); err != competition.ErrOtherColumns { //nolint:errorlint // a constant
			t.Errorf("got %v", err)
		}
	}
}

func TestAccept(t *testing.T) {
	d, _, err := competition.Read(lines(good), cells, zone)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ key, text, want string }{
		{"thanh_lap", "năm 2023", "2023"}, {"thanh_lap", "2021", "!"}, {"thanh_lap", "2028", "!"},
		{"truong", "Trường THPT Trần Quốc Tuấn", "Trường THPT Trần Quốc Tuấn"},
		{"mo_ta_ngan", strings.Repeat("a", 501), "!"},
		{"san_pham", "dich vu", "Dịch vụ"}, {"san_pham", "1", "Hàng hóa"}, {"san_pham", "3", "!"},
		{"doanh_thu", "500 triệu", "500000000"},
	} {
		item, ok := d.Item(c.key)
		if !ok {
			t.Fatalf("no item %q", c.key)
		}
		got, err := d.Accept(item, c.text)
		if err != nil {
			got = "!"
		}
		if got != c.want {
			t.Errorf("%s: %q is %q, want %q", c.key, c.text, got, c.want)
		}
	}
	missing := []string{}
	for _, item := range d.Missing(map[string]string{"truong": "x"}) {
		missing = append(missing, item.Key)
	}
	if fmt.Sprint(missing) != "[mo_ta_ngan ban_thuyet_minh]" {
		t.Errorf("missing: %v", missing)
	}
}
