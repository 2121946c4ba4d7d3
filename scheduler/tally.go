package scheduler

import (
	"context"
	"log/slog"
	"time"

	"khoinghiep/storage"
)

// tellEvery is how long the replica that sends on a channel may not know of replies by the others.
const tellEvery = 50 * time.Millisecond

// tellReplies tells the other replicas how many replies went out here, until ctx is done.
func (s *Sender) tellReplies(ctx context.Context) {
	tick := time.NewTicker(tellEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for channel, l := range s.lines {
			s.tell(ctx, channel, int(l.replied.Swap(0)))
		}
	}
}

func (s *Sender) tell(ctx context.Context, channel string, replies int) {
	if replies == 0 {
		return
	}
	err := s.Store.TellSent(ctx, storage.SentTally{Owner: s.Owner, Channel: channel, Count: replies})
	if err != nil {
		slog.Debug("replicas were not told of replies", "channel", channel, "error", err)
	}
}

// hear counts what another replica sent.
func (s *Sender) hear(t storage.SentTally) {
	if l := s.lines[t.Channel]; l != nil {
		l.pace.took(t.Count)
	}
}
