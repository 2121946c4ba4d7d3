package announcing

import (
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
)

// placesField asks for several places by any names people use. An old district, or an old commune that was divided, stands
// for the communes of today.
func placesField(places *viet.Places) form.Field {
	f := form.Text(placeKey, "Nơi", "Ở những xã, phường, đặc khu hay huyện cũ nào? Gõ các tên, cách nhau bằng dấu phẩy. Có thể gõ “ngoài tỉnh”.",
		"Ba Vinh, huyện Trà Bồng, Lý Sơn")
	f.Check = func(text string) (string, error) { return readPlaces(places, text) }
	f.Show = func(codes string) string { return placeNames(places, codes) }
	return f
}

// readPlaces gives the codes, with commas between, of the places that were typed; codes stand for themselves.
func readPlaces(places *viet.Places, text string) (string, error) {
	codes := []string{}
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(",;\n", r) }) {
		if viet.Clean(part) == "" {
			continue
		}
		found, err := readPlace(places, viet.Clean(part))
		if err != nil {
			return "", err
		}
		codes = append(codes, found...)
	}
	if len(codes) == 0 {
		return "", viet.Problem("Anh/chị gõ tên một hay nhiều nơi, ví dụ: Ba Vinh, huyện Trà Bồng.")
	}
	slices.Sort(codes)
	return strings.Join(slices.Compact(codes), ","), nil
}

func readPlace(places *viet.Places, part string) ([]string, error) {
	for _, c := range handlers.OtherPlaces() {
		if part == c.Value || viet.Fold(part) == viet.Fold(c.Label) {
			return []string{c.Value}, nil
		}
	}
	if _, ok := places.ByCode(part); ok {
		return []string{part}, nil
	}
	found := places.Search(part)
	names, codes := meanings(found), []string{}
	switch {
	case len(found) == 0:
		return nil, viet.Problem(fmt.Sprintf("Mình không thấy nơi nào tên “%s”. Anh/chị gõ lại tên đó.", part))
	case len(names) > 1 || found[0].Guess:
		return nil, viet.Problem(fmt.Sprintf("“%s” có thể là: %s. Anh/chị gõ lại, tên này ghi rõ như vậy.", part, strings.Join(names, ", ")))
	}
	for _, m := range found {
		codes = append(codes, m.Place.Code)
	}
	return codes, nil
}

// meanings are the names of what a text may mean: all communes of an old district are one.
func meanings(found []viet.Match) []string {
	names := []string{}
	for _, m := range found {
		name := m.Place.String()
		if m.Why != "" && !m.Guess {
			name = strings.TrimPrefix(m.Why, "thuộc ")
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func placeNames(places *viet.Places, codes string) string {
	names := []string{}
	for code := range strings.SplitSeq(codes, ",") {
		names = append(names, handlers.PlaceName(places, code))
	}
	return strings.Join(names, ", ")
}
