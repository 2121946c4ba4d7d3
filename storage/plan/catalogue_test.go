package plan_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/storage/plan"
)

func catalogue(t *testing.T) *plan.Catalogue {
	t.Helper()
	c, err := plan.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestTasksAreThoseOfTheDecision holds who leads each task, who helps and when against the decision: a star stands for
// "and others concerned", a year and a plus for that year and those after.
func TestTasksAreThoseOfTheDecision(t *testing.T) {
	want := strings.Split(strings.TrimSpace(`
1.1: SKHCN | STTTT | yearly 2023–0
1.2: SKHCN | DPTTH BQN | yearly 0–0
1.3: SKHCN | HLHPN TINHDOAN SVF * | yearly 0–0
1.4: UBNDH | SKHCN HUYENDOAN HLHPNH * | local 0–0
1.5: TINHDOAN | SKHCN SGDDT SLDTBXH * | yearly 0–0
1.6: UBNDH HLHPN TINHDOAN | SKHCN * | yearly 0–0
1.7: SKHCN | STTTT * | yearly 0–0
2.1: SKHCN | SNV VPUBND * | years 2022–2022
2.2: SKHCN | STTTT SNNPTNT SVHTTDL TINHDOAN HLHPN HND HHDN HDNT SVF * | yearly 0–0
2.3: SKHCN | CPTTT SVF * | external 0–0 BKHCN
2.4: SKHCN | * | yearly 0–0
2.5: SKHCN | * | yearly 0–0
3.1: SKHCN | STC STP * | years 2023–2023
3.2: SKHCN | STC SKHDT SCT * | yearly 0–0
3.3: SKHCN | SKHDT TINHDOAN HLHPN SVF * | yearly 2023–0
4.1: SKHCN | STC SNV * | years 2023–2023
4.2: UBNDH | SKHCN TINHDOAN HLHPN * | years 2022–2023
4.3: SKHCN | SKHDT SVF * | years 2022–2023
4.4: SKHCN | SKHDT STC SVF * | years 2023–2024
4.5: SKHCN | STTTT CPTTT * | yearly 0–0
4.6: SKHCN | DHPVD IUHQN CDDQ QNS TTUD | years 2022–2023
4.7: SKHCN | SKHDT HDNT HHDN DHPVD SVF HDCV | yearly 0–0
4.8: DHCD | SKHCN SLDTBXH | yearly 0–0
5.1: SKHCN | SKHDT HDNT SVF * | yearly 0–0
5.2: SKHCN | LHH * | yearly 0–0
5.3: CSGD | SKHCN SGDDT SLDTBXH LHH | yearly 0–0
5.4: TINHDOAN | SKHCN SGDDT SLDTBXH DHCD | yearly 0–0
6.1: SKHCN | SKHDT STC HHDN SVF * | yearly 0–0
6.2: UBNDH | SKHCN SVF * | yearly 0–0
6.3: SKHCN | SKHDT STC SVF * | yearly 0–0
7.1: SCT | SKHCN STTTT * | yearly 0–0
7.2: SKHCN SNNPTNT SCT | * | yearly 0–0
7.3: SCT | SKHCN STTTT SVF * | yearly 0–0`), "\n")
	tasks := catalogue(t).Tasks
	if len(tasks) != 33 || len(want) != 33 {
		t.Fatalf("got %d tasks, want %d", len(tasks), len(want))
	}
	for i, task := range tasks {
		if got := taskLine(task); got != want[i] {
			t.Errorf("got  %s\nwant %s", got, want[i])
		}
		if task.Clause != "III."+task.ID {
			t.Errorf("%s is of clause %s", task.ID, task.Clause)
		}
		if n := len([]rune(task.Title)); n < 5 || n > 64 {
			t.Errorf("the title of %s has %d letters", task.ID, n)
		}
	}
}

// taskLine shows a task as the table above does.
func taskLine(t plan.Task) string {
	help := strings.Join(t.With, " ")
	if t.Open {
		help = strings.TrimSpace(help + " *")
	}
	return strings.TrimSpace(t.ID + ": " + strings.Join(t.Leads, " ") + " | " + help + " | " + string(t.Time) + " " +
		itoa(t.Since) + "–" + itoa(t.Until) + " " + t.By)
}

func TestAgenciesAreThoseOfTheDecision(t *testing.T) {
	c := catalogue(t)
	if c.Version != "827-2022" || c.From != "2022-06-27" || c.Document != "QĐ 827" {
		t.Errorf("got version %s of %s from %s", c.Version, c.Document, c.From)
	}
	kinds, titled := map[string]int{}, map[string]bool{}
	for _, a := range c.Agencies {
		prefix, _, _ := strings.Cut(a.ID, "-")
		switch {
		case prefix != a.ID:
			kinds[prefix]++
		case a.Since == "":
			kinds["first"]++
		default:
			kinds["young"]++
		}
		if titled[a.Name] {
			t.Errorf("%s is there twice", a.Name)
		}
		titled[a.Name] = true
	}
	if want := map[string]int{"first": 40, "young": 4, "xa": 96, "huyen": 13}; !maps.Equal(kinds, want) {
		t.Errorf("got %v agencies, want %v", kinds, want)
	}
	if a, ok := c.Agency("xa-21484"); !ok || a.Name != "UBND xã Ba Tơ" || a.Short != "UBND xã Ba Tơ" {
		t.Errorf("got %+v", a)
	}
}

func TestTheRestIsThatOfTheDecision(t *testing.T) {
	c := catalogue(t)
	ofDistricts := 0
	for _, s := range c.Successions {
		if a, _ := c.Agency(s.From); a.IsDistrict() {
			ofDistricts++
		}
	}
	if len(c.Groups) != 7 || len(c.Successions)-ofDistricts != 9 || ofDistricts != 56 {
		t.Errorf("got %d groups of tasks, %d successions, %d of them of districts", len(c.Groups), len(c.Successions), ofDistricts)
	}
	want := []plan.Quota{
		{ID: "Q1", Task: "1.3", Least: 1, Every: plan.EveryYear, By: plan.ByProvince},
		{ID: "Q2", Task: "1.6", Least: 1, Every: plan.EveryYear, By: plan.ByLead, Warn: "30/09"},
		{ID: "Q3", Task: "2.2", Least: 2, Every: plan.EveryYear, By: plan.ByProvince, Warn: "30/09"},
		{ID: "Q4", Task: "4.2", Least: 1, Every: plan.Once, By: plan.ByLocality},
		{ID: "Q5", Task: "4.3", Least: 1, Most: 2, Every: plan.Once, By: plan.ByProvince},
		{ID: "Q6", Task: "4.4", Least: 1, Most: 2, Every: plan.Once, By: plan.ByProvince},
	}
	for i, q := range c.Quotas {
		q.Title = ""
		if q != want[i] {
			t.Errorf("got quota %+v, want %+v", q, want[i])
		}
	}
	if len(c.Quotas) != len(want) {
		t.Errorf("got %d quotas", len(c.Quotas))
	}
}

// TestNamesAreClean holds what is shown to people to one way of writing Vietnamese, and to Đ where OCR has Ð.
func TestNamesAreClean(t *testing.T) {
	c := catalogue(t)
	shown := []string{c.Name}
	for _, a := range c.Agencies {
		shown = append(shown, a.Name, a.Short)
		for _, later := range a.Later {
			shown = append(shown, later.Name, later.Short)
		}
	}
	for _, task := range c.Tasks {
		shown = append(shown, task.Title)
	}
	odd := regexp.MustCompile(`Ð|\s\s|^\s|\s$`)
	for _, text := range shown {
		if !norm.NFC.IsNormalString(text) || odd.MatchString(text) {
			t.Errorf("%q is not clean", text)
		}
	}
}

func TestAFileIsReadAsTheEmbeddedOneIs(t *testing.T) {
	c, err := plan.ParseCatalogue(sample(t))
	if err != nil || c.Version != "827-2022" || !slices.Equal(c.Tasks[5].Leads, []string{"UBNDH", "HLHPN", "TINHDOAN"}) {
		t.Errorf("got %v, %v", c, err)
	}
}
