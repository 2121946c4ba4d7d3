package export

import (
	"fmt"
	"strings"
	"time"
)

// Letterhead is how an official document of the department begins: both headings, its number left open, what it is about,
// place and day.
func Letterhead(symbol, about string, day time.Time) Table {
	left := []Paragraph{
		{Text: "UBND TỈNH QUẢNG NGÃI", Size: 12, Align: Centered},
		{Text: "SỞ KHOA HỌC VÀ CÔNG NGHỆ", Size: 12, Bold: true, Align: Centered},
		{Text: strings.Repeat("_", 10), Size: 8, Align: Centered, After: 6},
		{Text: "Số:       /" + symbol, Size: 13, Align: Centered},
	}
	if about != "" {
		left = append(left, Paragraph{Text: about, Size: 12, Align: Centered})
	}
	right := []Paragraph{
		{Text: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Size: 12, Bold: true, Align: Centered},
		{Text: "Độc lập - Tự do - Hạnh phúc", Size: 13, Bold: true, Underline: true, Align: Centered, After: 8},
		{Text: PlaceAndDay(day), Size: 13, Italic: true, Align: Centered},
	}
	return Table{Widths: []int{67, 98}, Rows: [][][]Paragraph{{left, right}}}
}

// PlaceAndDay leaves the day of the month open: it is the day of signing.
func PlaceAndDay(day time.Time) string {
	month := day.Format("1")
	if day.Month() < 3 {
		month = day.Format("01") // months 1 and 2 are written with a zero, so that nobody can put a digit before them
	}
	return fmt.Sprintf("Quảng Ngãi, ngày      tháng %s năm %d", month, day.Year())
}

// Signature ends an official document: who gets it, and who signs.
func Signature(receivers []string, signer string) Table {
	left := []Paragraph{{Text: "Nơi nhận:", Size: 12, Bold: true, Italic: true, Align: Lefthand}}
	for _, r := range receivers {
		left = append(left, Paragraph{Text: r, Size: 11, Align: Lefthand})
	}
	right := []Paragraph{
		{Text: signer, Bold: true, Align: Centered},
		{Text: "\n\n\n", Align: Centered},
	}
	return Table{Widths: []int{80, 85}, Rows: [][][]Paragraph{{left, right}}}
}
