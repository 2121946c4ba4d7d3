package storage

import (
	"context"

	"khoinghiep/bot"
)

// CardErrand begins the errand that tells a chat that a delivery, whose id follows, came there as a template only: what the
// person does next is answered with the whole of it.
const CardErrand = "card:"

// Card is the message of a delivery to who writes from a; ok is false for one that is not theirs, or whose text is gone.
func (s *Store) Card(ctx context.Context, a bot.Address, delivery int64) (m Message, ok bool, err error) {
	err = s.read.GetContext(ctx, &m, `
		SELECT CASE d.body WHEN '' THEN COALESCE((SELECT n.message FROM announcements n WHERE n.id = d.queue), '{}') ELSE d.body END
		FROM deliveries d JOIN addresses a ON a.person_id = d.person_id
		WHERE d.id = $1 AND a.channel = $2 AND a.chat = $3`, delivery, a.Channel, a.Chat)
	ok, err = found(err)
	return m, ok && m.Body() != "", wrap("find the message of a delivery", err)
}
