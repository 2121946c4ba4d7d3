package viet_test

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot/viet"
)

// somePlaces is a small province with every kind of collision; storage/plan tests the real one.
func somePlaces() *viet.Places {
	place := func(code, kind, name, district string) viet.Place {
		return viet.Place{Code: code, Name: name, Kind: kind, District: district}
	}
	const bato, sonha, ducpho, kontum = "huyện Ba Tơ", "huyện Sơn Hà", "thị xã Đức Phổ", "thành phố Kon Tum"
	return viet.NewPlaces([]viet.Place{
		place("11", "xã", "Ba Tơ", bato), place("12", "xã", "Ba Tô", bato), place("13", "xã", "Đặng Thùy Trâm", bato),
		place("21", "xã", "Sơn Hà", sonha), place("22", "xã", "Sơn Hạ", sonha),
		place("31", "phường", "Đức Phổ", ducpho), place("32", "xã", "Nguyễn Nghiêm", ducpho),
		place("41", "phường", "Kon Tum", kontum), place("42", "phường", "Đăk Bla", kontum), place("43", "xã", "Đăk Rơ Wa", kontum),
		place("51", "đặc khu", "Lý Sơn", "huyện Lý Sơn"), place("61", "xã", "Bình Minh", "huyện Bình Sơn"),
	}, []viet.District{
		{Code: "1", Name: bato, Places: []string{"11", "12", "13"}},
		{Code: "2", Name: sonha, Places: []string{"21", "22"}},
		{Code: "3", Name: ducpho, Places: []string{"31", "32"}},
		{Code: "4", Name: kontum, Places: []string{"41", "42", "43"}},
		{Code: "5", Name: "huyện Lý Sơn", Places: []string{"51"}},
		{Code: "6", Name: "thành phố Quảng Ngãi", Places: []string{"12", "99"}},
	}, map[string][]string{
		"Bình Minh": {"61"}, "Bình Khương": {"61"}, "Nguyễn Nghiêm": {"31"}, "Đăk Blà": {"43"}, "Thắng Lợi": {"41", "21"},
		"Ba Cung": {"11"}, "Đăk Năng": {"42"}, "Ba Tơ": {"11"},
	})
}

func TestSearchTellsCommunesFromDistricts(t *testing.T) {
	find(t, map[string][]string{
		"Ba Tơ":                {"11", "12", "13"}, // the commune first, then the rest of the old district
		"xã Ba Tơ":             {"11"},
		"x. Ba Tơ":             {"11"},
		"x.bato":               {"11", "12"},
		"thị trấn Ba Tơ":       {"11"},
		"huyện Ba Tơ":          {"11", "12", "13"},
		"h.Ba Tơ cũ":           {"11", "12", "13"},
		"Ba Tơ (cũ)":           {"11", "12", "13"},
		"Đức Phổ":              {"31", "32"},
		"phường Đức Phổ":       {"31"},
		"p Đức Phổ":            {"31"},
		"thị xã Đức Phổ":       {"31", "32"},
		"TX. Đức Phổ":          {"31", "32"},
		"Nguyễn Nghiêm":        {"32", "31"},
		"phường Nguyễn Nghiêm": {"31"},
		"Đắk Blà":              {"43"},
		"Thắng Lợi":            {"41", "21"},
		"Lý Sơn":               {"51"},
		"huyện đảo Lý Sơn":     {"51"},
		"đảo Lý Sơn":           {"51"},
		"Kon Tum":              {"41", "42", "43"},
		"tp.Kon Tum":           {"41", "42", "43"},
	})
}

func TestSearchMindsAccentsOnlyWhenTyped(t *testing.T) {
	find(t, map[string][]string{
		"ba to":          {"11", "12", "13"},
		"Ba Tô":          {"12"},
		"Sơn Hà":         {"21", "22"},
		"Sơn Hạ":         {"22"},
		"SơnHạ":          {"22"},
		"SON HA":         {"21", "22"},
		"xa son ha":      {"21", "22"},
		"Đặng Thùy Trâm": {"13"},
		"Ðặng Thuỳ Trâm": {"13"},
		"dangthuytram":   {"13"},
		"Đăk Bla":        {"42"},
		"Đắk Bla":        {"42"},
		"Đak Bla":        {"42"},
		"dak bla":        {"42", "43"},
		"Bình Minh":      {"61"},
		"binh minh":      {"61"},
	})
}

