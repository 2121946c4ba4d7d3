package contests

import (
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// sheet has what was counted for each entry, with and without the votes that are flagged.
func (p poll) sheet() export.Sheet {
	s := export.Sheet{Name: "Bình chọn", Columns: []export.Column{
		{Heading: "Mã", Width: 15}, {Heading: "Bảng", Width: 16}, {Heading: "Dự án", Width: 32}, {Heading: "Mọi phiếu", Width: 12},
		{Heading: "Từ tài khoản mới, dồn dập", Width: 24}, {Heading: "Không kể phiếu dồn dập", Width: 24}, {Heading: "Được tính", Width: 12},
	}}
	for _, e := range mostVoted(p.entries, func(e storage.Entry) int64 { return int64(p.votes[e.ID].All) }, len(p.entries)) {
		n := p.votes[e.ID]
		s.Rows = append(s.Rows, []any{e.Code, e.Track, e.Name, n.All, n.Flagged, n.All - n.Flagged, p.counted(e)})
	}
	return s
}
