package export_test

import (
	"bytes"
	"image"
	"image/color"
	paint "image/draw"
	_ "image/png"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"khoinghiep/storage/export"
)

// TestAQRCodeIsReadFromAPhonesScreen: the picture at half its size somewhere on a dark screen.
func TestAQRCodeIsReadFromAPhonesScreen(t *testing.T) {
	const link = "https://bot.example.gov.vn/ve/BCFGHJKLMN"
	file, err := export.QR(link)
	if err != nil {
		t.Fatal(err)
	}
	picture, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	screen := image.NewRGBA(image.Rect(0, 0, 390, 844))
	paint.Draw(screen, screen.Bounds(), image.NewUniform(color.RGBA{R: 24, G: 24, B: 27, A: 255}), image.Point{}, paint.Src)
	side := picture.Bounds().Dx() / 2
	for y := range side {
		for x := range side {
			screen.Set(67+x, 211+y, picture.At(2*x, 2*y))
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(screen)
	if err != nil {
		t.Fatal(err)
	}
	got, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil || got.GetText() != link {
		t.Errorf("read %v, %v", got, err)
	}
}

func TestAQRCodeThatIsTooLongFails(t *testing.T) {
	if _, err := export.QR(string(make([]byte, 5000))); err == nil {
		t.Error("drew 5,000 bytes")
	}
}