func TestSearchReadsAddresses(t *testing.T) {
	find(t, map[string][]string{
		"phường Kon Tum, Kon Tum":          {"41"},
		"Quảng Ngãi":                       {"12"},
		"tỉnh Quảng Ngãi":                  nil,
		"Sơn Hạ, Quảng Ngãi":               {"22"},
		"Sơn Hạ Quảng Ngãi":                {"22"},
		"Ba Tơ, tỉnh Quảng Ngãi, Việt Nam": {"11", "12", "13"},
		"Ba Tơ, huyện Ba Tơ, Quảng Ngãi":   {"11"},
		"huyện Ba Tơ, xã Đặng Thùy Trâm":   {"13"},
		"Thôn 1, Ba Cung, Ba Tơ":           {"11"},
		"Thắng Lợi - Sơn Hà":               {"21"},
		"xã Lý Sơn, huyện Ba Tơ":           {"51"},
		"thôn 1 xã Ba Cung huyện Ba Tơ":    {"11"},
		"thon 1 xa ba cung huyen ba to":    {"11"},
		"Sơn Hạ thị xã Ba Tơ":              {"22"}, // "thị xã" is one title, and contradicts
		"ở đâu đó huyện":                   nil,
	})
}

func TestSearchForgivesSlips(t *testing.T) {
	find(t, map[string][]string{
		"Đặng Thùy Trân": {"13"},
		"dan thuy tam":   {"13"},
		"Đặng Thùy":      {"13"}, // unfinished
		"sơn h":          {"21", "22"},
		"Bình Định":      nil, // a province, though two letters from Bình Minh
		"Đà Nẵng":        nil,
		"ba":             nil,
		"":               nil,
		", ;":            nil,
	})
}

// find holds what typed texts find, as codes in order, in any Unicode form.
func find(t *testing.T, cases map[string][]string) {
	t.Helper()
	places := somePlaces()
	for typed, want := range cases {
		for _, form := range []string{typed, norm.NFD.String(typed), " " + typed + " "} {
			if got := codes(places.Search(form)); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", form, got, want)
			}
		}
	}
}

func codes(found []viet.Match) []string {
	var codes []string
	for _, m := range found {
		codes = append(codes, m.Place.Code)
	}
	return codes
}

func TestPlacesSearchSaysWhy(t *testing.T) {
	places := somePlaces()
	for typed, want := range map[string][]string{
		"Sơn Hà":      {"", "thuộc huyện Sơn Hà cũ"},
		"Bình Khương": {"Bình Khương cũ"},
		"Bình Minh":   {""},
		"Bình Minn":   {"tên gần giống"},
		"binh khuong": {"Bình Khương cũ"},
		"bình khươn":  {"Bình Khương cũ"},
		"Quảng Ngãi":  {"thuộc thành phố Quảng Ngãi cũ"},
	} {
		var got []string
		for _, m := range places.Search(typed) {
			got = append(got, m.Why)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestSearchTellsItsGuesses(t *testing.T) {
	places := somePlaces()
	for typed, want := range map[string]bool{
		"Bình Minh": false, "binh minh": false, "Bình Khương": false, "đảo Lý Sơn": false,
		"Bình Minn": true, "bình khươn": true, "Đặng Thùy": true,
	} {
		if found := places.Search(typed); len(found) != 1 || found[0].Guess != want {
			t.Errorf("%q: got %+v, want one, a guess: %t", typed, found, want)
		}
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		text, label string
		want        bool
	}{
		{"Ba Tơ", "Xã Ba Tơ", true},
		{"ba tơ", "Xã Ba Tơ (thuộc huyện Ba Tơ cũ)", true},
		{"xã Ba Tơ", "Xã Ba Tơ (thuộc huyện Ba Tơ cũ)", true},
		{"Đặng Thuỳ Trâm", "Xã Đặng Thùy Trâm", true},
		{"Kon Tum", "Phường Kon Tum", true},
		{"Ba Tơ", "Xã Ba Tô", false},
		{"ba to", "Xã Ba Tơ", false},
		{"huyện Ba Tơ", "Xã Ba Tơ", false},
		{"phường Ba Tơ", "Xã Ba Tơ", false},
		{"Ba Tơ", "Xã Ba Vinh (thuộc huyện Ba Tơ cũ)", false},
		{"", "Xã", false},
		{"", "", false},
	} {
		for _, text := range []string{c.text, norm.NFD.String(c.text)} {
			if got := viet.Names(text, c.label); got != c.want {
				t.Errorf("%q for %q: got %t", text, c.label, got)
			}
		}
	}
}

func TestPlacesByCode(t *testing.T) {
	places := somePlaces()
	if place, ok := places.ByCode("51"); !ok || place.String() != "đặc khu Lý Sơn" || place.Title() != "Đặc khu Lý Sơn" {
		t.Errorf("got %v, %t", place, ok)
	}
	if place, ok := places.ByCode("99"); ok {
		t.Errorf("got %v for an unknown code", place)
	}
}
