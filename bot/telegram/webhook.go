package telegram

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

const (
	secretHeader = "X-Telegram-Bot-Api-Secret-Token"
	updateLimit  = 1 << 20 // bytes of one webhook call
)

// Receive verifies and decodes one webhook call: none or one Incoming. A call without our secret wraps bot.ErrForged;
// one that is too long or not an update is an error too.
func (c *Channel) Receive(r *http.Request) ([]bot.Incoming, error) {
	given := r.Header.Get(secretHeader)
	if c.secret == "" || subtle.ConstantTimeCompare([]byte(given), []byte(c.secret)) != 1 {
		return nil, fmt.Errorf("telegram webhook: %w", bot.ErrForged)
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, updateLimit))
	if err != nil {
		return nil, fmt.Errorf("telegram webhook: reading the update: %w", err)
	}
	var u tgbotapi.Update
	if err := parse(body, &u); err != nil {
		return nil, fmt.Errorf("telegram webhook: decoding the update: %w", err)
	}
	if u.UpdateID <= 0 {
		return nil, errors.New("telegram webhook: not an update")
	}
	in, ok := decode(u, time.Now())
	if !ok {
		return nil, nil
	}
	return []bot.Incoming{in}, nil
}

// SetWebhook makes Telegram deliver updates to url, which must be https, with the configured secret. Polling is
// refused from then on, until DropWebhook.
func (c *Channel) SetWebhook(ctx context.Context, url string) error {
	if c.secret == "" {
		return errors.New("telegram setWebhook: a webhook needs a secret, or every call would be refused")
	}
	return c.tell(ctx, "setWebhook", tgbotapi.Params{
		"url": url, "secret_token": c.secret, "allowed_updates": updateKinds,
	})
}

// DropWebhook ends delivery by webhook so that Poll may begin. Updates that are waiting stay for it.
func (c *Channel) DropWebhook(ctx context.Context) error {
	return c.tell(ctx, "deleteWebhook", tgbotapi.Params{"drop_pending_updates": "false"})
}
