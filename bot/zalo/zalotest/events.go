package zalotest

import (
	"encoding/json"
	"slices"
	"strconv"
)

// event is something that the account is told of.
type event struct {
	body  []byte
	stamp string // the time it is signed with
}

// queue holds events of one person, of which the webhook gets one at a time.
type queue struct {
	held  []event // until there are enough to change their order
	items []event
	busy  bool // somebody delivers from it
}

// Push makes Zalo tell of anything: an event by its name and with any fields.
func (s *Server) Push(p *Person, name string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.push(p, name, fields)
}

// push is Push for who holds the lock. Without a webhook, Zalo tells nobody.
func (s *Server) push(p *Person, name string, fields map[string]any) {
	if s.webhook.url == "" {
		return
	}
	stamp := s.stamp()
	fields["app_id"], fields["event_name"], fields["timestamp"], fields["user_id_by_app"] = AppID, name, stamp, "app-"+p.ID
	body, err := json.Marshal(fields)
	if err != nil {
		panic(err) // our own structures
	}
	q := s.queues[p.ID]
	if q == nil {
		q = &queue{}
		s.queues[p.ID] = q
	}
	q.held = append(q.held, event{body, stamp})
	s.webhook.pending++
	if len(q.held) < s.webhook.reorder {
		return
	}
	if s.webhook.reorder > 0 {
		slices.Reverse(q.held)
	}
	q.items, q.held = append(q.items, q.held...), nil
	if !q.busy {
		q.busy = true
		s.drains.Go(func() { s.drain(q) })
	}
}

// stamp is the time in Zalo's words. The caller holds the lock.
func (s *Server) stamp() string { return strconv.FormatInt(s.now().UnixMilli(), 10) }

// drain delivers a queue, one event at a time. One that is not taken comes again later, and holds nothing up.
func (s *Server) drain(q *queue) {
	for {
		s.mu.Lock()
		if len(q.items) == 0 || s.life.Err() != nil {
			q.busy = false
			s.mu.Unlock()
			return
		}
		e := q.items[0]
		q.items = q.items[1:]
		s.mu.Unlock()
		s.tell(e)
	}
}
