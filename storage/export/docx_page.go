package export

import (
	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/ctypes"
	"github.com/gomutex/godocx/wml/stypes"
)

const (
	headerPart = "word/header1.xml"
	headerType = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
	headerRel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"
	headerID   = "rIdHeader"
)

// header has the number of the page, in the middle. The library has no words for headers.
const header = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
	`<w:r><w:rPr><w:rFonts w:ascii="` + fontName + `" w:hAnsi="` + fontName + `"/><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r>` +
	`<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`

// layPage sets paper, margins and page numbers; the first page has none.
func layPage(d *docx.RootDoc) error {
	page := d.Document.Body.SectPr
	page.PageSize = &ctypes.PageSize{Width: new(uint64(twips(210))), Height: new(uint64(twips(297)))}
	page.PageMargin = &ctypes.PageMargin{
		Top: new(twips(20)), Bottom: new(twips(20)), Left: new(twips(30)), Right: new(twips(15)), Header: new(twips(10)), Footer: new(twips(10)), Gutter: new(0),
	}
	page.HeaderReference = &ctypes.HeaderReference{Type: stypes.HdrFtrDefault, ID: headerID}
	page.TitlePg = ctypes.NewGenSingleStrVal(stypes.OnOffTrue)
	d.FileMap.Store(headerPart, []byte(header))
	rels := &d.Document.DocRels
	rels.Relationships = append(rels.Relationships, &docx.Relationship{ID: headerID, Type: headerRel, Target: "header1.xml"})
	return d.ContentType.AddOverride("/"+headerPart, headerType)
}
