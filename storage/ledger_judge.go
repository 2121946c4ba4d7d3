package storage

import (
	"context"
	"time"
)

// judge decides what becomes of deliveries that are due, by what is known of their people at this moment.
type judge struct {
	channel string
	ways    []Way
	now     time.Time
	running []running
	reach   reach
	phones  map[int64]string // numbers that may be written to
	charged map[string]int   // messages of this month at a charge, by channel
	refuse  map[int64]bool   // people who want no announcements
	told    map[int64]bool   // people who were told something today
}

func (l *Ledger) judge(ctx context.Context, tx *Tx, due []Delivery, running []running, now time.Time) (*judge, error) {
	j := &judge{channel: l.Channel, ways: l.Ways, now: now, running: running, refuse: map[int64]bool{}, told: map[int64]bool{}}
	var err error
	if j.reach, err = reachOf(ctx, tx, peopleOf(due)); err != nil {
		return nil, err
	}
	if err := j.learnWays(ctx, tx, peopleOf(due)); err != nil {
		return nil, err
	}
	announced := []int64{}
	for _, d := range due {
		if _, ok := announcementOf(running, d); ok {
			announced = append(announced, d.Person)
		}
	}
	if len(announced) == 0 {
		return j, nil
	}
	return j, j.learn(ctx, tx, announced)
}

// learn finds out who refuses announcements and who was told one today.
func (j *judge) learn(ctx context.Context, tx *Tx, people []int64) error {
	list, args := in(people)
	refusing, told := []int64{}, []int64{}
	err := tx.SelectContext(ctx, &refusing, `SELECT p.id FROM people p WHERE p.id IN `+list+` AND `+agreesToAnnouncements+` = 0`, args...)
	if err != nil {
		return wrap("ask who wants announcements", err)
	}
	y, m, d := j.now.Date()
	args = append(args, millis(time.Date(y, m, d, 0, 0, 0, 0, j.now.Location())))
	err = tx.SelectContext(ctx, &told, `SELECT DISTINCT person_id FROM deliveries WHERE person_id IN `+list+`
		AND at >= `+placeholders(len(args), 1)+` AND queue > 2 AND state IN ('sending', 'sent', 'unknown')`, args...)
	for _, id := range refusing {
		j.refuse[id] = true
	}
	for _, id := range told {
		j.told[id] = true
	}
	return wrap("ask who was told something today", err)
}

// decide gives a delivery its next state, and where it goes.
func (j *judge) decide(d Delivery) Delivery {
	d.State = DeliveryQueued
	announcement, bulk := announcementOf(j.running, d)
	best, mode, reachable := j.choose(d, announcement.Body)
	switch {
	case d.NotAfter > 0 && d.NotAfter < millis(j.now):
		return d.end(DeliveryExpired, "")
	case bulk && j.refuse[d.Person]:
		return d.end(DeliveryCancelled, OptedOut)
	case !reachable:
		return d.end(DeliveryUnreachable, j.whyNot(d))
	case best.Channel != j.channel:
		d.Channel = best.Channel // whoever sends there takes it
		return d
	case !d.Hours.Open(j.now):
		d.NotBefore = millis(d.Hours.Next(j.now))
		return d
	case bulk && announcement.Hours == Daytime && j.told[d.Person]:
		d.NotBefore = millis(d.Hours.Tomorrow(j.now))
		return d
	}
	j.told[d.Person] = j.told[d.Person] || bulk
	d.State, d.Chat, d.Mode = DeliverySending, best.Chat, mode
	d.Phone = j.phones[d.Person]
	if mode == ModePaid {
		j.charged[d.Channel]++
	}
	return d
}

func (d Delivery) end(state DeliveryState, reason string) Delivery {
	d.State, d.Reason = state, reason
	return d
}
