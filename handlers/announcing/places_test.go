package announcing_test

import (
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot/form"
	"khoinghiep/handlers/announcing"
	"khoinghiep/handlers/founder"
	"khoinghiep/storage/plan"
)

// TestSeveralPlaces reads what officers type, by names new and old.
func TestSeveralPlaces(t *testing.T) {
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	fields := announcing.Desk{Places: places, Profile: founder.Profile(places)}.Compose().Form.Fields
	place := fields[slices.IndexFunc(fields, func(f form.Field) bool { return f.Key == "noi" })]
	for typed, want := range map[string]string{
		"Ba Vinh":                     "Xã Ba Vinh",
		"ba vinh; xã Ba Tơ":           "Xã Ba Tơ, Xã Ba Vinh",
		"Ba Vinh, Ba Vinh,":           "Xã Ba Vinh",
		"ngoai tinh, Ba Vinh":         "Xã Ba Vinh, Ngoài tỉnh",
		"huyện Ba Tơ, Ba Vinh":        "Xã Ba Tơ, Xã Ba Vinh, Xã Ba Động, Xã Ba Dinh, Xã Đặng Thùy Trâm, Xã Ba Tô, Xã Ba Vì, Xã Ba Xa",
		"Ba Tơ":                       "",
		"Ba Vinh, Hà Nội":             "",
		"Ba Vin":                      "",
		" , ; ":                       "",
		strings.Repeat("Ba Vinh,", 9): "Xã Ba Vinh",
	} {
		kept, err := place.Check(typed)
		if want == "" {
			if err == nil {
				t.Errorf("%q was read as %q", typed, place.Show(kept))
			}
			continue
		}
		got := ""
		if err == nil {
			got = place.Show(kept)
		}
		if again, err := place.Check(kept); err != nil || again != kept {
			t.Errorf("%q: the kept form is read as %q, %v", typed, again, err)
		}
		if !sameNames(got, want) {
			t.Errorf("%q: got %q, want %q; %v", typed, got, want, err)
		}
	}
}

func sameNames(a, b string) bool {
	one, other := strings.Split(a, ", "), strings.Split(b, ", ")
	slices.Sort(one)
	slices.Sort(other)
	return slices.Equal(one, other)
}
