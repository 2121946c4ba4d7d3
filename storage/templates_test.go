package storage_test

import (
	"os"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

func TestEveryTemplateHasATextToSubmit(t *testing.T) {
	texts, err := os.ReadFile("../docs/mau-zalo.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range storage.TemplateNames() {
		if !strings.Contains(string(texts), "\n## "+name+"\n") {
			t.Errorf("docs/mau-zalo.md has no text for %q", name)
		}
	}
}

func TestTemplateOfAMessage(t *testing.T) {
	own := &bot.Template{Name: storage.Reviewed, Params: map[string]string{"ma": "KN-2026-0001"}}
	long := strings.Repeat("đ", 70)
	for name, c := range map[string]struct {
		message  bot.Outgoing
		approved string
		want     string
		subject  string
	}{
		"its own":                  {bot.Outgoing{Title: "Hồ sơ", Template: own}, storage.Reviewed, storage.Reviewed, ""},
		"its own, not approved":    {bot.Outgoing{Title: "Hồ sơ", Template: own}, storage.AnyNews, storage.AnyNews, "Hồ sơ"},
		"none, with a title":       {bot.Outgoing{Title: "Tiêu đề", Text: "Lời"}, storage.AnyNews, storage.AnyNews, "Tiêu đề"},
		"none, a long text, short": {bot.Outgoing{Text: long}, storage.AnyNews, storage.AnyNews, strings.Repeat("đ", 59) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			got := storage.TemplateOf(c.message, func(name string) bool { return name == c.approved })
			if got.Name != c.want || got.Params["tieu_de"] != c.subject {
				t.Errorf("got %+v", got)
			}
		})
	}
}
