package handlers

import (
	"context"

	"khoinghiep/storage/plan"
)

// PlanOn is the version of the plan in force on a day ("2006-01-02"): the one that ships with the program, or one that was
// loaded.
func (t *Turn) PlanOn(ctx context.Context, shipped *plan.Catalogue, day string) (*plan.Catalogue, error) {
	versions, err := plan.LoadedVersions(ctx, t.Store, shipped)
	if err != nil {
		return nil, err
	}
	return versions.On(day), nil
}
