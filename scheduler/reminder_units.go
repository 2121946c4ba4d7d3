package scheduler

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// unitsAwaited lists the officers of the units that have tasks in an obligation of which nothing is told yet.
func unitsAwaited(ctx context.Context, tx *storage.Tx, o storage.Obligation) ([]Told, error) {
	lines, err := storage.LinesOf(ctx, tx, o.ID)
	if err != nil {
		return nil, err
	}
	list := []Told{}
	for _, l := range lines {
		if l.Unit == "" || l.Told() {
			continue
		}
		unit, _, err := storage.FindAgency(ctx, tx, l.Unit)
		if err != nil {
			return nil, err
		}
		officers, err := storage.OfficersOf(ctx, tx, l.Unit)
		if err != nil {
			return nil, err
		}
		for _, officer := range officers {
			list = addTask(list, Told{Person: officer.Person, To: plan.Officers, Obligation: o, Unit: unit.Name}, l.Task)
		}
	}
	return list, nil
}

// addTask adds a task to what a person is told, who may serve two units.
func addTask(list []Told, told Told, task string) []Told {
	i := slices.IndexFunc(list, func(other Told) bool { return other.Person == told.Person })
	if i < 0 {
		i = len(list)
		list = append(list, told)
	}
	list[i].Tasks = append(list[i].Tasks, task)
	return list
}

// Owner is in whose name somebody is told: the agency that owes it, or a unit that has tasks in it.
func (t Told) Owner() string { return cmp.Or(t.Unit, t.Obligation.Owner) }

// what is what an officer has to see to, such as "báo cáo kết quả năm 2026 (QĐ 827, V.12)".
func (t Told) what() string {
	what := fmt.Sprintf("%s (%s)", viet.LowerFirst(t.Obligation.Title), cmp.Or(t.Obligation.Clause, t.Obligation.Code))
	if t.Unit != "" {
		what = "tình hình nhiệm vụ " + strings.Join(t.Tasks, ", ") + " trong " + what
	}
	return what
}

// sendButton leads to the tasks of a unit, or to sending what an agency owes.
func (t Told) sendButton(label string) bot.Button {
	data := "guibaocao:"
	if t.Unit != "" {
		data = "nhiemvu:"
	}
	return bot.Button{Label: label, Data: data + t.Obligation.Code, Row: true}
}

func dueTemplate(t Told) *bot.Template {
	what := viet.LowerFirst(t.Obligation.Title)
	if t.Unit != "" {
		what = "nhiệm vụ " + strings.Join(t.Tasks, ", ") + ", " + what
	}
	return &bot.Template{Name: storage.DueSoon, Params: map[string]string{
		"don_vi": storage.Subject(t.Owner()), "bao_cao": storage.Subject(what), "han": viet.ShowDate(t.Obligation.Last()),
	}}
}
