package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/jmoiron/sqlx"

	"khoinghiep/bot"
)

// Way is what a channel lets us do to write to people first.
type Way struct {
	Channel      string
	Free, Window time.Duration          // see bot.Abilities
	Template     func(name string) bool // whether there is such a template; nil: there are none
	Budget       int                    // messages a month that may go at a charge, between Free and Window
}

// Mode is how a message goes on a channel.
type Mode string

// The modes, each tried when those before are closed.
const (
	ModeFree     Mode = ""         // as it is
	ModePaid     Mode = "paid"     // as it is, at a charge
	ModeTemplate Mode = "template" // as a template, to the chat
	ModePhone    Mode = "phone"    // as a template, to the person's number, which they gave us for that
)

// Rank is how many modes are closed when this one is: what the platform refuses as it is need not be tried at a charge.
func (m Mode) Rank() int {
	return map[Mode]int{ModeFree: 1, ModePaid: 1, ModeTemplate: 2, ModePhone: 3}[m]
}

// choose finds the best chat of a person that is open, and how the delivery goes there.
func (j *judge) choose(d Delivery, announced string) (at bot.Address, mode Mode, ok bool) {
	for _, chat := range j.reach[d.Person] {
		for _, way := range j.ways {
			if way.Channel != chat.Channel {
				continue
			}
			if mode, ok := j.mode(way, chat, cmp.Or(d.Body, announced), d.Closed); ok {
				return chat.Address, mode, true
			}
		}
	}
	return at, mode, false
}

// mode is the first one that is open. What was closed before was so on the channel with windows, of which there is one; a
// channel without is closed once it, too, refused.
func (j *judge) mode(w Way, chat reachable, body string, closed int) (Mode, bool) {
	age := j.now.Sub(time.UnixMilli(chat.Seen))
	template := closed < ModePhone.Rank() && w.Template != nil && w.Template(templateName(body, w.Template))
	switch {
	case w.Free == 0:
		return ModeFree, closed <= ModePhone.Rank()
	case closed < ModeFree.Rank() && age <= w.Free:
		return ModeFree, true
	case closed < ModePaid.Rank() && age <= w.Window && j.charged[w.Channel] < w.Budget:
		return ModePaid, true
	case closed < ModeTemplate.Rank() && template:
		return ModeTemplate, true
	case template && j.phones[chat.Person] != "":
		return ModePhone, true
	}
	return "", false
}

func templateName(body string, has func(name string) bool) string {
	m := bot.Outgoing{}
	_ = json.Unmarshal([]byte(body), &m) // what cannot be read fails when it is sent
	return TemplateOf(m, has).Name
}

// whyNot is the reason of a delivery that goes nowhere.
func (j *judge) whyNot(d Delivery) string {
	if len(j.reach[d.Person]) > 0 {
		return WindowClosed
	}
	return NoChat
}

// learnWays finds out what the channels with windows need to know.
func (j *judge) learnWays(ctx context.Context, tx *Tx, people []int64) error {
	j.phones, j.charged = map[int64]string{}, map[string]int{}
	for _, w := range j.ways {
		if w.Budget > 0 {
			n, err := charged(ctx, tx, w.Channel, j.now)
			if err != nil {
				return err
			}
			j.charged[w.Channel] = n
		}
		if w.Template != nil && len(j.phones) == 0 {
			if err := j.learnPhones(ctx, tx, people); err != nil {
				return err
			}
		}
	}
	return nil
}

// Charged is how many messages of the month of now, where it is told, went at a charge on a channel.
func (s *Store) Charged(ctx context.Context, channel string, now time.Time) (int, error) {
	return charged(ctx, s.read, channel, now)
}

func charged(ctx context.Context, q sqlx.QueryerContext, channel string, now time.Time) (n int, err error) {
	y, m, _ := now.Date()
	month := time.Date(y, m, 1, 0, 0, 0, 0, now.Location())
	err = sqlx.GetContext(ctx, q, &n, `SELECT COUNT(*) FROM deliveries WHERE mode = 'paid' AND channel = $1 AND at >= $2`, channel, millis(month))
	return n, wrap("count messages at a charge", err)
}

// learnPhones finds the numbers of people who agree that we keep them.
func (j *judge) learnPhones(ctx context.Context, tx *Tx, people []int64) error {
	rows := []struct {
		ID    int64
		Phone string
	}{}
	list, args := in(people)
	err := tx.SelectContext(ctx, &rows, `SELECT p.id, p.phone FROM people p WHERE p.phone <> '' AND p.id IN `+list+` AND
		(SELECT c.given FROM consents c WHERE c.person_id = p.id AND c.purpose = 'dossier' ORDER BY c.id DESC LIMIT 1) = 1`, args...)
	for _, row := range rows {
		j.phones[row.ID] = row.Phone
	}
	return wrap("find phone numbers", err)
}
