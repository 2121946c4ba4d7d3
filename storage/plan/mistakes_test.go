package plan_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"khoinghiep/storage/plan"
)

// sample is a plan without mistakes: the one that ships with the program.
func sample(t *testing.T) []byte {
	t.Helper()
	text, err := os.ReadFile("catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// parse reads a plan in which one text is another; it must be right.
func parse(t *testing.T, text []byte, old, changed string) *plan.Catalogue {
	t.Helper()
	if !bytes.Contains(text, []byte(old)) {
		t.Fatalf("there is no %q", old)
	}
	c, err := plan.ParseCatalogue(bytes.Replace(text, []byte(old), []byte(changed), 1))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestMistakesAreToldWithTheirLine changes the plan in one place. The mistake is in the line that has it, or as many below.
func TestMistakesAreToldWithTheirLine(t *testing.T) {
	good := string(sample(t))
	for _, test := range []struct {
		old, changed string
		below        int
		want         string
	}{
		{"version: 827-2022", "version: 'a/b'", 0, `"version" chỉ gồm`},
		{"version: 827-2022", "version: ''", 0, `thiếu "version"`},
		{"version: 827-2022", "version:", 0, `cần một dòng chữ`},
		{"version: 827-2022", "version: [1]", 0, `cần một dòng chữ`},
		{"version: 827-2022", "version: 827-2022\nwhy: because", 1, `không có mục "why"`},
		{"version: 827-2022", "version: 827-2022\nversion: 828", 1, `mục "version" ghi hai lần`},
		{"version: 827-2022", "version: \"827", 0, `không đúng cú pháp YAML`},
		{"from: 2022-06-27", "from: 2022-06-31", 0, `"from" phải là một ngày`},
		{"from: 2022-06-27", "from: 27/06/2022", 0, `"from" phải là một ngày`},
		{"time: local}", "time: local", 0, `không đúng cú pháp YAML`},
		{"  - {id: \"1.4\", title", " - {id: \"1.4\", title", 0, `không đúng cú pháp YAML`},
		{"groups:", " groups:", 0, `không đúng cú pháp YAML`},
		{"groups:", "groups", 0, `không đúng cú pháp YAML`},
		{"document: \"QĐ 827\"", "document: \" \"", 0, `thiếu "document"`},
		{"citation: ", "citation: \" \" #", 0, `thiếu "citation"`},

		{"{id: SCT, kind: department", "{id: SCT, kind: ministry", 0, `"kind" phải là một trong: group, department`},
		{"{id: SCT, kind: department", "{id: STP, kind: department", 0, `"STP" đã có ở trên`},
		{"{id: SCT, kind: department", "{kind: department", 0, `thiếu "id"`},
		{"{id: SCT, kind: department", "{id: xa-1, kind: department", 0, `"xa-1" để dành`},
		{"{id: SCT, kind: department", "{id: leads, kind: department", 0, `"leads" để dành`},
		{"short: \"Sở CT\"", "shrt: \"Sở CT\"", 0, `không có mục "shrt"`},
		{"short: \"Sở CT\"", "short: \"\"", 0, `thiếu "short"`},
		{"parent: SKHCN", "parent: SKH", 0, `không có cơ quan "SKH"`},
		{"{id: SNNMT, since: 2025-03-01", "{id: SNNMT, since: 3/2025", 0, `"since" phải là một ngày`},
		{"members: [DHPVD, IUHQN, CDDQ]", "members: [DHPVD, IUH, CDDQ]", 0, `không có cơ quan "IUH"`},
		{"members: [DHPVD, IUHQN, CDDQ]", "members: [DHPVD, DHPVD, CDDQ]", 0, `"DHPVD" ghi hai lần`},
		{"members: [DHPVD, IUHQN, CDDQ]", "members: [DHPVD, CSGD, DHCD]", 0, `thành viên vòng tròn: từ DHCD lại về DHCD`},
		{"members: [DHPVD, IUHQN, CDDQ]", "members: DHPVD", 0, `cần một danh sách`},
		{"{id: DHCD, kind: group", "{id: DHCD, kind: school", 0, `chỉ "kind: group"`},
		{"open: true", "open: yes please", 0, `cần true hoặc false`},
		{"later: [{from: 2025-02-01, name", "later: [{from: 2025-02, name", 0, `"from" phải là một ngày`},
		{"later: [{from: 2025-02-01, name: \"Ban Tuyên giáo và", "later: [{from: 2026-02-01, name: a, short: a, certainty: memory}, {from: 2025-02-01, name: \"Ban Tuyên giáo và", 0,
			"các tên phải theo thứ tự ngày"},

		{"{from: STTTT, to: SKHCN,", "{from: STT, to: SKHCN,", 0, `không có cơ quan "STT"`},
		{"{from: STTTT, to: SKHCN,", "{from: STTTT, to: SKHC,", 0, `không có cơ quan "SKHC"`},
		{"{from: STTTT, to: SKHCN,", "{from: SKHDT, to: STC,", 1, `"SKHDT → STC" đã có ở trên`},
		{"{from: STTTT, to: SKHCN,", "{from: STTTT, to: STTTT,", 0, `kế thừa vòng tròn: từ STTTT lại về STTTT`},
		{"to: SKHCN, on: 2025-03-01", "to: SKHCN, on: soon", 0, `"on" phải là một ngày`},
		{"on: 2025-03-01, certainty: secondary", "on: 2025-03-01, certainty: sure", 0, `"certainty" phải là một trong: confirmed, secondary, memory, inferred`},
		{"on: 2025-03-01, certainty: secondary", "on: 2025-03-01", 0, `"certainty" phải là một trong`},
		{"day_certainty: memory", "day_certainty: good", 0, `"day_certainty" phải là một trong`},

		{"{id: \"7\", title: \"Tiếp cận thị trường\"}", "{id: \"6\", title: \"Tiếp cận thị trường\"}", 0, `"6" đã có ở trên`},
		{"title: \"Tiếp cận thị trường\"", "title: \"\"", 0, `thiếu "title"`},
		{"{id: \"1.4\", title", "{id: \"1.3\", title", 0, `"1.3" đã có ở trên`},
		{"{id: \"1.4\", title", "{id: \"9.4\", title", 0, `nhiệm vụ "9.4" không thuộc nhóm nào`},
		{"{id: \"1.4\", title", "{id: \"14\", title", 0, `nhiệm vụ "14" không thuộc nhóm nào`},
		{"clause: III.1.4, ", "", 0, `thiếu "clause"`},
		{"leads: [UBNDH, HLHPN, TINHDOAN]", "leads: []", 0, `phải có cơ quan chủ trì`},
		{"leads: [UBNDH, HLHPN, TINHDOAN]", "with: [SCT]", 0, `mục "with" ghi hai lần`},
		{"leads: [UBNDH, HLHPN, TINHDOAN]", "leads: [UBNDH, HLPN, TINHDOAN]", 0, `không có cơ quan "HLPN"`},
		{"leads: [UBNDH, HLHPN, TINHDOAN]", "leads: [UBNDH, UBNDH]", 0, `"UBNDH" ghi hai lần`},
		{"with: [SKHDT, HDNT, SVF]", "with: [SKHDT, HDNTT, SVF]", 0, `không có cơ quan "HDNTT"`},
		{"time: local", "time: sometimes", 0, `"time" phải là một trong: yearly, years, local, external`},
		{"time: local", "time: local, by: SCT", 0, `"by" chỉ dùng với "time: external"`},
		{"time: local", "time: local, until: 2030", 0, `"until" chỉ dùng với "time: years"`},
		{"time: local", "time: years, since: 2024", 0, `"time: years" cần "since" và "until"`},
		{"time: local", "time: years, since: 2024, until: 2023", 0, `"until" trước "since"`},
		{"time: local", "time: yearly, since: 23", 0, `"since" phải là năm từ 2000 đến 2100`},
		{"time: local", "time: yearly, since: next", 0, `cần một số nguyên`},
		{"time: external, by: BKHCN", "time: external", 0, `không có cơ quan ""`},

		{"{kind: plan, title: \"Kế hoạch", "{kind: plans, title: \"Kế hoạch", 0, `"kind" phải là một trong: plan, report, consolidated`},
		{"{kind: plan, title: \"Kế hoạch", "{kind: report, title: \"Kế hoạch", 1, `"report" đã có ở trên`},
		{"from: leads, to: [SKHCN]", "from: lead, to: [SKHCN]", 0, `không có cơ quan "lead"`},
		{"from: leads, to: [SKHCN]", "from: leads, to: []", 0, `thiếu nơi nhận`},
		{"from: leads, to: [SKHCN]", "from: leads, to: [SKH]", 0, `không có cơ quan "SKH"`},
		{"before: 30/10", "before: 31/11", 0, `"before" phải là ngày trong năm`},
		{"before: 30/10", "before: 29/02", 0, `"before" phải là ngày trong năm`},
		{"before: 30/10", "before: 2025-10-30", 0, `"before" phải là ngày trong năm`},
		{"years: -1", "years: -2025", 0, `"years" chỉ có thể là -1, 0 hoặc 1`},

		{"{id: Q2, task: \"1.6\"", "{id: Q1, task: \"1.6\"", 0, `"Q1" đã có ở trên`},
		{"{id: Q2, task: \"1.6\"", "{id: Q2, task: \"1.9\"", 0, `không có nhiệm vụ "1.9"`},
		{"least: 2", "least: 0", 0, `"least" phải từ 1 trở lên`},
		{"least: 1, most: 2", "least: 3, most: 2", 0, `"most" nhỏ hơn "least"`},
		{"every: once, by: locality", "every: month, by: locality", 0, `"every" phải là một trong: year, once`},
		{"every: once, by: locality", "every: once, by: city", 0, `"by" phải là một trong: province, lead, locality`},
		{"periods:", "days_off: [{year: 2027, certainty: sure}]\nperiods:", 0, `"certainty" phải là một trong: final, provisional, memory, inferred`},
		{"periods:", "days_off: [{year: 2027, certainty: final, closed: [2028-01-03]}]\nperiods:", 0, `"2028-01-03" không phải là ngày của năm 2027`},
		{"periods:", "days_off: [{year: 2027, certainty: final, closed: [3/1]}]\nperiods:", 0, `"3/1" không phải là ngày của năm 2027`},
		{"periods:", "days_off: [{year: 2027, certainty: final, closed: [2027-01-02]}]\nperiods:", 0, `"2027-01-02" là cuối tuần`},
		{"periods:", "days_off: [{year: 2027, certainty: final, worked: [2027-01-04]}]\nperiods:", 0, `"2027-01-04" không phải cuối tuần`},
		{"name: \"2022–2025\"", "name: \"\"", 0, `thiếu "name"`},
		{"clause: \"II.2.1\"", "clauses: \"II.2.1\"", 0, `không có mục "clauses"`},
		{"from: \"2026-01-01\"", "from: \"2025-12-31\"", 0, `các giai đoạn phải theo thứ tự ngày`},
		{"until: \"2025-12-31\"", "until: \"2025-12-32\"", 0, `"until" phải là một ngày`},
		{"low: 100, high: 120", "low: 120, high: 100", 0, `cần "low" từ 1`},
		{"low: 100, high: 120", "high: 120", 0, `cần "low" từ 1`},
		{"low: 100, high: 120", "low: 1, high: 2, none: true", 0, `"none: true" thì không có`},
		{"{id: nha_tu_van, name", "{id: goi_von, name", 0, `"goi_von" đã có ở trên`},
		{"{id: nha_tu_van, name: \"Nhà tư vấn được cấp chứng nhận\", low: 40", "{id: tu_van, name: \"Nhà tư vấn\", low: 40", -5, `thiếu chỉ tiêu "nha_tu_van"`},
		{"{id: nha_tu_van, name: \"Nhà tư vấn được cấp chứng nhận\", low: 40", "{id: moi, name: \"Mới\", low: 1, high: 1}\n      - {id: nha_tu_van, name: a, low: 40", -5,
			"nhiều chỉ tiêu hơn giai đoạn đầu"},
		{"warn: 30/09", "warn: 31/09", 0, `"warn" phải là ngày trong năm`},
	} {
		before, _, ok := strings.Cut(good, test.old)
		if !ok {
			t.Fatalf("there is no %q", test.old)
		}
		_, err := plan.ParseCatalogue([]byte(strings.Replace(good, test.old, test.changed, 1)))
		line := strings.Count(before, "\n") + 1 + test.below
		var mistakes plan.Mistakes
		if !errors.As(err, &mistakes) || mistakes[0].Line != line || !strings.Contains(mistakes[0].Text, test.want) {
			t.Errorf("%s: got %v, want in line %d: %s", test.changed, err, line, test.want)
		}
	}
}

func TestAllMistakesAreTold(t *testing.T) {
	_, err := plan.ParseCatalogue([]byte(`version: next
name: "Kế hoạch"
document: "QĐ 1"
from: 2027-02-30
agencies:
  - id: A
    kind: department
    name: "Sở A"
    short: "A"
  - id: A
    kind: office
    name: "Sở B"
groups: []
tasks:
  - id: "1.1"
    title: "Việc"
    clause: I.1
    leads:
      - A
      - C
    time: yearly
citation: "Quyết định số 1"
`))
	want := `dòng 1: thiếu "deadlines" hoặc danh sách trống
dòng 4: "from" phải là một ngày dạng 2025-03-01
dòng 10: "A" đã có ở trên
dòng 10: thiếu "short"
dòng 11: "kind" phải là một trong: group, department, committee, council, union, association, press, unit, fund, central, school, company, party, board
dòng 13: thiếu "groups" hoặc danh sách trống
dòng 15: nhiệm vụ "1.1" không thuộc nhóm nào trong "groups"
dòng 20: không có cơ quan "C" trong danh sách`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestWhatIsNoPlanIsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "dòng 1: tệp trống",
		"# nothing":                 "dòng 1: tệp trống",
		"plan":                      `dòng 1: cần các mục "tên: giá trị"`,
		"[]":                        `dòng 1: cần các mục "tên: giá trị"`,
		"null":                      `dòng 1: cần các mục "tên: giá trị"`,
		"name: a\n\tfrom: b":        "dòng 2: không đúng cú pháp YAML",
		"name: *a":                  "không đúng cú pháp YAML",
		"name: &a b\nversion: *a":   "dòng 2: cần một dòng chữ",
		"name: b\n---\nversion: c":  "mỗi tệp chỉ có một tài liệu YAML",
		"groups: {id: a}":           "dòng 1: cần một danh sách",
		"groups:\n- a":              `dòng 2: cần các mục "tên: giá trị"`,
		"<<: {name: a}":             `dòng 1: không có mục "<<"`,
		"name: \x00":                "dòng 1: không đúng cú pháp YAML",
		"quotas:\n- {least: 1.5}":   "dòng 2: cần một số nguyên",
		"quotas:\n- {least: 1e999}": "dòng 2: cần một số nguyên",
		"quotas:\n- {least: 99999999999999999999}": "dòng 2: cần một số nguyên",
	} {
		c, err := plan.ParseCatalogue([]byte(text))
		var mistakes plan.Mistakes
		if c != nil || !errors.As(err, &mistakes) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestMistakesInSteps(t *testing.T) {
	for text, want := range map[string]string{
		"{name: T-1}":                                                              "dòng 1: cần một danh sách",
		"- {name: T-1, day: -1, to: [staff]}":                                      `dòng 1: không có mục "day"`,
		"- {name: T-1, days: -1}":                                                  `dòng 1: thiếu người nhận`,
		"- {name: T-1, days: -1, to: [everybody]}":                                 `dòng 1: "to" phải là một trong: officers, heads, staff, approver`,
		"- {name: a, to: [staff]}\n- {name: a, to: [staff]}":                       `dòng 2: "a" đã có ở trên`,
		"- {days: 1, to: [staff]}":                                                 `dòng 1: thiếu "name"`,
		"- {name: a, after: a, to: [staff]}":                                       `dòng 1: không có bước "a" ở trên`,
		"- {name: a, days: 367, to: [staff]}":                                      `dòng 1: "days" phải từ -366 đến 366`,
		"- {name: a, working_days: -1, to: [staff]}":                               `dòng 1: "working_days" phải từ 0 đến 366`,
		"- {name: a, days: 1, working_days: 1, to: [staff]}":                       `dòng 1: chỉ một trong "days" và "working_days"`,
		"[" + strings.Repeat(`{name: a, to: [staff]},`, 51) + "]":                  "dòng 1: nhiều nhất 50 bước",
		"- name: a\n  to: [staff]\n- name: b\n  to:\n  - staff\n  - nobody\n":      `dòng 6: "to" phải là một trong`,
		"- name: a\n  to: [staff]\n- name: b\n  days: 1\n  working_days: x\n  to:": `dòng 5: cần một số nguyên`,
	} {
		s, err := plan.ParseSteps([]byte(text))
		var mistakes plan.Mistakes
		if s != nil || !errors.As(err, &mistakes) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
