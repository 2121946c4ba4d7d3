package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// inviteOfficer gives a code for an agency of the plan: "SCT", or "SCT/head" for who leads it.
func inviteOfficer(t *testing.T, a *app, agency string) (code string) {
	t.Helper()
	now := a.engine.Clock()
	id, _, _ := strings.Cut(agency, "/")
	err := a.store.InTx(t.Context(), func(tx *storage.Tx) (err error) {
		if err := knowAgency(t, tx, id, now); err != nil {
			return err
		}
		code, err = storage.NewCode(t.Context(), tx, storage.OfficerCode, agency, now, now.Add(inviteFor))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// knowAgency has the program know an agency of the plan.
func knowAgency(t *testing.T, tx *storage.Tx, id string, now time.Time) error {
	t.Helper()
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		return err
	}
	a, ok := catalogue.Agency(id)
	if !ok {
		t.Fatalf("the plan has no agency %q", id)
	}
	name, short := a.NameOn(now.Format(time.DateOnly))
	return storage.SaveAgencies(t.Context(), tx, []storage.Agency{{ID: id, Name: name, Short: short, Parent: a.Parent}}, now)
}

var owing = regexp.MustCompile(`^(\S+) (\S+) (.*?(\d{4})?)(?:: (.*))?$`)

// oblige has an agency owe something: "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1 7.2". What begins neither as a plan nor
// as a report is asked for by staff, in the words after the colon.
func oblige(t *testing.T, a *app, arg string) storage.Obligation {
	t.Helper()
	m, now := owing.FindStringSubmatch(arg), a.engine.Clock()
	if m == nil {
		t.Fatalf("not an obligation: %q", arg)
	}
	year, _ := strconv.Atoi(m[4]) // of staff's own: none
	o := storage.Obligation{Kind: storage.OwnObligation, Agency: m[1], DueOn: m[2], Title: m[3], Year: year, Asked: m[5]}
	tasks := []string{}
	for prefix, kind := range map[string]storage.ObligationKind{"Báo cáo": storage.ReportObligation, "Kế hoạch": storage.PlanObligation} {
		if strings.HasPrefix(o.Title, prefix) {
			o.Kind, o.Clause, o.Asked, tasks = kind, "QĐ 827, V.12", "", strings.Fields(m[5])
		}
	}
	o.Source = fmt.Sprintf("%s/%s/%s", o.Title, o.DueOn, o.Agency)
	err := a.store.InTx(t.Context(), func(tx *storage.Tx) error {
		if err := knowAgency(t, tx, o.Agency, now); err != nil {
			return err
		}
		_, err := storage.MakeObligation(t.Context(), tx, &o, tasks, now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}
