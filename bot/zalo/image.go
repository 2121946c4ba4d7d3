package zalo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"

	"golang.org/x/image/draw"
)

const (
	imageLimit = 1 << 20    // bytes of an image that Zalo takes
	pixelLimit = 50_000_000 // of an image that we open: 200 MB of memory
)

// fitted is an image that Zalo takes: JPEG or PNG under 1 MB, smaller than it came if need be; ok is false for anything
// that is no such image. A smaller one is upright only where its pixels are: notes of the camera are lost.
func fitted(data []byte) (picture []byte, ok bool) {
	c, ok := codecOf(data)
	switch {
	case !ok:
		return nil, false
	case len(data) < imageLimit:
		return data, true
	}
	size, err := c.size(bytes.NewReader(data))
	if err != nil || size.Width*size.Height > pixelLimit {
		return nil, false
	}
	full, err := c.open(bytes.NewReader(data))
	if err != nil {
		return nil, false
	}
	for side := 2048; side >= 512; side = side * 3 / 4 {
		var smaller bytes.Buffer
		if err := jpeg.Encode(&smaller, scaled(full, side), &jpeg.Options{Quality: 85}); err == nil && smaller.Len() < imageLimit {
			return smaller.Bytes(), true
		}
	}
	return nil, false
}

// codec reads one format of images.
type codec struct {
	size func(io.Reader) (image.Config, error)
	open func(io.Reader) (image.Image, error)
}

// codecOf finds the format by what data begins with; ok is false when Zalo takes no images like it.
func codecOf(data []byte) (c codec, ok bool) {
	switch http.DetectContentType(data) {
	case "image/jpeg":
		return codec{jpeg.DecodeConfig, jpeg.Decode}, true
	case "image/png":
		return codec{png.DecodeConfig, png.Decode}, true
	}
	return codec{}, false
}

// scaled is an image on white paper, neither side longer than side.
func scaled(full image.Image, side int) image.Image {
	from := full.Bounds()
	longest := max(from.Dx(), from.Dy(), side)
	paper := image.NewRGBA(image.Rect(0, 0, max(from.Dx()*side/longest, 1), max(from.Dy()*side/longest, 1)))
	draw.Draw(paper, paper.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.BiLinear.Scale(paper, paper.Bounds(), full, from, draw.Over, nil)
	return paper
}
