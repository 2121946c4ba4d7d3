package plan_test

import (
	"slices"
	"strings"
	"testing"
)

func TestResolveFollowsSuccessions(t *testing.T) {
	c := catalogue(t)
	for _, test := range []struct {
		agency, day string
		want        string
		choice      bool
	}{
		{"SCT", "2022-06-27", "SCT", false},
		{"SCT", "2030-12-31", "SCT", false},
		{"STTTT", "2025-02-28", "STTTT", false},
		{"STTTT", "2025-03-01", "SKHCN", false},
		{"SKHCN", "2025-03-01", "SKHCN", false},
		{"SKHDT", "2025-02-28", "SKHDT", false},
		{"SKHDT", "2025-03-01", "STC", false},
		{"SNNPTNT", "2024-12-09", "SNNPTNT", false},
		{"SNNPTNT", "2025-02-28", "SNNPTNT", false},
		{"SNNPTNT", "2025-03-01", "SNNMT", false},
		{"SNNPTNT", "2025-10-29", "SNNMT", false},
		{"SLDTBXH", "2025-02-28", "SLDTBXH", false},
		{"SLDTBXH", "2025-03-01", "SNV SGDDT SYT", true},
		{"DPTTH", "2025-05-18", "DPTTH", false},
		{"DPTTH", "2025-05-19", "BQN", false},
		{"BCSD", "2025-01-31", "BCSD", false},
		{"BCSD", "2025-02-01", "DUUBND", false},
		{"DHCD", "2024-10-29", "DHPVD IUHQN CDDQ", true},
		{"DHCD", "2027-12-09", "DHPVD IUHQN CDDQ", true},
		{"CSGD", "2024-10-29", "", true},
		{"UBNDH", "2025-06-30", "huyen-522 huyen-534 huyen-524 huyen-525 huyen-527 huyen-528 huyen-529 huyen-530 huyen-531 huyen-532 huyen-533 huyen-535 huyen-536", true},
		{"huyen-535", "2025-06-30", "huyen-535", false},
		{"huyen-535", "2025-07-01", "xa-21484 xa-21490 xa-21496 xa-21499 xa-21520 xa-21523 xa-21529 xa-21538", true},
		{"huyen-536", "2025-07-01", "xa-21548", false}, // the island is one commune
		{"TTUD", "2026-01-01", "TTUD", false},
		{"unknown", "2026-01-01", "unknown", false}, // a unit that staff added
	} {
		got, choice := c.Resolve(test.agency, test.day)
		if strings.Join(got, " ") != test.want || choice != test.choice {
			t.Errorf("%s on %s: got %v, choice %t", test.agency, test.day, got, choice)
		}
	}
}

func TestDistrictsBecameCommunes(t *testing.T) {
	c := catalogue(t)
	got, choice := c.Resolve("UBNDH", "2025-07-01")
	if len(got) != 96 || !choice || !slices.Contains(got, "xa-21484") || !slices.Contains(got, "xa-23548") {
		t.Errorf("got %v, choice %t", got, choice)
	}
	for _, id := range got {
		if _, ok := c.Agency(id); !ok {
			t.Errorf("no agency %s", id)
		}
	}
}

// TestSuccessionsAreFollowedOn has one that was succeeded twice, two by groups, and one that was split into two which
// became one again.
func TestSuccessionsAreFollowedOn(t *testing.T) {
	c := parse(t, sample(t), "successions:", `successions:
  - {from: SCT, to: SKHDT, on: 2024-01-01, certainty: inferred}
  - {from: STP, to: DHCD, on: 2024-01-01, certainty: inferred}
  - {from: VPUBND, to: CSGD, on: 2024-01-01, certainty: inferred}
  - {from: SVHTTDL, to: HND, on: 2024-01-01, certainty: inferred}
  - {from: SVHTTDL, to: HDNT, on: 2024-01-01, certainty: inferred}
  - {from: HND, to: LHH, on: 2026-01-01, certainty: inferred}
  - {from: HDNT, to: LHH, on: 2026-01-01, certainty: inferred}`)
	for _, test := range []struct {
		agency, day, want string
		choice            bool
	}{
		{"SCT", "2023-12-31", "SCT", false},
		{"SCT", "2024-01-01", "SKHDT", false},
		{"SCT", "2025-03-01", "STC", false},
		{"STP", "2025-03-01", "DHPVD IUHQN CDDQ", true},
		{"VPUBND", "2025-03-01", "", true},
		{"SVHTTDL", "2025-12-31", "HND HDNT", true},
		{"SVHTTDL", "2026-01-01", "LHH", false},
	} {
		got, choice := c.Resolve(test.agency, test.day)
		if strings.Join(got, " ") != test.want || choice != test.choice {
			t.Errorf("%s on %s: got %v, choice %t", test.agency, test.day, got, choice)
		}
	}
}

func TestNamesHaveDays(t *testing.T) {
	c := catalogue(t)
	for _, test := range []struct{ id, day, name, short string }{
		{"BQN", "2025-06-30", "Báo Quảng Ngãi", "Báo QN"},
		{"BQN", "2025-07-01", "Báo và phát thanh, truyền hình Quảng Ngãi", "Báo và PT-TH"},
		{"CPTTT", "2025-02-28", "Cục Phát triển thị trường và Doanh nghiệp khoa học và công nghệ", "NATEC"},
		{"CPTTT", "2026-11-26", "Cục Khởi nghiệp và Doanh nghiệp công nghệ", "NATEC"},
		{"BTG", "2025-02-01", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "BTG&DV Tỉnh ủy"},
		{"HUYENDOAN", "2025-07-01", "Đoàn cấp xã", "Đoàn cấp xã"},
		{"SNNMT", "2026-01-01", "Sở Nông nghiệp và Môi trường", "Sở NN&MT"},
		{"SCT", "2000-01-01", "Sở Công Thương", "Sở CT"},
		{"huyen-534", "2025-06-30", "UBND thị xã Đức Phổ", "UBND thị xã Đức Phổ"},
	} {
		a, ok := c.Agency(test.id)
		if name, short := a.NameOn(test.day); !ok || name != test.name || short != test.short {
			t.Errorf("%s on %s: got %q, %q", test.id, test.day, name, short)
		}
	}
}
