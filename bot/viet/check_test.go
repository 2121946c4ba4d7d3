package viet_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot/viet"
)

type check func(string) (string, error)

// accepted holds typed answers and what is kept of them.
type accepted map[string]string

// refused holds typed answers and a piece of the Problem they meet.
type refused map[string]string

// test drives a check with its tables, and holds it to giving back what it gave.
func (c check) test(t *testing.T, good accepted, bad refused) {
	t.Helper()
	for typed, want := range good {
		for _, form := range []string{typed, norm.NFD.String(typed), "  " + typed + "\u200b \u00a0"} {
			if got, err := c(form); got != want || err != nil {
				t.Errorf("%q: got %q, %v; want %q", form, got, err, want)
			}
		}
		if again, err := c(want); again != want || err != nil {
			t.Errorf("kept %q: got %q, %v", want, again, err)
		}
	}
	for typed, piece := range bad {
		got, err := c(typed)
		if got != "" || !strings.Contains(problem(t, err), piece) {
			t.Errorf("%q: got %q, %v; want a problem with %q", typed, got, err, piece)
		}
	}
}

func problem(t *testing.T, err error) string {
	t.Helper()
	var p viet.Problem
	if !errors.As(err, &p) {
		t.Errorf("got error %v, want a Problem", err)
		return ""
	}
	if !norm.NFC.IsNormalString(string(p)) {
		t.Errorf("%q is not NFC", p)
	}
	return string(p)
}

func TestName(t *testing.T) {
	check(viet.Name).test(t, accepted{
		"Nguyễn Thị Đào":         "Nguyễn Thị Đào",
		"nguyễn thị đào":         "Nguyễn Thị Đào",
		"NGUYỄN THỊ ÐÀO":         "Nguyễn Thị Đào",
		"H'Hen":                  "H'Hen",
		"h'hen niê":              "H'Hen Niê",
		"H’HEN NIÊ":              "H’Hen Niê",
		"Y Blơn":                 "Y Blơn",
		"A Thút":                 "A Thút",
		"K'rể":                   "K'rể",
		"k'rể":                   "K'rể",
		"Tuấn":                   "Tuấn",
		"Công Tằng Tôn-Nữ V. Lê": "Công Tằng Tôn-Nữ V. Lê",
		"lê-anh v.a":             "Lê-Anh V.A",
		"McDonald":               "McDonald",
	}, refused{
		"":                         "Nguyễn Thị Đào",
		"Đ":                        "quá ngắn",
		"Xin chào":                 "họ tên của bạn",
		"toi dong y":               "họ tên của bạn",
		"Đào 2":                    "chữ số",
		"'Hen":                     "chữ cái",
		"Đào!":                     "chữ cái",
		strings.Repeat("Đào ", 16): "quá dài",
	})
}

func TestPhone(t *testing.T) {
	check(viet.Phone).test(t, accepted{
		"0912.345.678":       "+84912345678",
		"0912345678":         "+84912345678",
		"0912-345-678":       "+84912345678",
		"+84 912 345 678":    "+84912345678",
		"84912345678":        "+84912345678",
		"0084912345678":      "+84912345678",
		"(84) 912 345 678":   "+84912345678",
		"+84 (0) 91 2345678": "+84912345678",
		"0841234567":         "+84841234567",
		"032 1234567":        "+84321234567",
	}, refused{
		"":                "0912 345 678",
		"không có":        "10 chữ số",
		"091234567":       "bạn gõ 9",
		"09123456789":     "bạn gõ 11",
		"0312345678":      "đầu số di động 031",
		"0255 3822 456":   "máy bàn",
		"+1 202 555 0123": "số di động Việt Nam",
		"0110 1234567":    "đầu số 0110",
	})
}

func TestPhoneOffersTheNewNumberForAnOldOne(t *testing.T) {
	prefixes := map[string]string{
		"0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078", "0123": "083", "0124": "084",
		"0125": "085", "0127": "081", "0129": "082", "0162": "032", "0163": "033", "0164": "034", "0165": "035",
		"0166": "036", "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
	}
	for old, now := range prefixes {
		for _, typed := range []string{old + "1234567", "+84" + old[1:] + " 1234567"} {
			_, err := viet.Phone(typed)
			if want := now + "1 234 567"; !strings.Contains(problem(t, err), want) {
				t.Errorf("%s: got %v, want it to offer %s", typed, err, want)
			}
		}
		if _, err := viet.Phone(now + "1234567"); err != nil {
			t.Errorf("offered %s…: %v", now, err)
		}
	}
}

func TestDate(t *testing.T) {
	check(viet.Date).test(t, accepted{
		"5/3/2000":                 "2000-03-05",
		"05-03-2000":               "2000-03-05",
		"5.3.2000":                 "2000-03-05",
		"5 3 2000":                 "2000-03-05",
		"5 / 3 / 2000":             "2000-03-05",
		"5 tháng 3 năm 2000":       "2000-03-05",
		"Ngày 5 tháng 3, năm 2000": "2000-03-05",
		"ngay 5 thang 3 2000":      "2000-03-05",
		"29/02/2004":               "2004-02-29",
		"31/12/2100":               "2100-12-31",
	}, refused{
		"":           "05/03/2000",
		"hôm qua":    "05/03/2000",
		"29/02/2001": "không nhuận",
		"29/2/1900":  "không nhuận",
		"30/02/2001": "có 28 ngày",
		"31/04/2001": "có 30 ngày",
		"0/4/2001":   "không có ngày 0",
		"12/25/2000": "Không có tháng 25",
		"5/3/00":     "bốn chữ số",
		"5/3/1899":   "1900",
		"5/3/2101":   "2100",
	})
}

