package export

import (
	"fmt"

	qrcode "github.com/skip2/go-qrcode"
)

const qrSide = 512 // pixels: large on a phone, small in a message

// QR is a picture, PNG, that opens a link. A quarter of it may be covered or unclear.
func QR(link string) ([]byte, error) {
	picture, err := qrcode.Encode(link, qrcode.High, qrSide)
	if err != nil {
		return nil, fmt.Errorf("draw a QR code: %w", err)
	}
	return picture, nil
}
