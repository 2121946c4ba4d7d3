package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// planFile writes the plan that ships with the program to a file, with texts in it changed.
func planFile(t *testing.T, changes ...string) string {
	t.Helper()
	text, err := os.ReadFile("../../storage/plan/catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "plan.yaml")
	if err := os.WriteFile(file, []byte(strings.NewReplacer(changes...).Replace(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPlanCheck(t *testing.T) {
	t.Parallel()
	file := planFile(t)
	printed, err := khoinghiep(t, nil, "plan", "check", file)
	if want := file + ": không có lỗi. Phiên bản 827-2022, 33 nhiệm vụ, có hiệu lực từ thứ Hai, ngày 27/06/2022.\n"; err != nil || printed != want {
		t.Errorf("got %q, %v", printed, err)
	}
	file = planFile(t, "leads: [UBNDH, HLHPN, TINHDOAN]", "leads: [UBNDH, HLPN]", "version: 827-2022", "versions: 827-2022")
	printed, err = khoinghiep(t, nil, "plan", "check", file)
	if err == nil || err.Error() != "tệp có 1 lỗi" || !strings.HasPrefix(printed, file+":11: không có mục \"versions\"\n") {
		t.Errorf("got %q, %v", printed, err)
	}
	file = planFile(t, "leads: [UBNDH, HLHPN, TINHDOAN]", "leads: [UBNDH, HLPN]", "before: 30/10", "before: 31/11")
	printed, err = khoinghiep(t, nil, "plan", "check", file)
	if err == nil || err.Error() != "tệp có 2 lỗi" || strings.Count(printed, "\n") != 2 || !strings.Contains(printed, `không có cơ quan "HLPN"`) {
		t.Errorf("got %q, %v", printed, err)
	}
	for _, args := range [][]string{{}, {"check"}, {"load"}, {"check", file, file}, {"erase", planFile(t)}, {"check", "no such file"}} {
		if printed, err := khoinghiep(t, nil, append([]string{"plan"}, args...)...); err == nil {
			t.Errorf("%v is taken: %q", args, printed)
		}
	}
}

// TestPlanLoad: a wrong file changes nothing, nor does a version loaded twice, nor another one under its name.
func TestPlanLoad(t *testing.T) {
	t.Parallel()
	url := storagetest.SQLiteURL(t)
	next := []string{"version: 827-2022", "version: 900-2027", "from: 2022-06-27", "from: 2027-01-01"}
	good := planFile(t, next...)
	for _, step := range []struct {
		name, file, printed, fails string
		loaded                     string // afterwards
	}{
		{"the one that ships", planFile(t), "Phiên bản 827-2022 đã có sẵn, không có gì thay đổi.\n", "", ""},
		{"another under its name", planFile(t, "clause: V.12", "clause: V.13"), "", "đã có phiên bản 827-2022 với nội dung khác", ""},
		{"a wrong one", planFile(t, append(next, "time: local", "time: never")...), "\"time\" phải là một trong: yearly, years, local, external\n", "tệp có 1 lỗi", ""},
		{"a good one", good, "Đã nạp phiên bản 900-2027, có hiệu lực từ thứ Sáu, ngày 01/01/2027.\n", "", good},
		{"it again", good, "Phiên bản 900-2027 đã có sẵn, không có gì thay đổi.\n", "", good},
		{"it with another comment", planFile(t, append(next, "# The plan:", "# A plan:")...), "Phiên bản 900-2027 đã có sẵn, không có gì thay đổi.\n", "", good},
		{"another under its name", planFile(t, append(next, "clause: V.12", "clause: V.13")...), "", "đã có phiên bản 900-2027 với nội dung khác", good},
	} {
		printed, err := khoinghiep(t, map[string]string{"DATABASE_URL": url}, "plan", "load", step.file)
		if !strings.HasSuffix(printed, step.printed) || (step.printed == "") != (printed == "") || !fails(err, step.fails) {
			t.Errorf("%s: got %q, %v", step.name, printed, err)
		}
		if got := loadedPlans(t, url); !slices.Equal(got, fileOf(t, step.loaded)) {
			t.Errorf("%s: loaded %s", step.name, got)
		}
	}
}

// fails reports whether an error says something, or is none when it should say nothing.
func fails(err error, what string) bool {
	if what == "" || err == nil {
		return what == "" && err == nil
	}
	return strings.Contains(err.Error(), what)
}

// fileOf is the version in a file; "" is no file.
func fileOf(t *testing.T, name string) []storage.PlanVersion {
	t.Helper()
	if name == "" {
		return nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return []storage.PlanVersion{{Version: "900-2027", From: "2027-01-01", Body: string(text)}}
}

func loadedPlans(t *testing.T, url string) []storage.PlanVersion {
	t.Helper()
	versions, err := storagetest.Open(t, url).PlanVersions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return versions
}

func TestPlanShow(t *testing.T) {
	t.Parallel()
	c, err := plan.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	out := &strings.Builder{}
	if err := showPlan(console{out: out}, c, time.Date(2026, 12, 31, 20, 0, 0, 0, time.UTC)); err != nil { // 2027 in Vietnam
		t.Fatal(err)
	}
	for _, want := range []string{
		"Phiên bản 827-2022, có hiệu lực từ thứ Hai, ngày 27/06/2022.",
		"NHIỆM VỤ (33)",
		"Bộ KH&CN", "theo tình hình địa phương", "hằng năm từ 2023", "2023–2024", "III.7.3",
		"từ 01/03/2025 do Sở Y tế kế thừa phần trẻ em, bảo trợ xã hội (đã xác nhận)",
		"từ 01/07/2025 là Báo và phát thanh, truyền hình Quảng Ngãi (chưa kiểm chứng)",
		"UBND của 13 huyện, thị xã, thành phố, đến hết 30/06/2025", "UBND của 96 xã, phường, đặc khu",
		"PHẢI GỬI TRONG NĂM 2027",
		"Kế hoạch chi tiết năm 2028 (QĐ 827, V.12): hết thứ Sáu, ngày 29/10/2027",
		"Báo cáo kết quả năm 2027 (QĐ 827, V.12): hết thứ Năm, ngày 09/12/2027",
		"Báo cáo tổng hợp năm 2027 (QĐ 827, V.1.d): hết thứ Ba, ngày 14/12/2027",
		"UBND cấp huyện (cán bộ chọn trong 96 nơi)",
		"Cơ sở GD (cán bộ chọn)",
		"Sở NN&MT",
		"2027  tạm thời", "2028  suy ra từ luật",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if printed, err := khoinghiep(t, nil, "plan", "show"); err != nil || !strings.Contains(printed, "NHIỆM VỤ (33)") {
		t.Errorf("got %q, %v", printed, err)
	}
	file := planFile(t, "  - {id: \"7.3\"", "  # {id: \"7.3\"")
	if printed, err := khoinghiep(t, nil, "plan", "show", file); err != nil || !strings.Contains(printed, "NHIỆM VỤ (32)") {
		t.Errorf("got %q, %v", printed, err)
	}
}
