package planning

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// mostFound is how many agencies are shown to choose from.
const mostFound = 8

// findByName finds agencies by a part of their name, and the People's Committees of communes by any name that people use of the commune.
func (o Office) findByName(ctx context.Context, tx *storage.Tx, text string) ([]storage.Agency, error) {
	list, err := storage.Agencies(ctx, tx)
	if err != nil || text == "" {
		return nil, err
	}
	found, sought := []storage.Agency{}, viet.Fold(text)
	add := func(a storage.Agency) {
		if !slices.ContainsFunc(found, func(other storage.Agency) bool { return other.ID == a.ID }) {
			found = append(found, a)
		}
	}
	for _, a := range list {
		if strings.Contains(viet.Fold(a.Name), sought) || strings.Contains(viet.Fold(a.Short), sought) {
			add(a)
		}
	}
	for _, match := range o.Places.Search(text) {
		if match.Guess && len(found) > 0 {
			continue
		}
		name := "UBND " + match.Place.String()
		add(storage.Agency{ID: "xa-" + match.Place.Code, Name: name, Short: name})
	}
	return found[:min(len(found), mostFound)], nil
}
