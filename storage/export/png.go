package export

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"strconv"
	"unicode/utf8"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Chart is a picture of bars, one under another.
type Chart struct {
	Title string
	Bars  []Bar
}

// Bar is one value of a chart.
type Bar struct {
	Label string // shortened when it is long
	Value int64  // not negative
}

// Measures of a picture, made for the screen of a phone.
const (
	pictureWidth = 6 * vg.Inch
	titleHeight  = 0.6 * vg.Inch
	barHeight    = 0.3 * vg.Inch
	pictureDPI   = 150 // dots an inch
	longestLabel = 30  // characters
)

// PNG draws the charts under each other, those without bars left out. The letters are those of Liberation Sans, which has
// all of Vietnamese. It fails when there is nothing to draw.
func PNG(charts ...Chart) ([]byte, error) {
	height := vg.Length(0)
	for _, c := range charts {
		height += c.height()
	}
	if height == 0 {
		return nil, errors.New("draw charts: there are no bars")
	}
	canvas := vgimg.NewWith(vgimg.UseWH(pictureWidth, height), vgimg.UseDPI(pictureDPI))
	top := height
	for _, c := range charts {
		if len(c.Bars) == 0 {
			continue
		}
		p, err := c.plot()
		if err != nil {
			return nil, fmt.Errorf("draw chart %s: %w", c.Title, err)
		}
		part := draw.New(canvas)
		part.Max.Y, part.Min.Y = top, top-c.height()
		p.Draw(draw.Crop(part, 0.1*vg.Inch, -0.1*vg.Inch, 0.05*vg.Inch, -0.1*vg.Inch))
		top -= c.height()
	}
	var picture bytes.Buffer
	if _, err := (vgimg.PngCanvas{Canvas: canvas}).WriteTo(&picture); err != nil {
		return nil, fmt.Errorf("write picture: %w", err)
	}
	return picture.Bytes(), nil
}

func (c Chart) height() vg.Length {
	if len(c.Bars) == 0 {
		return 0
	}
	return titleHeight + vg.Length(len(c.Bars))*barHeight
}

// plot draws the first bar on top, each with its value at the end.
func (c Chart) plot() (*plot.Plot, error) {
	n, most := len(c.Bars), int64(1)
	values, names, ends := make(plotter.Values, n), make([]string, n), plotter.XYLabels{XYs: make(plotter.XYs, n), Labels: make([]string, n)}
	for i, b := range c.Bars {
		y := n - 1 - i
		values[y], names[y] = float64(b.Value), shortened(b.Label)
		ends.XYs[y], ends.Labels[y] = plotter.XY{X: float64(b.Value), Y: float64(y)}, " "+strconv.FormatInt(b.Value, 10)
		most = max(most, b.Value)
	}
	bars, err := plotter.NewBarChart(values, 0.6*barHeight)
	if err != nil {
		return nil, err
	}
	bars.Horizontal, bars.Color, bars.LineStyle.Width = true, color.RGBA{R: 0x1F, G: 0x6F, B: 0xB2, A: 0xFF}, 0
	labels, err := plotter.NewLabels(ends)
	if err != nil {
		return nil, err
	}
	for i := range labels.TextStyle {
		labels.TextStyle[i].Font = sans(10)
		labels.TextStyle[i].YAlign = draw.YCenter
	}
	labels.Offset.Y = 0.02 * vg.Inch // digits stand on the line, above the middle of what a letter may take
	return c.lay(names, most, bars, labels), nil
}

// lay puts what was made on a plot without a scale: the values are written out.
func (c Chart) lay(names []string, most int64, parts ...plot.Plotter) *plot.Plot {
	p := plot.New()
	p.Title.Text, p.Title.TextStyle.Font = c.Title, sans(13)
	p.Title.Padding = 0.08 * vg.Inch
	p.NominalY(names...)
	p.Y.Tick.Label.Font = sans(10)
	p.HideX()
	p.Add(parts...)
	p.X.Min, p.X.Max = 0, float64(most)*1.15 // room for the longest bar's value
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
	return p
}

func sans(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

func shortened(label string) string {
	if utf8.RuneCountInString(label) <= longestLabel {
		return label
	}
	return string([]rune(label)[:longestLabel-1]) + "…"
}
