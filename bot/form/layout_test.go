package form_test

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func TestLayout(t *testing.T) {
	menu := bot.Outgoing{Title: "Chào bạn", Text: "Bạn cần gì?", Buttons: []bot.Button{
		{Label: "Đăng ký", Data: "a"}, {Label: "Trang web", URL: "https://example.com"}, {Label: "Sự kiện", Data: "b"},
		{Label: "Gửi số", Contact: true},
	}}
	tests := []struct {
		name    string
		can     bot.Abilities
		text    string
		buttons []string
	}{
		{"all fit", rich, "Bạn cần gì?", []string{"Đăng ký", "Trang web", "Sự kiện", "Gửi số"}},
		{"fit without the contact", bot.Abilities{ButtonLimit: 3}, "Bạn cần gì?", []string{"Đăng ký", "Trang web", "Sự kiện"}},
		{"some fit", bot.Abilities{ButtonLimit: 1}, "Bạn cần gì?\n\n1. Đăng ký\nTrang web: https://example.com\n2. Sự kiện\n\nGõ số để chọn.", []string{"1. Đăng ký"}},
		{"none", words, "Bạn cần gì?\n\n1. Đăng ký\nTrang web: https://example.com\n2. Sự kiện\n\nGõ số để chọn.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := form.Layout(menu, test.can)
			if got.Text != test.text {
				t.Errorf("Text = %q, want %q", got.Text, test.text)
			}
			if len(got.Buttons) != len(test.buttons) {
				t.Fatalf("%d buttons, want %d", len(got.Buttons), len(test.buttons))
			}
			for i, want := range test.buttons {
				if got.Buttons[i].Label != want {
					t.Errorf("button %d = %q, want %q", i, got.Buttons[i].Label, want)
				}
			}
		})
	}
	if menu.Buttons[0].Label != "Đăng ký" || len(menu.Buttons) != 4 {
		t.Error("Layout changed the message it was given")
	}
}
