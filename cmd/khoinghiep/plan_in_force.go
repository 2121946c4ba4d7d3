package main

import (
	"context"
	"time"

	"khoinghiep/storage/plan"
)

// planInForce is the version of the plan that names tasks and agencies in the chat: the one of the day on which the
// program starts. What is due when, jobs find by the versions as they are then.
func (a *app) planInForce(ctx context.Context, now time.Time) (*plan.Catalogue, error) {
	loaded, err := a.store.PlanVersions(ctx)
	if err != nil {
		return nil, err
	}
	texts := []string{}
	for _, v := range loaded {
		texts = append(texts, v.Body)
	}
	versions, err := plan.LoadVersions(texts...)
	if err != nil {
		return nil, err
	}
	return versions.On(now.Format(time.DateOnly)), nil
}
