package export_test

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"khoinghiep/storage/export"
)

func draw(t *testing.T, charts ...export.Chart) []byte {
	t.Helper()
	content, err := export.PNG(charts...)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func size(t *testing.T, charts ...export.Chart) image.Point {
	t.Helper()
	picture, err := png.DecodeConfig(bytes.NewReader(draw(t, charts...)))
	if err != nil {
		t.Fatal(err)
	}
	return image.Pt(picture.Width, picture.Height)
}

func bars(labels ...string) []export.Bar {
	list := []export.Bar{}
	for i, label := range labels {
		list = append(list, export.Bar{Label: label, Value: int64(i)})
	}
	return list
}

// A font without a letter draws the same box for it as for any other that it lacks.
func TestPNGHasTheLettersOfVietnamese(t *testing.T) {
	missing := draw(t, export.Chart{Title: "A", Bars: bars("\U000F0000")})
	if !bytes.Equal(missing, draw(t, export.Chart{Title: "A", Bars: bars("字")})) {
		t.Fatal("letters that the font lacks do not look alike")
	}
	for _, letter := range "ĂăĐđƠơƯưẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ" {
		if bytes.Equal(missing, draw(t, export.Chart{Title: "A", Bars: bars(string(letter))})) {
			t.Errorf("the font has no %c", letter)
		}
	}
}

func TestPNGGrowsWithItsBars(t *testing.T) {
	one := size(t, export.Chart{Title: "A", Bars: bars("một")})
	four := size(t, export.Chart{Title: "A", Bars: bars("một", "hai")}, export.Chart{Title: "Trống"}, export.Chart{Title: "B", Bars: bars("ba", "bốn")})
	if one.X != four.X || four.Y <= 2*one.Y {
		t.Errorf("one bar: %v, four in two charts: %v", one, four)
	}
}

func TestPNGOfNothingFails(t *testing.T) {
	if _, err := export.PNG(export.Chart{Title: "Trống"}); err == nil {
		t.Error("a picture of nothing was drawn")
	}
}
