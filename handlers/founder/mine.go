package founder

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Mine lists the person's own startups, and opens one: to complete it, to withdraw it, and once a year to say whether it
// is still active. A button carries "CODE" to open one, "action:CODE" to do something with it.
func Mine(places *viet.Places, calendar *plan.Calendar) *handlers.Conversation {
	f := Profile(places)
	return &handlers.Conversation{
		Name: "hoso", Label: "Hồ sơ của tôi", Menu: true,
		Words:  []string{"hồ sơ", "dự án của tôi", "xem hồ sơ", "mã hồ sơ"},
		Always: []string{"hồ sơ của tôi"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			action, code, ok := strings.Cut(argument, ":")
			switch {
			case argument == "":
				return listOwn(ctx, t, f, places)
			case !ok:
				return showOwn(ctx, t, f, places, argument)
			}
			return manageOwn(ctx, t, calendar, action, code)
		},
	}
}

// listOwn lists all startups, or opens the only one.
func listOwn(ctx context.Context, t *handlers.Turn, f *form.Form, places *viet.Places) error {
	own, err := t.Store.StartupsAt(ctx, t.In.From)
	switch {
	case err != nil:
		return err
	case len(own) == 0:
		t.Say(nothingRegistered(t))
		return nil
	case len(own) == 1 && own[0].Open():
		return showOwn(ctx, t, f, places, own[0].Code)
	}
	m, lines := bot.Outgoing{Title: t.Address("Hồ sơ của bạn")}, []string{}
	for _, s := range own {
		lines = append(lines, handlers.DescribeStartup(s, places, t.Now.Location()))
		if s.Open() {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Mở " + s.Code, Data: "hoso:" + s.Code, Row: true})
		}
	}
	m.Text = strings.Join(lines, "\n\n")
	t.Say(m)
	return nil
}

// showOwn opens a startup. When nothing was heard of it for a year, it asks the yearly question first.
func showOwn(ctx context.Context, t *handlers.Turn, f *form.Form, places *viet.Places, code string) error {
	d, ok, err := findDossier(ctx, t, code)
	if !ok || err != nil {
		return err
	}
	m := bot.Outgoing{
		Title:   t.Address("Hồ sơ của bạn"),
		Text:    handlers.DescribeStartup(d.Startup, places, t.Now.Location()) + d.answered(f, t) + "\nMức hoàn thiện: " + completeness(f, d.answers(f)),
		Buttons: append(d.correction(f), completeButton(code)),
	}
	if d.Status == storage.StatusStopped {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Hoạt động lại", Data: "hoso:" + stillActive + ":" + code, Row: true})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Rút hồ sơ này", Data: "hoso:" + askWithdraw + ":" + code, Row: true})
	m.Buttons = append(m.Buttons, t.FileButtons(d.documents...)...)
	t.Say(m)
	if isDueForRefresh(d.Startup, t.Now) {
		t.Say(askRefresh(d.Startup))
	}
	return nil
}

// ownStartups lists the startups that are open.
func ownStartups(ctx context.Context, t *handlers.Turn) ([]storage.Startup, error) {
	own, err := t.Store.StartupsAt(ctx, t.In.From)
	return slices.DeleteFunc(own, func(s storage.Startup) bool { return !s.Open() }), err
}

func nothingRegistered(t *handlers.Turn) bot.Outgoing {
	return bot.Outgoing{
		Text:    t.Address("Bạn chưa đăng ký dự án nào ở đây. Nếu đã đăng ký ở cuộc trò chuyện khác, bạn gõ “nối chat” ở nơi đó."),
		Buttons: []bot.Button{{Label: "Đăng ký dự án", Data: "dangky:", Row: true}},
	}
}
