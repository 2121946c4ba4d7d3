package handlers

import (
	"context"
	"strings"
)

// help tells what can be typed. It is built from the list of conversations, so it cannot promise what is not there.
func (r *Router) help() *Conversation {
	return &Conversation{
		Name: "trogiup", Label: "Trợ giúp", // typed: with it the menu of founders would have more than the five buttons of Zalo
		Words:  []string{"giúp", "giúp đỡ", "hướng dẫn", "giúp mình", "giúp tôi", "giúp tôi với", "giúp mình với"},
		Always: []string{"trợ giúp", "help"},
		Open: func(ctx context.Context, t *Turn, _ string) error {
			lines := []string{t.Address("Bạn bấm nút, gõ số, hoặc gõ chữ có dấu hay không dấu đều được. Các việc mình giúp được:")}
			for _, c := range r.list {
				if c.Label != "" && c.Name != "trogiup" && r.may(ctx, t, c) {
					lines = append(lines, "/"+c.Name+" – "+c.Label)
				}
			}
			lines = append(lines, "Khi đang điền hồ sơ: “quay lại” để sửa câu trước, “để sau” để nghỉ, “hủy” để bỏ.",
				t.Address("Đây là trợ lý tự động; tin nhắn đi qua ứng dụng bạn đang dùng."))
			m := r.menu(ctx, t, strings.Join(lines, "\n"))
			m.Title = "Trợ giúp"
			t.Say(m)
			return nil
		},
	}
}
