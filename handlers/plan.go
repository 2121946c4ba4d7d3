package handlers

import (
	"context"
	"fmt"

	"khoinghiep/storage/plan"
)

// PlanOn is the version of the plan in force on a day ("2006-01-02"): the one that ships with the program, or one that was
// loaded.
func (t *Turn) PlanOn(ctx context.Context, shipped *plan.Catalogue, day string) (*plan.Catalogue, error) {
	loaded, err := t.Store.PlanVersions(ctx)
	if err != nil || len(loaded) == 0 {
		return shipped, err
	}
	texts := []string{}
	for _, v := range loaded {
		texts = append(texts, v.Body)
	}
	versions, err := plan.LoadVersions(texts...)
	if err != nil {
		return nil, fmt.Errorf("read versions of the plan: %w", err)
	}
	return versions.On(day), nil
}
