package zalobot

import (
	"bytes"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"khoinghiep/bot"
)

const (
	secretHeader = "X-Bot-Api-Secret-Token" // [2+]
	updateLimit  = 1 << 20                  // bytes of one webhook call
)

// Receive verifies and decodes one webhook call: none or one Incoming. A call without our secret wraps bot.ErrForged; one
// that is too long or not JSON is an error too. Whatever else carries the secret is no error, were it empty: setWebhook
// tries the address with a call [2+] whose content is not known [?].
func (c *Channel) Receive(r *http.Request) ([]bot.Incoming, error) {
	given := r.Header.Get(secretHeader)
	if c.secret == "" || subtle.ConstantTimeCompare([]byte(given), []byte(c.secret)) != 1 {
		return nil, fmt.Errorf("zalobot webhook: %w", bot.ErrForged)
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, updateLimit))
	if err != nil {
		return nil, fmt.Errorf("zalobot webhook: reading the update: %w", err)
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	var u update
	if err := parse(body, &u); err != nil {
		return nil, fmt.Errorf("zalobot webhook: decoding the update: %w", err)
	}
	if u.Result != nil {
		u.event = *u.Result
	}
	in, ok := decode(u.event, time.Now())
	if !ok {
		return nil, nil
	}
	return []bot.Incoming{in}, nil
}

// SetWebhook makes Zalo deliver updates to url, which must be https and public, with the configured secret. Polling is
// refused from then on, until DropWebhook. Zalo calls url before it answers, so the server must be up; when that call did
// not work, the error tells why, but the webhook is set all the same [1].
func (c *Channel) SetWebhook(ctx context.Context, url string) error {
	if c.secret == "" {
		return errors.New("zalobot setWebhook: a webhook needs a secret, or every call would be refused")
	}
	var set struct {
		Verification struct {
			OK      bool   `json:"ok"`
			Outcome string `json:"outcome"`
			Hint    string `json:"hint"`
		} `json:"verification"`
	}
	params := struct {
		URL    string `json:"url"`
		Secret string `json:"secret_token"`
	}{url, c.secret}
	if err := c.ask(ctx, "setWebhook", params, &set); err != nil {
		return err
	}
	if tried := set.Verification; tried.Outcome != "" && !tried.OK {
		return fmt.Errorf("zalobot setWebhook: Zalo tried the address: %s: %s", tried.Outcome, tried.Hint)
	}
	return nil
}

// DropWebhook ends delivery by webhook so that Poll may begin. Whether updates that are waiting stay for it is not known [?].
func (c *Channel) DropWebhook(ctx context.Context) error {
	var dropped struct{}
	return c.ask(ctx, "deleteWebhook", struct{}{}, &dropped)
}
