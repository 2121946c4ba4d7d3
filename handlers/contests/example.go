package contests

import (
	"strings"
	"time"

	"khoinghiep/storage/competition"
)

// Example is what the sheet has that is handed out first: a competition of an agency in the next month, as they are run.
func Example(now time.Time, host string) competition.Definition {
	year, month, _ := now.Date()
	opens := time.Date(year, month+1, 1, 8, 0, 0, 0, now.Location())
	criteria := []competition.Criterion{
		{Name: "Tính đổi mới sáng tạo", Weight: 30, Most: 10, Floor: true}, {Name: "Khả năng thương mại hóa", Weight: 25, Most: 10, Floor: true},
		{Name: "Kế hoạch kinh doanh", Weight: 20, Most: 10, Floor: true}, {Name: "Tác động xã hội", Weight: 15, Most: 10, Floor: true}, {Name: "Trình bày", Weight: 10, Most: 10, Floor: true},
	}
	return competition.Definition{
		Host: host, Name: "Cuộc thi khởi nghiệp đổi mới sáng tạo", About: "Giới thiệu cuộc thi trong vài câu.", Level: levelOf(host), Opens: opens, Closes: opens.AddDate(0, 1, 0).Add(9 * time.Hour),
		Tracks: []string{"Ý tưởng", "Dự án"}, Who: competition.Anyone, TeamMost: 5, Cap: 1, FirmYears: 5,
		Items: []competition.Item{
			{Key: "mo_ta_ngan", Label: "Mô tả ngắn", Kind: competition.Text, Most: 500},
			{Key: "van_de_va_giai_phap", Label: "Vấn đề và giải pháp", Kind: competition.Text, Most: 1500},
			{Key: "ban_thuyet_minh", Label: "Bản thuyết minh", Kind: competition.Files, Most: 3},
			{Key: "duong_dan", Label: "Đường dẫn", Kind: competition.Link, Optional: true},
		},
		Rounds: []competition.Round{
			{Name: "Sơ khảo", Keep: 10, Readers: 3, MeanLeast: 50, Blind: true, Criteria: criteria},
			{Name: "Chung kết", Keep: 5, Readers: 5, MeanLeast: 50, Criteria: criteria},
		},
	}
}

// levelOf is what kind of competition the plan has an agency run (Quyết định 827/QĐ-UBND, V.1.3 to V.1.5).
func levelOf(agency string) string {
	switch {
	case agency == "TINHDOAN":
		return "doan"
	case strings.HasPrefix(agency, "xa-"): // of a commune
		return "dia_phuong"
	}
	return "tinh"
}
