package staff

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Search do: "action:value". The search itself stays in the session.
const (
	showPage  = "trang" // and its number, from 0
	askFilter = "loc"   // by one of the keys below; "" asks by which
	setFilter = "dat"   // "dat:KEY:VALUE"
	asSheet   = "bang"
)

// Search finds startups by a code, a name or a phone, however they are typed, and by filters, until something else is
// asked for. Each look is an action, in the audit log with the codes that were shown.
func Search(places *viet.Places) *handlers.Conversation {
	return &handlers.Conversation{
		Name: "timkiem", Label: "Tìm hồ sơ", Role: storage.Staff, Menu: true,
		Words: []string{"tìm kiếm", "tìm hồ sơ", "tra cứu", "tra cứu hồ sơ"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return openSearch(ctx, tx, t, places, argument) })
			return nil
		},
		Listen: func(ctx context.Context, t *handlers.Turn) error {
			if ok, err := t.Steer(ctx); ok || err != nil {
				return err
			}
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return searchText(ctx, tx, t, places) })
			return nil
		},
	}
}

func openSearch(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, argument string) error {
	action, value, _ := strings.Cut(argument, ":")
	if t.Session.Name != "timkiem" || action == "" {
		beginSearch(t)
	}
	switch action {
	case showPage:
		page, _ := strconv.Atoi(value) // not a number: the first page
		return showFound(ctx, tx, t, places, max(page, 0))
	case askFilter:
		t.Say(askWhat(t, value))
		return nil
	case setFilter:
		key, chosen, _ := strings.Cut(value, ":")
		setMemo(t, key, chosen)
		return showFound(ctx, tx, t, places, 0)
	case asSheet:
		return sendSheet(ctx, tx, t, places)
	}
	t.Say(bot.Outgoing{
		Title:   "Tìm hồ sơ",
		Text:    "Anh/chị gõ mã hồ sơ, tên dự án, tên người đăng ký hoặc số điện thoại; có dấu hay không dấu đều được. Hoặc chọn một cách lọc.",
		Buttons: append(filterButtons(), bot.Button{Label: "Xem tất cả", Data: "timkiem:" + showPage + ":0", Row: true}),
	})
	return nil
}

// beginSearch puts what is in hand aside and listens, with nothing asked for yet.
func beginSearch(t *handlers.Turn) {
	t.PutAside()
	t.Session.Name, t.Session.Memo = "timkiem", nil
}

// searchText takes a text for what is looked for, or for the place that was asked for.
func searchText(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places) error {
	text := viet.Clean(t.In.Text)
	switch {
	case text == "":
		return openSearch(ctx, tx, t, places, "")
	case t.Session.Memo[askedKey] == placeKey:
		return filterByPlace(ctx, tx, t, places, text)
	}
	setMemo(t, textKey, text)
	return showFound(ctx, tx, t, places, 0)
}

func showFound(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, page int) error {
	f := filterOf(t, places)
	count, err := storage.CountMatches(ctx, tx, f)
	if err != nil {
		return err
	}
	list, err := storage.SearchStartups(ctx, tx, f, page*pageSize, pageSize)
	if err != nil {
		return err
	}
	t.Say(foundCard(list, t, places, page, count))
	codes := []string{}
	for _, s := range list {
		codes = append(codes, s.Code)
	}
	return storage.AddAudit(ctx, tx, t.In.From, "search-startups", strings.Join(codes, " "), t.Now)
}

func foundCard(list []storage.RegisteredStartup, t *handlers.Turn, places *viet.Places, page, count int) bot.Outgoing {
	lines := []string{criteria(t, places)}
	m := bot.Outgoing{Title: "Không thấy hồ sơ nào"}
	for i, s := range list {
		lines = append(lines, fmt.Sprintf("%d. %s · %s\n%s · %s · %s", i+1, s.Code, s.Name,
			handlers.StatusName(s.Status), handlers.PlaceName(places, s.Place), s.Founder))
		m.Buttons = append(m.Buttons, bot.Button{Label: s.Code, Data: "phieu:" + s.Code, Row: i%2 == 0})
	}
	if len(list) == 0 {
		lines = append(lines, "Anh/chị gõ chữ khác, hoặc tìm lại từ đầu.")
	} else {
		m.Title = fmt.Sprintf("Tìm thấy %d hồ sơ, trang %d/%d", count, page+1, pages(count))
	}
	m.Text = strings.Join(lines, "\n\n")
	if page+1 < pages(count) {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: fmt.Sprintf("timkiem:%s:%d", showPage, page+1), Row: true})
	}
	if len(list) > 0 {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Lọc thêm", Data: "timkiem:" + askFilter, Row: true}, bot.Button{Label: "Tải bảng Excel", Data: "timkiem:" + asSheet})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Tìm lại từ đầu", Data: "timkiem:", Row: true})
	return m
}
