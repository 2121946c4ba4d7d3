package storage

import (
	"context"
	"strconv"
	"time"

	"khoinghiep/bot"
)

// Errand is a turn that one address asks for at another, such as telling a child that the guardian agreed.
type Errand struct {
	ID int64
	bot.Address
	Data string // of a button: "conversation:argument"
}

// AddErrand has a turn run at a soon, as if a button with this data were pressed there, with Kind bot.Errand.
func AddErrand(ctx context.Context, tx *Tx, a bot.Address, data string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO errands (id, channel, chat, data, at) VALUES ($1, $2, $3, $4, $5)`, NewID(now), a.Channel, a.Chat, data, millis(now))
	return wrap("add errand", err)
}

// AddErrands has the same turn run in all chats of a person.
func AddErrands(ctx context.Context, tx *Tx, person int64, data string, now time.Time) error {
	chats := []bot.Address{}
	if err := tx.SelectContext(ctx, &chats, `SELECT channel, chat FROM addresses WHERE person_id = $1 ORDER BY since`, person); err != nil {
		return wrap("find chats for errands", err)
	}
	for _, a := range chats {
		if err := AddErrand(ctx, tx, a, data, now); err != nil {
			return err
		}
	}
	return nil
}

// Errands lists what is to be run, the oldest first.
func (s *Store) Errands(ctx context.Context) ([]Errand, error) {
	list := []Errand{}
	err := s.read.SelectContext(ctx, &list, `SELECT id, channel, chat, data FROM errands ORDER BY id LIMIT 1000`)
	return list, wrap("list errands", err)
}

// Incoming is the errand as the update that a turn handles. Its ID makes a second run harmless.
func (e Errand) Incoming(now time.Time) bot.Incoming {
	return bot.Incoming{ID: "errand/" + strconv.FormatInt(e.ID, 10), Kind: bot.Errand, From: e.Address, Private: true, Button: e.Data, At: now}
}

// FinishErrand deletes the errand that the update was made from; done in the transaction of its turn.
func FinishErrand(ctx context.Context, tx *Tx, updateID string) error {
	id, err := strconv.ParseInt(updateID[len("errand/"):], 10, 64)
	if err != nil {
		return wrap("read errand id", err)
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM errands WHERE id = $1`, id)
	return wrap("finish errand", err)
}
