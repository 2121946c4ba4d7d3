package founder

import (
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
)

// Mine lists the person's own startups.
func Mine(places *viet.Places) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "hoso", Label: "Hồ sơ của tôi", Menu: true,
		Words: []string{"hồ sơ", "dự án của tôi", "xem hồ sơ", "mã hồ sơ"},
		Open: func(ctx context.Context, t *handlers.Turn, _ string) error {
			own, err := t.Store.StartupsAt(ctx, t.In.From)
			if err != nil {
				return err
			}
			if len(own) == 0 {
				t.Say(bot.Outgoing{Text: "Bạn chưa đăng ký dự án nào ở đây.", Buttons: []bot.Button{{Label: "Đăng ký dự án", Data: "dangky:", Row: true}}})
				return nil
			}
			lines := []string{}
			for _, s := range own {
				lines = append(lines, handlers.DescribeStartup(s, places, t.Now.Location()))
			}
			t.Say(bot.Outgoing{Title: "Hồ sơ của bạn", Text: strings.Join(lines, "\n\n")})
			return nil
		},
	}
}
