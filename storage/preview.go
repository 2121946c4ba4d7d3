package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
)

// Preview tells what an announcement to an audience would come to, as things stand.
type Preview struct {
	People      int            // in the audience
	Agreed      int            // of them, who want announcements
	Channels    map[string]int // of those who agreed, by the channel that they would be written to on
	Modes       map[Mode]int   // of those, who would be written to at a charge or by a template
	Unreachable int            // of those who agreed, who cannot be written to anywhere
	Closed      int            // of the unreachable, who have a chat but wrote there too long ago
	Budget      int            // messages of this month that may go at a charge; 0: none
	BudgetLeft  int            // before this announcement
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

// PreviewAudience counts the people of an audience inside tx, and how a message would go to them at a time.
func PreviewAudience(ctx context.Context, tx *Tx, a Audience, m bot.Outgoing, ways []Way, at time.Time) (Preview, error) {
	p := Preview{Channels: map[string]int{}, Modes: map[Mode]int{}}
	all, err := members(ctx, tx, a)
	if err != nil {
		return p, err
	}
	p.People = len(all)
	agreed := slices.DeleteFunc(all, func(m member) bool { return !m.Agrees })
	p.Agreed = len(agreed)
	body, err := json.Marshal(m)
	if err != nil {
		return p, fmt.Errorf("encode a message: %w", err)
	}
	j := &judge{ways: ways, now: at}
	if err := j.learnWays(ctx, tx, nil); err != nil {
		return p, err
	}
	for _, w := range ways {
		p.Budget += w.Budget
		p.BudgetLeft += max(0, w.Budget-j.charged[w.Channel])
	}
	for part := range slices.Chunk(agreed, peopleAtOnce) {
		if err := p.count(ctx, tx, j, string(body), part); err != nil {
			return p, err
		}
	}
	return p, p.sample(ctx, tx, agreed)
}

// count judges some more of the recipients as the ledger will; what they use of the budget is gone for the next.
func (p *Preview) count(ctx context.Context, tx *Tx, j *judge, body string, list []member) (err error) {
	ids := make([]int64, len(list))
	for i, m := range list {
		ids[i] = m.ID
	}
	if j.reach, err = reachOf(ctx, tx, ids); err != nil {
		return err
	}
	charged := j.charged
	if err := j.learnWays(ctx, tx, ids); err != nil {
		return err
	}
	j.charged = charged
	for _, id := range ids {
		chat, mode, ok := j.choose(Delivery{Person: id}, body)
		switch {
		case ok:
			p.Channels[chat.Channel]++
			if mode != ModeFree {
				p.Modes[mode]++
			}
			if mode == ModePaid {
				j.charged[chat.Channel]++
			}
		case len(j.reach[id]) > 0:
			p.Closed++
			p.Unreachable++
		default:
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
