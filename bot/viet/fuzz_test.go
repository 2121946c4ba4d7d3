package viet_test

import (
	"errors"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot/viet"
)

func FuzzName(f *testing.F) {
	check(viet.Name).fuzz(f, "nguyễn thị đào", "H'HEN NIÊ", "y-a.b", "ß ŉ")
}
func FuzzPhone(f *testing.F) {
	check(viet.Phone).fuzz(f, "0912.345.678", "+84 (0) 912345678", "01201234567")
}
func FuzzDate(f *testing.F) {
	check(viet.Date).fuzz(f, "5/3/2000", "ngày 5 tháng 3 năm 2000", "2000-03-05")
}
func FuzzYear(f *testing.F)   { check(viet.Year).fuzz(f, "năm 2019") }
func FuzzNumber(f *testing.F) { check(viet.Number).fuzz(f, "1.000", "2 nghìn", "007") }
func FuzzMoney(f *testing.F) {
	check(viet.Money).fuzz(f, "2 tỷ 300 triệu", "1tr5", "1,500 tỷ", "500 000 đồng")
}
func FuzzTaxCode(f *testing.F) { check(viet.TaxCode).fuzz(f, "0100109106-001", "051200001234") }
func FuzzEmail(f *testing.F)   { check(viet.Email).fuzz(f, "Dao@Gmail.com") }
func FuzzClock(f *testing.F)   { check(viet.Clock).fuzz(f, "8h30", "17:00", "5 giờ chiều", "24:00") }
func FuzzLink(f *testing.F) {
	check(viet.Link).fuzz(f, "youtu.be/a", "HTTPS://a.vn:80/?b#c", "javascript:alert(1)")
}

func FuzzText(f *testing.F) {
	check(func(s string) (string, error) { return viet.Text(s, 500) }).fuzz(f, "a\r\n\n\nb", "e\u0300\u200b\u0301", "\u2029")
}

// fuzz holds that a check never panics, that it refuses with a Problem, and that it gives what it gave back unchanged;
// and that what is shown of any string is some text.
func (c check) fuzz(f *testing.F, seeds ...string) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, show := range []func(string) string{viet.ShowPhone, viet.ShowDate, viet.ShowMoney} {
			show(s)
		}
		kept, err := c(s)
		if p := viet.Problem(""); err != nil && (!errors.As(err, &p) || kept != "") {
			t.Fatalf("%q: got %q, %v; want a Problem alone", s, kept, err)
		}
		if err != nil {
			return
		}
		if again, err := c(kept); again != kept || err != nil {
			t.Errorf("%q was kept as %q, which gives %q, %v", s, kept, again, err)
		}
		if kept == "" || !utf8.ValidString(kept) || !norm.NFC.IsNormalString(kept) {
			t.Errorf("%q was kept as %q", s, kept)
		}
	})
}

// FuzzFold holds that folding and cleaning again change nothing, and that the Unicode form typed makes no difference.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{"Nguyễn Thị Đào", "Ð\u00a0\u200b", "e\u0300\u200b\u0301", "İK½ϴ", "a\n\n\nb", "\xf0ǽ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range []func(string) string{viet.Fold, viet.Clean, viet.CleanLong} {
			if once := form(s); form(once) != once {
				t.Errorf("%q gives %q, then %q", s, once, form(once))
			}
		}
		if a, b := viet.Fold(norm.NFC.String(s)), viet.Fold(norm.NFD.String(s)); a != b {
			t.Errorf("%q folds to %q from NFC, %q from NFD", s, a, b)
		}
	})
}

func FuzzYesNo(f *testing.F) {
	f.Add("dạ có ạ")
	f.Add("da da a a")
	f.Fuzz(func(t *testing.T, s string) {
		yes, err := viet.YesNo(s)
		if p := viet.Problem(""); err != nil && (yes || !errors.As(err, &p)) {
			t.Errorf("%q: got %t, %v; want a Problem alone", s, yes, err)
		}
		if again, _ := viet.YesNo(viet.Fold(s)); again != yes {
			t.Errorf("%q: got %t, folded %t", s, yes, again)
		}
	})
}

func FuzzNearest(f *testing.F) {
	f.Add("su kien", "Sự kiện", 2)
	f.Fuzz(func(t *testing.T, text, phrase string, most int) {
		if found := viet.Nearest(text, []string{phrase, "Cuộc thi"}, most); len(found) > max(most, 0) {
			t.Errorf("%q: got %v, want at most %d", text, found, most)
		}
		if found := viet.Nearest(phrase, []string{phrase}, 1); len(found) == 0 && viet.Fold(phrase) != "" {
			t.Errorf("%q is not near itself", phrase)
		}
	})
}

// FuzzPlacesSearch holds that a search never panics, finds known places once each, and not otherwise in NFD.
func FuzzPlacesSearch(f *testing.F) {
	for _, seed := range []string{"x. Ba Tơ, huyện Ba Tơ cũ", "tp.Kon Tum - Quảng Ngãi", "dakbla", ", ;", "xã", "( )"} {
		f.Add(seed)
	}
	places := somePlaces()
	f.Fuzz(func(t *testing.T, s string) {
		found := places.Search(s)
		seen := map[string]bool{}
		for _, m := range found {
			place, ok := places.ByCode(m.Place.Code)
			if !ok || place != m.Place || seen[place.Code] {
				t.Errorf("%q: found %v, known: %t, seen: %t", s, m.Place, ok, seen[place.Code])
			}
			seen[place.Code] = true
		}
		if decomposed := places.Search(norm.NFD.String(s)); len(decomposed) != len(found) {
			t.Errorf("%q: found %v, but %v in NFD", s, found, decomposed)
		}
	})
}
