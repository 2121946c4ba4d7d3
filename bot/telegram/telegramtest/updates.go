package telegramtest

import (
	"encoding/json"
	"slices"
)

// updates is what happened and is not confirmed yet. Server.mu guards it.
type updates struct {
	last    int
	pending []*update         // in order
	queues  map[string]*queue // the same updates, by chat (messages) and by person (callbacks)
	allowed []string          // kinds; empty is all
	arrived chan struct{}     // closed when an update comes
	polling chan struct{}     // closed to end the getUpdates that waits; nil when none does
}

type update struct {
	id   int
	body json.RawMessage
	done bool // confirmed
}

// queue holds updates of which a webhook gets one at a time.
type queue struct {
	items []*update
	busy  bool // somebody delivers from it
}

func withoutDone(list []*update) []*update {
	for len(list) > 0 && list[0].done {
		list = list[1:]
	}
	return list
}

// push makes an update. The caller holds the lock.
func (s *Server) push(key, kind string, payload any) {
	u := &s.updates
	if len(u.allowed) > 0 && !slices.Contains(u.allowed, kind) {
		return
	}
	u.last++
	body, err := json.Marshal(map[string]any{"update_id": u.last, kind: payload})
	if err != nil {
		panic(err) // our own structures
	}
	one := &update{id: u.last, body: body}
	u.pending = append(withoutDone(u.pending), one)
	q := u.queues[key]
	if q == nil {
		q = &queue{}
		u.queues[key] = q
	}
	q.items = append(withoutDone(q.items), one)
	s.deliverFrom(q)
	close(u.arrived)
	u.arrived = make(chan struct{})
}

// Pending is how many updates are not confirmed by the bot.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.updates.from(0, len(s.updates.pending)))
}

// from gives at most limit unconfirmed updates from an offset on.
func (u *updates) from(offset, limit int) []json.RawMessage {
	batch := []json.RawMessage{}
	for _, one := range u.pending {
		if len(batch) == limit {
			break
		}
		if one.id >= offset && !one.done {
			batch = append(batch, one.body)
		}
	}
	return batch
}

// confirm forgets the updates below an offset.
func (u *updates) confirm(offset int) {
	for _, one := range u.pending {
		if one.id >= offset {
			break
		}
		one.done = true
	}
	u.pending = withoutDone(u.pending)
}

// allow sets the kinds of updates that the bot wants; an empty parameter changes nothing.
func (u *updates) allow(param string) bool {
	return param == "" || json.Unmarshal([]byte(param), &u.allowed) == nil
}
