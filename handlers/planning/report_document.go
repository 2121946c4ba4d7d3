package planning

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// document is the report in the layout of Decree 30/2020/ND-CP: what staff wrote, and an appendix made of what agencies sent.
func (r report) document() []export.Block {
	blocks := []export.Block{}
	if !r.sent {
		blocks = append(blocks, export.Paragraph{Text: "BẢN NHÁP, lập lúc " + r.at.Format("15:04 02/01/2006"), Bold: true, Align: export.Centered, After: 6})
	}
	blocks = append(blocks,
		export.Letterhead("BC-SKHCN", "", r.at),
		export.Paragraph{},
		export.Paragraph{Text: "BÁO CÁO", Bold: true, Align: export.Centered},
		export.Paragraph{Text: fmt.Sprintf("Kết quả thực hiện năm %d Kế hoạch xây dựng hệ sinh thái khởi nghiệp đổi mới sáng tạo tỉnh Quảng Ngãi", r.year), Bold: true, Align: export.Centered, After: 12},
		export.Paragraph{Text: "Kính gửi: Bộ Khoa học và Công nghệ; UBND tỉnh Quảng Ngãi", Align: export.Centered, After: 12},
		body("Theo "+r.office.Plan.Citation+", Sở Khoa học và Công nghệ tổng hợp, báo cáo như sau:"))
	blocks = append(blocks, r.overview()...)
	blocks = append(blocks, r.results()...)
	blocks = append(blocks, r.late()...)
	blocks = append(blocks, heading("IV. KẾT LUẬN, KIẾN NGHỊ"), body(cmp.Or(r.texts[storage.ConclusionsPart], "(Phần này do cán bộ tổng hợp viết.)")), export.Paragraph{},
		export.Signature([]string{"- Như trên;", "- Lãnh đạo Sở;", "- Lưu: VT."}, "GIÁM ĐỐC"), export.PageBreak{})
	return append(blocks, r.appendix()...)
}

func heading(text string) export.Paragraph {
	return export.Paragraph{Text: text, Bold: true, Indent: true, After: 6}
}

func (r report) overview() []export.Block {
	blocks := []export.Block{heading("I. TỔNG QUAN")}
	if text := r.texts[storage.OverviewPart]; text != "" {
		blocks = append(blocks, body(text))
	}
	for _, line := range r.numbers() {
		blocks = append(blocks, body(line))
	}
	if len(r.targets) == 0 {
		return blocks
	}
	rows := [][]string{{"Chỉ tiêu của kế hoạch", "Đặt ra", "Đã đạt"}}
	for _, target := range r.targets {
		rows = append(rows, []string{target.name, target.wanted, fmt.Sprint(target.achieved)})
	}
	return append(blocks, table([]int{95, 35, 35}, rows), export.Paragraph{})
}

// results tells of each task in the document's order.
func (r report) results() []export.Block {
	blocks := []export.Block{heading("II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ")}
	for _, group := range r.office.Plan.Groups {
		begun := false
		for _, task := range r.tasks {
			if !strings.HasPrefix(task.ID, group.ID+".") {
				continue
			}
			if !begun {
				blocks, begun = append(blocks, heading(group.ID+". "+group.Title)), true
			}
			blocks = append(blocks,
				export.Paragraph{Text: fmt.Sprintf("%s. %s (%s, %s)", task.ID, task.Title, r.office.Plan.Document, task.Clause), Italic: true, Bold: true, Indent: true, After: 3},
				body("Chủ trì: "+r.leads(task)+"."), body(r.narrative(task)))
		}
	}
	return blocks
}

// late lists who has not reported.
func (r report) late() []export.Block {
	blocks := []export.Block{heading("III. ĐƠN VỊ CHƯA BÁO CÁO")}
	missing := r.missing()
	if len(missing) == 0 {
		return append(blocks, body("Các đơn vị đã gửi báo cáo đầy đủ."))
	}
	for i, owed := range missing {
		blocks = append(blocks, body(fmt.Sprintf("%d. %s: hạn %s, %s.", i+1, owed.Owner, lastDay(owed), r.office.left(owed, r.at))))
	}
	return blocks
}

// appendix is made of what agencies sent, each time anew.
func (r report) appendix() []export.Block {
	rows := [][]string{{"Nhiệm vụ", "Đơn vị", "Tình trạng", "Kết quả, số liệu", "Văn bản"}}
	for _, task := range r.tasks {
		if len(task.lines) == 0 {
			rows = append(rows, []string{task.ID + ". " + task.Title, r.leads(task), "chưa có thông tin", "", ""})
		}
		for _, l := range task.lines {
			rows = append(rows, []string{task.ID + ". " + task.Title, l.agency, lineStatus(l.Status), joined(l.Narrative, l.Figures), l.Documents})
		}
	}
	return []export.Block{
		export.Paragraph{Text: "PHỤ LỤC", Bold: true, Align: export.Centered},
		export.Paragraph{Text: fmt.Sprintf("Kết quả từng nhiệm vụ năm %d, theo báo cáo của các đơn vị đến %s", r.year, viet.ShowDate(r.at.Format(time.DateOnly))), Italic: true, Align: export.Centered, After: 6},
		table([]int{42, 33, 22, 43, 25}, rows),
	}
}

// joined puts what is not empty on lines of their own.
func joined(parts ...string) string {
	text := ""
	for _, part := range parts {
		if part != "" {
			text += "\n" + part
		}
	}
	return strings.TrimPrefix(text, "\n")
}

// table makes a table with lines, whose first row is its heading.
func table(widths []int, rows [][]string) export.Table {
	t := export.Table{Widths: widths, Lines: true}
	for i, cells := range rows {
		list := [][]export.Paragraph{}
		for _, text := range cells {
			list = append(list, []export.Paragraph{{Text: text, Size: 12, Bold: i == 0, Align: export.Lefthand}})
		}
		t.Rows = append(t.Rows, list)
	}
	return t
}
