package plan_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"khoinghiep/bot/viet"
	"khoinghiep/storage/plan"
)

// data is what places.yaml says, read apart from the code under test.
type data struct {
	Districts []struct{ Code, Name, Until string }
	Communes  []struct {
		Code, Kind, Name, District string
		Old                        []string
	}
}

func load(t *testing.T) (data, *viet.Places) {
	t.Helper()
	raw, err := os.ReadFile("places.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var d data
	if err := yaml.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	return d, places
}

func TestPlacesAreThoseOfTheResolution(t *testing.T) {
	d, places := load(t)
	kinds, codes := map[string]int{}, map[string]bool{}
	for _, c := range d.Communes {
		place, ok := places.ByCode(c.Code)
		if !ok || place.Name != c.Name || codes[c.Code] {
			t.Errorf("%s %s: got %v, %t, twice: %t", c.Code, c.Name, place, ok, codes[c.Code])
		}
		if !norm.NFC.IsNormalString(c.Name) || strings.ContainsRune(c.Name, 'Ð') {
			t.Errorf("%q is not clean", c.Name)
		}
		kinds[place.Kind]++
		codes[c.Code] = true
	}
	if len(codes) != 96 || kinds["xã"] != 86 || kinds["phường"] != 9 || kinds["đặc khu"] != 1 {
		t.Errorf("got %d communes, %v", len(codes), kinds)
	}
	if len(d.Districts) != 13+10 {
		t.Errorf("got %d districts", len(d.Districts))
	}
}

func TestEighteenCommunesBearTheNameOfAnOldDistrict(t *testing.T) {
	d, _ := load(t)
	districts := map[string]bool{}
	for _, old := range d.Districts {
		_, name := title(old.Name)
		districts[viet.Fold(name)] = true
		if old.Until != "2025-06-30" {
			t.Errorf("%s: until %s", old.Name, old.Until)
		}
	}
	shared := 0
	for _, c := range d.Communes {
		// Sơn Hạ reads as the district Sơn Hà only without accents.
		if districts[viet.Fold(c.Name)] && c.Name != "Sơn Hạ" && c.Name != "Ba Tô" {
			shared++
		}
	}
	if len(districts) != 23 || shared != 18 {
		t.Errorf("got %d shared names with %d districts", shared, len(districts))
	}
}

func TestEveryNameFindsItsCommune(t *testing.T) {
	d, places := load(t)
	for _, c := range d.Communes {
		for _, title := range []string{"", c.Kind + " "} {
			for _, typed := range ways(c.Name) {
				found := places.Search(title + typed)
				if !has(found, c.Code) {
					t.Errorf("%q: got %v, want it to have %s", title+typed, found, c.Code)
				}
			}
		}
		if found := places.Search(c.Name); found[0].Place.Code != c.Code || found[0].Why != "" {
			t.Errorf("%q: got %v, want the present name first", c.Name, found)
		}
	}
}

func TestEveryOldNameFindsItsCommunes(t *testing.T) {
	d, places := load(t)
	for _, c := range d.Communes {
		for _, old := range c.Old {
			for _, typed := range ways(old) {
				if found := places.Search(typed); !has(found, c.Code) {
					t.Errorf("%q: got %v, want it to have %s", typed, found, c.Code)
				}
			}
		}
	}
}

func TestEveryDistrictFindsItsCommunes(t *testing.T) {
	d, places := load(t)
	for _, district := range d.Districts {
		title, name := title(district.Name)
		for _, typed := range ways(name) {
			typed = title + " " + typed
			found := places.Search(typed)
			for _, c := range d.Communes {
				if (c.District == district.Code) != has(found, c.Code) {
					t.Errorf("%q: found %s: %t", typed, c.Name, has(found, c.Code))
				}
			}
		}
	}
}

// ways are the forms in which people and their keyboards write a name.
func ways(name string) []string {
	moved := strings.NewReplacer("ủy", "uỷ", "ùy", "uỳ", "òa", "oà", "Đăk", "Đắk").Replace(name)
	return []string{name, norm.NFD.String(name), moved, viet.Fold(name), strings.ToUpper(name), strings.ReplaceAll(viet.Fold(name), " ", "")}
}

// title takes a district's name apart: "thị xã", "Đức Phổ".
func title(district string) (title, name string) {
	for _, title := range []string{"huyện", "thị xã", "thành phố"} {
		if name, ok := strings.CutPrefix(district, title+" "); ok {
			return title, name
		}
	}
	return "", district
}

func has(found []viet.Match, code string) bool {
	return slices.ContainsFunc(found, func(m viet.Match) bool { return m.Place.Code == code })
}

// TestNamesAreSpeltOneWay holds that the tone mark of a last "uy" is on its u, as in "Thủy".
func TestNamesAreSpeltOneWay(t *testing.T) {
	d, _ := load(t)
	other := regexp.MustCompile(`(?i)[^q]u[ỳýỷỹỵ]( |$)`)
	for _, c := range d.Communes {
		for _, name := range append([]string{c.Name}, c.Old...) {
			if other.MatchString(name) {
				t.Errorf("%s is spelt the other way", name)
			}
		}
	}
}

// TestCollisions holds the count of answers: one is taken without asking.
func TestCollisions(t *testing.T) {
	_, places := load(t)
	for typed, want := range map[string][]string{
		"xã Ba Tơ":            {"Ba Tơ"},
		"Ba Tơ":               {"Ba Tơ", "Ba Vinh", "Ba Động", "Ba Dinh", "Đặng Thùy Trâm", "Ba Tô", "Ba Vì", "Ba Xa"},
		"huyện Ba Tơ":         {"Ba Tơ", "Ba Vinh", "Ba Động", "Ba Dinh", "Đặng Thùy Trâm", "Ba Tô", "Ba Vì", "Ba Xa"},
		"Ba Tô":               {"Ba Tô"},
		"Sơn Hạ":              {"Sơn Hạ"},
		"xã Sơn Hà":           {"Sơn Hà"},
		"son ha":              {"Sơn Hà", "Sơn Hạ", "Sơn Linh", "Sơn Thủy", "Sơn Kỳ"},
		"xa son ha":           {"Sơn Hà", "Sơn Hạ"},
		"Bình Minh":           {"Bình Minh"},
		"Lý Sơn":              {"Lý Sơn"},
		"Trà Bùi":             {"Cà Đam", "Tây Trà Bồng"},
		"Thắng Lợi":           {"Long Phụng", "Kon Tum"},
		"Nguyễn Nghiêm":       {"Nguyễn Nghiêm", "Cẩm Thành", "Đức Phổ"},
		"xã Đắk Hà":           {"Đăk Hà", "Tu Mơ Rông"},
		"Trà Giang":           {"Trà Giang", "Đông Trà Bồng"},
		"Bình Trung":          {"Bình Sơn"},
		"Sơn Thuỷ":            {"Sơn Thủy"},
		"Đặng Thuỳ Trâm":      {"Đặng Thùy Trâm"},
		"Pờ Ê, Kon Plông":     {"Kon Plông"},
		"thị trấn Măng Đen":   {"Măng Đen"},
		"phường Trương Quang": {"Trương Quang Trọng"},
		"Măng":                {"Măng Ri", "Măng Bút", "Măng Đen"},
		"măng dden":           {"Măng Đen"},
		"Ngọc Bay":            {"Ngọk Bay"},
		"Đắc Tờ Kan":          {"Đăk Tờ Kan"},
		"Lí Sơn":              {"Lý Sơn"},
		"Bình Định":           nil,
		"Hà Nội":              nil,
		"Sài Gòn":             nil,
		"không biết":          nil,
		"ngoài tỉnh":          nil,
	} {
		var got []string
		for _, m := range places.Search(typed) {
			got = append(got, m.Place.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", typed, got, want)
		}
	}
}

func TestFormerDistrictsHaveTheirCommunes(t *testing.T) {
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	for district, want := range map[string]int{"huyện Ba Tơ": 8, "huyện Lý Sơn": 1, "Ba Tơ": 0, "": 0} {
		codes := places.Former(district)
		if len(codes) != want {
			t.Errorf("%q has %v, want %d", district, codes, want)
		}
		for _, code := range codes {
			if place, ok := places.ByCode(code); !ok || place.District != district {
				t.Errorf("%q has %s, %+v", district, code, place)
			}
		}
	}
}
