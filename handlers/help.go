package handlers

import (
	"context"
	"strings"

	"khoinghiep/bot"
)

// help tells what can be typed. It is built from the list of conversations, so it cannot promise what is not there.
func (r *Router) help() *Conversation {
	return &Conversation{
		Name: "trogiup", Label: "Trợ giúp", Menu: true,
		Words:  []string{"giúp", "giúp đỡ", "hướng dẫn", "giúp mình"},
		Always: []string{"trợ giúp", "help"},
		Open: func(ctx context.Context, t *Turn, _ string) error {
			lines := []string{"Bạn bấm nút, gõ số, hoặc gõ chữ có dấu hay không dấu đều được. Các việc mình giúp được:"}
			for _, c := range r.list {
				if c.Label != "" && c.Name != "trogiup" && r.may(ctx, t, c) {
					lines = append(lines, "/"+c.Name+" – "+c.Label)
				}
			}
			lines = append(lines, "Khi đang điền hồ sơ: “quay lại” để sửa câu trước, “để sau” để nghỉ, “hủy” để bỏ.",
				"Đây là trợ lý tự động; tin nhắn đi qua ứng dụng bạn đang dùng.")
			m := r.menu(ctx, t, strings.Join(lines, "\n"))
			m.Title = "Trợ giúp"
			t.Say(m)
			return nil
		},
	}
}

// person tells how to reach people of Sở KH&CN.
func person(contact string) *Conversation {
	return &Conversation{
		Name: "gap", Label: "Gặp cán bộ", Menu: true,
		Words:  []string{"gặp người", "cán bộ", "tư vấn", "liên hệ", "hỏi cán bộ"},
		Always: []string{"gặp cán bộ"},
		Open: func(_ context.Context, t *Turn, _ string) error {
			t.Say(bot.Outgoing{Title: "Gặp cán bộ", Text: contact + "\nBạn nói mã hồ sơ (nếu có) để cán bộ tìm nhanh hơn."})
			return nil
		},
	}
}