func TestNumber(t *testing.T) {
	check(viet.Number).test(t, accepted{
		"0": "0", "007": "7", "12": "12", "1.000": "1000", "1,000": "1000", "1 000 000": "1000000", "1 nghìn": "1000",
		"2 ngàn": "2000", "3 triệu": "3000000", "999999999999999999": "999999999999999999",
	}, refused{
		"": "ví dụ", "mười": "chữ số", "-5": "từ 0 trở lên", "1,5": "số nguyên", "1.00": "số nguyên", "5 người": "ví dụ",
		"1000000000000000000": "lớn quá",
	})
}

func TestYear(t *testing.T) {
	check(viet.Year).test(t,
		accepted{"2019": "2019", "năm 2024": "2024", "Nam 1900": "1900", "2100": "2100"},
		refused{"": "ví dụ", "19": "bốn chữ số", "1899": "1900", "2101": "2100", "năm ngoái": "bốn chữ số"})
}

func TestTaxCode(t *testing.T) {
	check(viet.TaxCode).test(t, accepted{
		"0100109106":     "0100109106",
		"01 0010 9106":   "0100109106",
		"0100109106-001": "0100109106-001",
		"0100109106001":  "0100109106-001",
		"0100109106 001": "0100109106-001",
	}, refused{
		"":             "10 chữ số",
		"0100109107":   "chưa đúng",
		"0000000000":   "chưa đúng",
		"1000001000":   "chưa đúng",
		"051200001234": "không hỏi",
		"010010910":    "10 chữ số",
	})
}

func TestEmail(t *testing.T) {
	check(viet.Email).test(t,
		accepted{"Dao.Nguyen@Gmail.com": "dao.nguyen@gmail.com", "a+b@mail.quangngai.gov.vn": "a+b@mail.quangngai.gov.vn"},
		refused{"": "@", "dao.gmail.com": "@", "đào@gmail.com": "không dấu", "dao@gmail": "ví dụ", "a b@gmail.com": "ví dụ",
			"a..b@gmail.com": "ví dụ", "a@-b.com": "ví dụ", strings.Repeat("a", 250) + "@b.vn": "ví dụ"})
}

func TestLink(t *testing.T) {
	check(viet.Link).test(t, accepted{
		"youtu.be/abc123":                  "https://youtu.be/abc123",
		"HTTP://Quangngai.gov.vn":          "http://Quangngai.gov.vn",
		"https://drive.google.com/a?b=c#d": "https://drive.google.com/a?b=c#d",
		"khởinghiệp.vn:8080/dự-án":         "https://khởinghiệp.vn:8080/dự-án",
	}, refused{
		"": "ví dụ", "ftp://a.vn/b": "ví dụ", "javascript:alert(1)": "ví dụ", "localhost/a": "ví dụ", "10.0.0.5": "ví dụ",
		"https://u:p@a.vn": "ví dụ", "mailto:a@b.vn": "ví dụ", "a.vn/b c": "ví dụ", "https://": "ví dụ", "a..vn": "ví dụ",
		"a.vn/" + strings.Repeat("b", 2000): "ví dụ",
	})
}

func TestText(t *testing.T) {
	five := check(func(s string) (string, error) { return viet.Text(s, 5) })
	five.test(t,
		accepted{"Đà\r\n\r\n\n\nờ": "Đà\n\nờ", "ớớớớớ": "ớớớớớ", "🙂 3": "🙂 3"},
		refused{"": "chưa viết gì", " \n\u200b\n": "chưa viết gì", "🙂": "một vài chữ", "…?!": "một vài chữ", "sáu chữ": "7 ký tự, nhiều nhất là 5"})
}

func TestYesNo(t *testing.T) {
	for yes, answers := range map[bool][]string{
		true:  {"có", "Có ạ", "co", "ok", "OKE", "đồng ý", "ừ", "dạ", "vâng", "dạ vâng ạ", "yes", "đúng rồi"},
		false: {"không", "khong", "ko", "k", "dạ không ạ", "Không đồng ý", "chưa", "no"},
	} {
		for _, answer := range answers {
			for _, form := range []string{answer, norm.NFD.String(answer), " " + answer + "."} {
				if got, err := viet.YesNo(form); got != yes || err != nil {
					t.Errorf("%q: got %t, %v; want %t", form, got, err, yes)
				}
			}
		}
	}
	for _, unclear := range []string{"", "để xem", "có không", "0912345678", "?"} {
		_, err := viet.YesNo(unclear)
		if !strings.Contains(problem(t, err), "có hoặc không") {
			t.Errorf("%q: got %v, want the two words to choose from", unclear, err)
		}
	}
}
