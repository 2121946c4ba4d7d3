package staff

import (
	"bytes"
	"testing"
	"time"

	"khoinghiep/storage/export"
	"khoinghiep/storage/plan"
)

func TestTemplateIsTakenBackAsItIs(t *testing.T) {
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	content, err := dossierTemplate(places)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := export.Read(bytes.NewReader(content), 10)
	if err != nil || len(rows) != 2 {
		t.Fatalf("the template has %d rows (%v)", len(rows), err)
	}
	fields := dossierFields(places)
	if list, wrong, err := readDossiers(rows, fields, time.Now()); err != nil || len(list) > 0 || len(wrong) > 0 {
		t.Errorf("the example counts as %v, %v (%v)", list, wrong, err)
	}
	rows[1][0] = "Lê Văn An"
	if list, wrong, err := readDossiers(rows, fields, time.Now()); err != nil || len(list) != 1 || len(wrong) > 0 {
		t.Errorf("the example under another name counts as %v, %v (%v)", list, wrong, err)
	}
}

func TestWhatTheTemplateOffersIsAccepted(t *testing.T) {
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string]int{}
	fields := dossierFields(places)
	for i, f := range fields {
		columns[f.Label] = i
	}
	sheet := choicesSheet(places)
	for _, row := range sheet.Rows {
		for i, offered := range row {
			field := fields[columns[sheet.Columns[i].Heading]]
			value, err := field.Read(offered.(string))
			if err != nil {
				t.Errorf("%s: %v", field.Label, err)
			}
			if p, ok := places.ByCode(value); field.Key == dossierPlace && ok && p.Title() != offered {
				t.Errorf("%q is taken for %s", offered, p.Title())
			}
		}
	}
	if len(sheet.Rows) != 96+2 {
		t.Errorf("%d places are offered", len(sheet.Rows))
	}
}
