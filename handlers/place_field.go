package handlers

import (
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
)

// PlaceField asks for one of the communes, by any name people use.
func PlaceField(places *viet.Places, prompt string) form.Field {
	find := func(text string) []form.Choice {
		found := []form.Choice{}
		for _, m := range places.Search(text) {
			label := m.Place.Title()
			if m.Why != "" {
				label += " (" + m.Why + ")"
			}
			found = append(found, form.Choice{Value: m.Place.Code, Label: label, Guess: m.Guess})
		}
		return found
	}
	show := func(code string) string { return PlaceName(places, code) }
	return form.Place("noi", "Nơi thực hiện", prompt, "Tịnh Khê", find, show, OtherPlaces()...)
}
