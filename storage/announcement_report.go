package storage

import (
	"context"
)

// Recipient is what became of an announcement for one person.
type Recipient struct {
	Name    string // "" when not told, or erased since
	Phone   string // E.164
	Place   string // of the newest startup; "" without one
	Channel string
	State   DeliveryState
	Reason  string // why it is in its state
	At      int64  // when it came into its state, Unix milliseconds
}

// RecipientsOf lists the recipients of an announcement in the order in which they were queued.
func RecipientsOf(ctx context.Context, tx *Tx, id int64) ([]Recipient, error) {
	list := []Recipient{}
	err := tx.SelectContext(ctx, &list, `
		SELECT COALESCE(p.name, '') AS name, COALESCE(p.phone, '') AS phone, d.channel, d.state, d.reason, d.at,
			COALESCE((SELECT s.place FROM startups s WHERE s.person_id = d.person_id AND s.`+isOpen+` ORDER BY s.id DESC LIMIT 1), '') AS place
		FROM deliveries d LEFT JOIN people p ON p.id = d.person_id WHERE d.queue = $1 ORDER BY d.id`, id)
	return list, wrap("list recipients", err)
}

// WaitingByChannel counts what is still to be sent of an announcement, by channel.
func WaitingByChannel(ctx context.Context, tx *Tx, id int64) (map[string]int, error) {
	rows := []struct {
		Channel string
		Count   int
	}{}
	err := tx.SelectContext(ctx, &rows, `SELECT channel, COUNT(*) AS count FROM deliveries WHERE queue = $1 AND state IN ('queued', 'sending')
		GROUP BY channel`, id)
	waiting := map[string]int{}
	for _, row := range rows {
		waiting[row.Channel] = row.Count
	}
	return waiting, wrap("count what waits by channel", err)
}
