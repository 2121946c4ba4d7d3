package export

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/gomutex/godocx"
	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/ctypes"
	"github.com/gomutex/godocx/wml/stypes"
	"golang.org/x/text/unicode/norm"
)

// Align is how the lines of a paragraph stand.
type Align string

// The alignments; "" is Justified.
const (
	Justified Align = "both"
	Centered  Align = "center"
	Lefthand  Align = "left"
)

// Block is a part of a document, from top to bottom: a Paragraph, a Table or a PageBreak.
type Block interface{ add(d *docx.RootDoc) }

// Paragraph is a text in one face. Each line of it is a paragraph of its own.
type Paragraph struct {
	Text                    string
	Bold, Italic, Underline bool
	Align                   Align
	Indent                  bool   // the first line stands one centimetre in
	Size                    uint64 // in points; 0: textSize
	After                   uint64 // space below, in points
}

// Table has its columns' widths in millimetres, and rows of cells with paragraphs.
type Table struct {
	Widths []int
	Lines  bool // around every cell
	Rows   [][][]Paragraph
}

// PageBreak has what follows begin on a new page.
type PageBreak struct{}

// The page is as Decree 30/2020/ND-CP, appendix I, has it: A4, 20 mm above and below, 30 mm left, 15 mm right, black Times
// New Roman of 13 or 14 points, and its number above from the second page on.
const (
	fontName    = "Times New Roman"
	textSize    = 14
	twipsPerMM  = 56.7
	twipsPerPt  = 20
	firstIndent = 10 // mm
)

// DOCX makes a document for word processors.
func DOCX(blocks ...Block) ([]byte, error) {
	d, err := godocx.NewDocument()
	if err != nil {
		return nil, fmt.Errorf("begin a document: %w", err)
	}
	if err := layPage(d); err != nil {
		return nil, fmt.Errorf("lay out a document: %w", err)
	}
	for _, b := range blocks {
		b.add(d)
	}
	var content bytes.Buffer
	if err := d.Write(&content); err != nil {
		return nil, fmt.Errorf("write a document: %w", err)
	}
	return content.Bytes(), nil
}

func (p Paragraph) add(d *docx.RootDoc) {
	p.each(func(line string) *docx.Paragraph { return d.AddParagraph(line) })
}

// each has a paragraph made for each line, and gives it its face.
func (p Paragraph) each(begin func(text string) *docx.Paragraph) {
	for line := range strings.SplitSeq(p.Text, "\n") {
		paragraph := begin("")
		paragraph.GetCT().Children = nil
		align := p.Align
		if align == "" {
			align = Justified
		}
		paragraph.Justification(stypes.Justification(align))
		paragraph.GetCT().Property.Spacing = spacing(p.After)
		if p.Indent {
			paragraph.Indent(&ctypes.Indent{FirstLine: new(uint64(twips(firstIndent)))})
		}
		run := paragraph.AddText(norm.NFC.String(strings.ToValidUTF8(line, ""))).Font(fontName).Size(p.size())
		run.Bold(p.Bold).Italic(p.Italic)
		if p.Underline {
			run.Underline(stypes.UnderlineSingle)
		}
	}
}

func (p Paragraph) size() uint64 {
	if p.Size == 0 {
		return textSize
	}
	return p.Size
}

// spacing is single lines with space below: the library's template has more.
func spacing(after uint64) *ctypes.Spacing {
	s := ctypes.NewParagraphSpacing(0, after*twipsPerPt)
	s.Line, s.LineRule = new(240), new(stypes.LineSpacingRuleAuto)
	return s
}

func (t Table) add(d *docx.RootDoc) {
	table := d.AddTable()
	if t.Lines {
		table.Style("TableGrid")
	} else { // what only stands side by side has the whole width
		none := ctypes.NewTableWidth(0, stypes.TableWidthDxa)
		table.CellMargin(none, none, none, none)
	}
	grid, whole := []uint64{}, 0
	for _, w := range t.Widths {
		grid, whole = append(grid, uint64(twips(w))), whole+twips(w)
	}
	table.Grid(grid...).Width(whole, stypes.TableWidthDxa).Layout(stypes.TableLayoutFixed)
	for _, cells := range t.Rows {
		row := table.AddRow()
		for i, paragraphs := range cells {
			cell := row.AddCell().Width(twips(t.Widths[i]), stypes.TableWidthDxa)
			for _, p := range paragraphs {
				p.each(cell.AddParagraph)
			}
		}
	}
}

func (PageBreak) add(d *docx.RootDoc) { d.AddPageBreak() }

func twips(mm int) int { return int(float64(mm) * twipsPerMM) }
