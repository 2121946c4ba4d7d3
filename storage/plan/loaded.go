package plan

import (
	"context"
	"fmt"
	"sync/atomic"

	"khoinghiep/storage"
)

// LoadedVersions gives all versions of the plan: the one that ships with the program and those in the database.
func LoadedVersions(ctx context.Context, s *storage.Store, shipped *Catalogue) (Versions, error) {
	loaded, err := s.PlanVersions(ctx)
	if err != nil || len(loaded) == 0 { // reading them takes a while
		return Versions{shipped}, err
	}
	texts := []string{}
	for _, v := range loaded {
		texts = append(texts, v.Body)
	}
	versions, err := LoadVersions(texts...)
	if err != nil {
		return nil, fmt.Errorf("reading the plan in the database: %w", err)
	}
	return versions, nil
}

// Current is the plan as it is now, for what is not about a certain day. A program that goes on for long has it follow the versions
// that are loaded meanwhile, and the days.
type Current struct {
	Calendar *Calendar
	version  atomic.Pointer[Catalogue]
}

// NewCurrent gives the plan as it is on a day.
func NewCurrent(versions Versions, day string) (*Current, error) {
	calendar, err := LoadCalendar()
	if err != nil {
		return nil, err
	}
	c := &Current{Calendar: calendar}
	c.Follow(versions, day)
	return c, nil
}

// Follow makes it the plan as it is on another day.
func (c *Current) Follow(versions Versions, day string) {
	c.Calendar.Follow(versions...)
	c.version.Store(versions.On(day))
}

// Version is the one in force.
func (c *Current) Version() *Catalogue { return c.version.Load() }

// Targets are those of the version in force.
func (c *Current) Targets() Targets { return c.Version().Targets }
