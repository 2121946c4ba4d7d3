package plan

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"

	"khoinghiep/bot/viet"
)

//go:embed places.yaml
var placesYAML []byte

// placesFile is places.yaml, which names its sources.
type placesFile struct {
	Districts []struct {
		Code, Name, Province string
	}
	Communes []struct {
		Code, Kind, Name, District string
		Old                        []string
	}
}

// Places gives the communes of Quảng Ngãi since 1 July 2025, to be found also by the names of the old districts and
// communes of Quảng Ngãi and Kon Tum. An error means that the embedded data is broken.
func Places() (*viet.Places, error) { return placesOnce() }

var placesOnce = sync.OnceValues(readPlaces)

func readPlaces() (*viet.Places, error) {
	var file placesFile
	if err := yaml.Unmarshal(placesYAML, &file); err != nil {
		return nil, fmt.Errorf("reading places.yaml: %w", err)
	}
	districts := make([]viet.District, len(file.Districts))
	for i, d := range file.Districts {
		districts[i] = viet.District{Code: d.Code, Name: d.Name}
	}
	places := make([]viet.Place, len(file.Communes))
	old := map[string][]string{}
	for i, c := range file.Communes {
		in := slices.IndexFunc(districts, func(d viet.District) bool { return d.Code == c.District })
		if in < 0 {
			return nil, fmt.Errorf("reading places.yaml: commune %s is in no known district %q", c.Code, c.District)
		}
		districts[in].Places = append(districts[in].Places, c.Code)
		places[i] = viet.Place{Code: c.Code, Name: c.Name, Kind: c.Kind, District: districts[in].Name}
		for _, name := range c.Old {
			old[name] = append(old[name], c.Code)
		}
	}
	return viet.NewPlaces(places, districts, old), nil
}
