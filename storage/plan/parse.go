package plan

import (
	"gopkg.in/yaml.v3"
)

// ParseCatalogue reads a version of the plan.
func ParseCatalogue(text []byte) (*Catalogue, error) {
	c := &Catalogue{}
	if err := yaml.Unmarshal(text, c); err != nil {
		return nil, err
	}
	if err := c.addCommunes(); err != nil {
		return nil, err
	}
	return c, nil
}

// ParseSteps reads steps, as YAML or JSON.
func ParseSteps(text []byte) (Steps, error) {
	var s Steps
	if err := yaml.Unmarshal(text, &s); err != nil {
		return nil, err
	}
	return s, nil
}
