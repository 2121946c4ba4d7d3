package storage

import (
	"context"
	"fmt"
	"slices"
)

// Preview tells what an announcement to an audience would come to, as things stand.
type Preview struct {
	People      int            // in the audience
	Agreed      int            // of them, who want announcements
	Channels    map[string]int // of those who agreed, by the channel that they would be written to on
	Unreachable int            // of those who agreed, who cannot be written to anywhere
	Samples     []Sample       // of those who agreed, at most three
}

// Sample is one of the recipients, for people to see that the right ones were chosen.
type Sample struct {
	Name  string // "" when not told
	Place string // of the newest startup; "" without one
}

const (
	samples      = 3
	peopleAtOnce = 5000 // looked up by one statement, see deliveriesAtOnce
)

// PreviewAudience counts the people of an audience inside tx.
func PreviewAudience(ctx context.Context, tx *Tx, a Audience) (Preview, error) {
	p := Preview{Channels: map[string]int{}}
	all, err := members(ctx, tx, a)
	if err != nil {
		return p, err
	}
	p.People = len(all)
	agreed := slices.DeleteFunc(all, func(m member) bool { return !m.Agrees })
	p.Agreed = len(agreed)
	for part := range slices.Chunk(agreed, peopleAtOnce) {
		if err := p.count(ctx, tx, part); err != nil {
			return p, err
		}
	}
	return p, p.sample(ctx, tx, agreed)
}

func (p *Preview) count(ctx context.Context, tx *Tx, list []member) error {
	ids := make([]int64, len(list))
	for i, m := range list {
		ids[i] = m.ID
	}
	reach, err := reachOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if best, ok := reach.best(id); ok {
			p.Channels[best.Channel]++
		} else {
			p.Unreachable++
		}
	}
	return nil
}

// sample takes the first, the middle and the last one: the oldest and the newest are often of different kinds.
func (p *Preview) sample(ctx context.Context, tx *Tx, list []member) error {
	picked := list
	if n := len(list); n > samples {
		picked = []member{list[0], list[n/2], list[n-1]}
	}
	for _, m := range picked {
		s := Sample{Name: m.Name}
		if _, err := found(tx.GetContext(ctx, &s.Place, newestPlace, m.ID)); err != nil {
			return fmt.Errorf("find the place of a recipient: %w", err)
		}
		p.Samples = append(p.Samples, s)
	}
	return nil
}

const newestPlace = `SELECT s.place FROM startups s WHERE s.person_id = $1 AND s.` + isOpen + ` ORDER BY s.id DESC LIMIT 1`
