package viet

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Places finds communes by what people call them: by the present name, by that of an old commune, by that of an old
// district. It is safe for concurrent use.
type Places struct {
	byCode map[string]Place
	names  []name // present, then old communes, then districts: the order of matches
}

// name is one name and the places it may mean.
type name struct {
	spelling
	level  level
	kind   string // of a present commune; those of old ones are not known
	old    bool
	places []Place
	why    string
	guess  bool
}

// NewPlaces takes the communes of today, the old districts, and for each name of an old commune the codes of those that
// have parts of it. Codes without a place are left out.
func NewPlaces(places []Place, districts []District, old map[string][]string) *Places {
	p := &Places{byCode: map[string]Place{}}
	for _, place := range places {
		p.byCode[place.Code] = place
		p.names = append(p.names, name{spelling: spell(place.Name), level: commune, kind: place.Kind, places: []Place{place}})
	}
	for _, former := range slices.Sorted(maps.Keys(old)) {
		p.names = append(p.names, name{spelling: spell(former), level: commune, old: true,
			places: p.withCodes(old[former]), why: former + " cũ"})
	}
	for _, d := range districts {
		p.names = append(p.names, name{spelling: newPart(d.Name).spelling, level: district, old: true,
			places: p.withCodes(d.Places), why: "thuộc " + d.Name + " cũ"})
	}
	return p
}

func (p *Places) withCodes(codes []string) []Place {
	var places []Place
	for _, code := range codes {
		if place, ok := p.byCode[code]; ok {
			places = append(places, place)
		}
	}
	return places
}

// All lists the communes of today in the order of the alphabet, as people without accents know it.
func (p *Places) All() []Place {
	return slices.SortedFunc(maps.Values(p.byCode), func(a, b Place) int {
		return cmp.Or(strings.Compare(Fold(a.Name), Fold(b.Name)), strings.Compare(a.Code, b.Code))
	})
}

// ByCode finds a place by its code.
func (p *Places) ByCode(code string) (Place, bool) {
	place, ok := p.byCode[code]
	return place, ok
}
