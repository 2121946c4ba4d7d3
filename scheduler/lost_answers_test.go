package scheduler_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

func TestOfficersHearOnceOfAnswersThatDidNotArrive(t *testing.T) {
	for _, c := range []struct {
		name  string
		state storage.DeliveryState
		later time.Duration // from the end of the delivery to the job
		want  string        // in what the officer is told; "": nothing
	}{
		{"it arrived", storage.DeliverySent, time.Hour, ""},
		{"it may not have arrived", storage.DeliveryUnknown, 2*time.Minute + time.Second, "Chưa chắc"},
		{"the platform may still tell", storage.DeliveryUnknown, time.Minute, ""},
		{"it was refused", storage.DeliveryFailed, time.Hour, "không đến được"},
		{"nobody is there", storage.DeliveryUnreachable, time.Hour, "không đến được"},
		{"long ago", storage.DeliveryFailed, 8 * 24 * time.Hour, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
				r := answered(t, s, c.state)
				now := local(25, 10).Add(c.later)
				for range 2 {
					if err := (scheduler.LostAnswers{Store: s}).Run(t.Context(), now); err != nil {
						t.Fatal(err)
					}
				}
				told := losses(t, s, r.Staff)
				if c.want == "" && len(told) > 0 || c.want != "" && (len(told) != 1 || !strings.Contains(told[0], c.want) || !strings.Contains(told[0], r.Code)) {
					t.Errorf("the officer is told %q", told)
				}
			})
		})
	}
}

// answered opens a request that somebody takes at 10:00 of the 25th. Both then say something, the delivery of which ends in
// a state.
func answered(t *testing.T, s *storage.Store, state storage.DeliveryState) (r storage.Request) {
	t.Helper()
	ctx, at := t.Context(), local(25, 10)
	err := s.InTx(ctx, func(tx *storage.Tx) error {
		asker, err := storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "1"}, at)
		if err != nil {
			return err
		}
		if r, err = storage.AddRequest(ctx, tx, asker, at); err != nil {
			return err
		}
		if r.Staff, err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: "2"}, at); err != nil {
			return err
		}
		if _, err := storage.TakeRequest(ctx, tx, r.Code, r.Staff, at); err != nil {
			return err
		}
		if err := errors.Join(passOn(ctx, tx, r, r.Person, r.Staff), passOn(ctx, tx, r, r.Staff, r.Person)); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE deliveries SET state = $1, at = $2`, state, at.UnixMilli())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func passOn(ctx context.Context, tx *storage.Tx, r storage.Request, from, to int64) error {
	m := storage.RequestMessage{Person: from, Text: "Mời bạn ghé Sở."}
	if _, _, err := storage.AddRequestMessage(ctx, tx, r.Code, &m, local(25, 10)); err != nil {
		return err
	}
	n := storage.Notice{Source: storage.RequestSource(r, m), Person: to, Queue: storage.QueueAnswers, Message: bot.Outgoing{Text: m.Text}}
	return storage.Notify(ctx, tx, n, local(25, 10))
}

// losses are what somebody is told of lost answers.
func losses(t *testing.T, s *storage.Store, person int64) (bodies []string) {
	t.Helper()
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		return tx.SelectContext(t.Context(), &bodies, `SELECT body FROM deliveries WHERE person_id = $1 AND source LIKE 'lost-answer/%'`, person)
	})
	if err != nil {
		t.Fatal(err)
	}
	return bodies
}
