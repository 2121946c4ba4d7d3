package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"khoinghiep/bot"
)

// Purpose is what a person agrees to, each by a button of its own (Law 91/2025/QH15 on personal data).
type Purpose string

// The purposes.
const (
	Dossier       Purpose = "dossier"       // keeping and handling a registration
	Announcements Purpose = "announcements" // being told of events, competitions and programmes
	Attendance    Purpose = "attendance"    // keeping who comes to an event
	Voting        Purpose = "voting"        // keeping who votes for which entry of a competition
)

// Consent is the proof of one answer to one question of consent.
type Consent struct {
	Person    int64
	Purpose   Purpose
	Given     bool
	Version   string // of the text that was shown
	Text      string // that text; its hash is kept
	From      bot.Address
	MessageID string // the person's message or press
	At        time.Time
}

// AddConsent keeps the proof; the same message again changes nothing. It waits for whoever has the person locked.
func AddConsent(ctx context.Context, tx *Tx, c Consent) error {
	if err := LockPerson(ctx, tx, c.Person); err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(c.Text))
	given := 0
	if c.Given {
		given = 1
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO consents (id, person_id, purpose, given, version, hash, channel, chat, message_id, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (channel, chat, message_id, purpose) DO NOTHING`,
		NewID(c.At), c.Person, c.Purpose, given, c.Version, hex.EncodeToString(sum[:]), c.From.Channel, c.From.Chat, c.MessageID, millis(c.At))
	return wrap("keep consent", err)
}

// Agrees reports whether, inside tx, the last word of who writes from a on the purpose is yes.
func Agrees(ctx context.Context, tx *Tx, a bot.Address, purpose Purpose) (bool, error) {
	var given int
	err := tx.GetContext(ctx, &given, `
		SELECT given FROM consents WHERE purpose = $3
		AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2) ORDER BY id DESC LIMIT 1`, a.Channel, a.Chat, purpose)
	ok, err := found(err)
	return ok && given == 1, wrap("read consent", err)
}

// ConsentsAt lists what who writes from a agrees to now: the last answer for each purpose counts.
func (s *Store) ConsentsAt(ctx context.Context, a bot.Address) ([]Purpose, error) {
	given := []Purpose{}
	err := s.read.SelectContext(ctx, &given, `
		SELECT purpose FROM consents c WHERE given = 1
		AND person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)
		AND id = (SELECT max(id) FROM consents l WHERE l.person_id = c.person_id AND l.purpose = c.purpose) ORDER BY purpose`, a.Channel, a.Chat)
	return given, wrap("read consents", err)
}
