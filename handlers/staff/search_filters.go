package staff

import (
	"context"
	"fmt"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the session keeps of a search.
const (
	textKey     = "chu"
	placeKey    = "noi"   // code of a commune
	districtKey = "huyen" // an old district, as in viet.Place.District
	trackKey    = "linhvuc"
	stageKey    = "giaidoan"
	statusKey   = "tinhtrang"
	askedKey    = "hoi" // the filter whose value is typed next
)

// choices are the values to filter by, for filters that are chosen and not typed.
func choices(key string) []form.Choice {
	switch key {
	case trackKey:
		return handlers.Fields()
	case stageKey:
		return handlers.Stages()
	case statusKey:
		return handlers.Statuses()[:len(handlers.Statuses())-1] // but for those withdrawn
	}
	return nil
}

func filterButtons() []bot.Button {
	buttons := []bot.Button{}
	for i, c := range []form.Choice{
		{Value: placeKey, Label: "Theo nơi"}, {Value: trackKey, Label: "Theo lĩnh vực"},
		{Value: stageKey, Label: "Theo giai đoạn"}, {Value: statusKey, Label: "Theo tình trạng"},
	} {
		buttons = append(buttons, bot.Button{Label: c.Label, Data: "timkiem:" + askFilter + ":" + c.Value, Row: i%2 == 0})
	}
	return buttons
}

// setMemo changes one thing of the search. A place and a district take each other's place.
func setMemo(t *handlers.Turn, key, value string) {
	memo := map[string]string{key: value} // a new one: the session's is never changed in place
	for k, v := range t.Session.Memo {
		if replaced := k == key || k == askedKey || (key == placeKey || key == districtKey) && (k == placeKey || k == districtKey); !replaced {
			memo[k] = v
		}
	}
	t.Session.Memo = memo
}

// filterOf is what the session looks for.
func filterOf(t *handlers.Turn, places *viet.Places) storage.Filter {
	memo := t.Session.Memo
	f := storage.Filter{Text: memo[textKey], Field: memo[trackKey], Stage: memo[stageKey], Status: memo[statusKey]}
	switch {
	case memo[placeKey] != "":
		f.Places = []string{memo[placeKey]}
	case memo[districtKey] != "":
		f.Places = places.Former(memo[districtKey])
	}
	return f
}

// criteria tells what is looked for.
func criteria(t *handlers.Turn, places *viet.Places) string {
	memo, parts := t.Session.Memo, []string{}
	if memo[textKey] != "" {
		parts = append(parts, "“"+memo[textKey]+"”")
	}
	if memo[placeKey] != "" {
		parts = append(parts, handlers.PlaceName(places, memo[placeKey]))
	}
	if memo[districtKey] != "" {
		parts = append(parts, memo[districtKey]+" cũ")
	}
	for _, key := range []string{trackKey, stageKey, statusKey} {
		if memo[key] != "" {
			parts = append(parts, handlers.Label(choices(key), memo[key]))
		}
	}
	if len(parts) == 0 {
		return "Đang xem tất cả, mới nhất trước."
	}
	return "Đang tìm: " + strings.Join(parts, " · ")
}

// askWhat asks for the value of a filter, or for the filter.
func askWhat(t *handlers.Turn, key string) bot.Outgoing {
	if key == placeKey {
		setMemo(t, askedKey, placeKey)
		return bot.Outgoing{Text: "Anh/chị gõ tên xã, phường, đặc khu, hoặc tên huyện cũ. Ví dụ: huyện Ba Tơ."}
	}
	m := bot.Outgoing{Text: "Lọc theo giá trị nào?"}
	for _, c := range choices(key) {
		m.Buttons = append(m.Buttons, bot.Button{Label: c.Label, Data: "timkiem:" + setFilter + ":" + key + ":" + c.Value, Row: true})
	}
	if len(m.Buttons) == 0 {
		return bot.Outgoing{Text: "Lọc thêm theo gì?", Buttons: filterButtons()}
	}
	return m
}

// filterByPlace understands what was typed as one commune or old district, or asks which.
func filterByPlace(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, text string) error {
	m := bot.Outgoing{Text: "Anh/chị chọn nơi cần tìm:"}
	add := func(label, key, value string) {
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: "timkiem:" + setFilter + ":" + key + ":" + value, Row: true})
	}
	found := places.Search(text)
	districts := map[string]bool{}
	for _, match := range found {
		if d := match.Place.District; match.Why == "thuộc "+d+" cũ" && !districts[d] {
			districts[d] = true
			add("Cả "+d+" cũ", districtKey, d)
		}
	}
	for _, match := range found {
		add(match.Place.Title(), placeKey, match.Place.Code)
	}
	switch {
	case len(found) == 0:
		t.Say(bot.Outgoing{Text: fmt.Sprintf("Mình không thấy nơi nào tên “%s” trong tỉnh. Anh/chị gõ lại tên xã, phường hoặc huyện cũ.", text)})
	case len(found) == 1 && !found[0].Guess && len(districts) == 0:
		setMemo(t, placeKey, found[0].Place.Code)
		return showFound(ctx, tx, t, places, 0)
	default:
		t.Say(m)
	}
	return nil
}
