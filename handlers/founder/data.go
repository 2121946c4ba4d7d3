package founder

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// exportAll is the argument that asks for everything as JSON.
const exportAll = "json"

// MyData shows people what is kept about them: in words, and all of it as JSON.
func MyData(places *viet.Places) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "dulieu", Label: "Dữ liệu của tôi",
		Always: []string{"dữ liệu", "xem dữ liệu", "dữ liệu cá nhân"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			data, err := t.Store.DataAt(ctx, t.In.From)
			if err != nil {
				return err
			}
			if argument == exportAll {
				return export(t, data)
			}
			return tellData(ctx, t, places, data)
		},
	}
}

func tellData(ctx context.Context, t *handlers.Turn, places *viet.Places, data storage.Data) error {
	person, err := t.Person(ctx)
	if err != nil {
		return err
	}
	own, err := t.Store.StartupsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	given, err := t.Store.ConsentsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	lines := append(aboutPerson(person, given), "Hồ sơ: "+orNone(len(own)))
	for _, s := range own {
		lines = append(lines, handlers.DescribeStartup(s, places, t.Now.Location()))
	}
	lines = append(lines, counted(t, data)...)
	t.Say(bot.Outgoing{
		Title: t.Address("Dữ liệu mình lưu về bạn"), Text: strings.Join(lines, "\n") + "\nBản JSON có đủ từng chi tiết.",
		Buttons: []bot.Button{
			{Label: "Tải bản JSON", Data: "dulieu:" + exportAll, Row: true},
			{Label: "Rút đồng ý", Data: "rut:", Row: true},
			{Label: "Xóa dữ liệu", Data: "xoa:", Row: true},
		},
	})
	return nil
}

func aboutPerson(p storage.Person, given []storage.Purpose) []string {
	name, phone, agreed := p.Name, "chưa có", []string{}
	if name == "" {
		name = "chưa có"
	}
	if p.Phone != "" {
		phone = viet.ShowPhone(p.Phone)
	}
	for _, purpose := range given {
		agreed = append(agreed, map[storage.Purpose]string{storage.Dossier: "lưu hồ sơ", storage.Announcements: "nhận thông báo", storage.Attendance: "tham gia sự kiện", storage.Voting: "bình chọn"}[purpose])
	}
	if len(agreed) == 0 {
		agreed = []string{"không có"}
	}
	return []string{"Họ và tên: " + name, "Số điện thoại: " + phone, "Đang đồng ý: " + strings.Join(agreed, ", ")}
}

// counted tells how much there is of what only the export shows in full.
func counted(t *handlers.Turn, data storage.Data) []string {
	drafts := len(t.Session.Aside)
	if t.Session.Form != nil {
		drafts++
	}
	lines := []string{"Phần đang điền dở ở đây: " + orNone(drafts)}
	for _, kept := range []struct{ table, label string }{
		{"documents", "Tệp đã gửi"},
		{"startup_history", "Lần sửa hồ sơ"},
		{"reviews", "Lần cán bộ xét hồ sơ"},
		{"entries", "Hồ sơ dự thi"},
		{"entry_files", "Tệp trong hồ sơ dự thi"},
		{"entry_members", "Nhóm dự thi"},
		{"votes", "Phiếu bình chọn"},
		{"requests", "Yêu cầu hỏi cán bộ"},
		{"request_messages", "Tin nhắn trong các yêu cầu"},
		{"guests", "Sự kiện đã đăng ký tham gia"},
		{"guardians", "Cha, mẹ hoặc người giám hộ đã đồng ý"},
		{"guardian_of", "Lần đồng ý cho người chưa đủ 16 tuổi, có tên và số của người đồng ý"},
		{"roles", "Vai trò cán bộ"},
		{"pins", "Mã PIN duyệt"},
		{"delegations", "Ủy quyền duyệt"},
		{"addresses", "Cuộc trò chuyện"},
		{"web_log", "Tin nhắn trên trang web"},
		{"consents", "Bằng chứng đồng ý và rút đồng ý"},
		{"dead_updates", "Tin chưa xử lý được"},
		{"audit", "Việc đã làm với vai trò cán bộ"},
		{"achievements", "Kết quả được xác nhận có minh chứng"},
	} {
		if n := len(data[kept.table]); n > 0 {
			lines = append(lines, fmt.Sprintf("%s: %d", kept.label, n))
		}
	}
	return lines
}

func orNone(n int) string {
	if n == 0 {
		return "không có"
	}
	return fmt.Sprint(n)
}

// export gives everything: as a file, or as text where the channel has no files.
func export(t *handlers.Turn, data storage.Data) error {
	text, err := json.MarshalIndent(map[string]any{
		"exported_at": t.Now.Format(time.RFC3339), "kept": data, "this_chat": t.Session,
	}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode a person's data: %w", err)
	}
	advice := t.Address("Tệp này có thông tin riêng của bạn, bạn giữ kỹ. Tệp bạn đã gửi thì mở ở “Hồ sơ của tôi”. Muốn xóa, bạn nhắn “xóa dữ liệu”.")
	if t.Can.Files {
		t.Say(bot.Outgoing{Text: advice, File: &bot.File{Name: "du-lieu-cua-toi.json", MIME: "application/json", Data: text, Size: int64(len(text))}})
		return nil
	}
	t.Say(bot.Outgoing{Text: string(text)}, bot.Outgoing{Text: strings.Replace(advice, "Tệp này", "Nội dung trên", 1)})
	return nil
}
