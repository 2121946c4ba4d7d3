package planning

import (
	"fmt"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// sheets is the report as a workbook: the overview, each task by agency, and who has sent what.
func (r report) sheets() []export.Sheet {
	overview := export.Sheet{Name: "Tổng quan", Columns: []export.Column{{Heading: "Mục", Width: 60}, {Heading: "Đặt ra", Width: 14}, {Heading: "Đã đạt", Width: 14}}}
	overview.Rows = append(overview.Rows, []any{fmt.Sprintf("Báo cáo tổng hợp năm %d: %s", r.year, r.mark())})
	for _, line := range r.numbers() {
		overview.Rows = append(overview.Rows, []any{line})
	}
	for _, target := range r.targets {
		overview.Rows = append(overview.Rows, []any{target.name, target.wanted, target.achieved})
	}
	return []export.Sheet{overview, r.taskSheet(), r.agencySheet()}
}

func (r report) taskSheet() export.Sheet {
	s := export.Sheet{Name: "Nhiệm vụ", Columns: []export.Column{
		{Heading: "Nhiệm vụ", Width: 9}, {Heading: "Tên", Width: 44}, {Heading: "Căn cứ", Width: 18}, {Heading: "Đơn vị", Width: 34},
		{Heading: "Báo cáo", Width: 12}, {Heading: "Tình trạng", Width: 18}, {Heading: "Kết quả", Width: 60}, {Heading: "Số liệu", Width: 30}, {Heading: "Văn bản", Width: 28},
	}}
	for _, task := range r.tasks {
		clause := r.office.Plan.Document + ", " + task.Clause
		if len(task.lines) == 0 {
			s.Rows = append(s.Rows, []any{task.ID, task.Title, clause, r.leads(task), "", lineStatus(""), r.narrative(task)})
		}
		for _, l := range task.lines {
			sent := "chưa gửi"
			if l.sent {
				sent = "đã gửi"
			}
			s.Rows = append(s.Rows, []any{task.ID, task.Title, clause, l.agency, sent, lineStatus(l.Status), l.Narrative, l.Figures, l.Documents})
		}
	}
	return s
}

func (r report) agencySheet() export.Sheet {
	s := export.Sheet{Name: "Đơn vị", Columns: []export.Column{
		{Heading: "Mã việc", Width: 15}, {Heading: "Đơn vị", Width: 44}, {Heading: "Hạn", Width: 14}, {Heading: "Tình trạng", Width: 24}, {Heading: "Ngày hẹn đã đồng ý", Width: 22},
	}}
	for _, o := range r.owed {
		promised := ""
		if o.Promised != "" {
			promised = viet.ShowDate(o.Promised)
		}
		s.Rows = append(s.Rows, []any{o.Code, o.Owner, day(o.DueOn), stateName(o), promised})
	}
	return s
}

// day is a date as sheets know them, or the text of what is none.
func day(iso string) any {
	at, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return at
}

func stateName(o storage.Obligation) string {
	switch o.State {
	case storage.ObligationAccepted:
		return "đã nhận"
	case storage.ObligationSent:
		return "đã gửi, chờ xem"
	case storage.ObligationStopped:
		return "không phải gửi"
	}
	return "chưa gửi"
}
