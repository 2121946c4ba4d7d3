package telegram

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// gone are parts of the descriptions by which Telegram says, with code 400, that a chat is lost to us. They are not
// documented; these were seen in practice.
var gone = []string{"chat not found", "user not found", "deactivated", "blocked", "PEER_ID_INVALID"}

// consequence says which of bot's errors a failed call amounts to; nil: nothing was done and a retry may help.
func (c *call) consequence(err error) error {
	var refused *tgbotapi.Error
	switch {
	case errors.As(err, &refused):
		// Errors of uploads come without a code; the HTTP status is the same number.
		return refusal(cmp.Or(refused.Code, c.status), refused)
	case c.status == http.StatusTooManyRequests:
		return &bot.RateLimited{After: time.Second}
	case c.status >= 300:
		return nil // a page of some proxy before Telegram
	case c.reached:
		return bot.ErrUnknown
	}
	return nil
}

// refusal reads an answer of the Bot API that says no.
func refusal(code int, refused *tgbotapi.Error) error {
	switch {
	case code == http.StatusTooManyRequests:
		return &bot.RateLimited{After: time.Duration(max(refused.RetryAfter, 1)) * time.Second}
	case code == http.StatusForbidden, code == http.StatusBadRequest && lost(refused):
		return bot.ErrUnreachable
	case code == http.StatusBadRequest, code == http.StatusRequestEntityTooLarge:
		return bot.ErrRejected
	}
	return nil
}

func lost(refused *tgbotapi.Error) bool {
	for _, part := range gone {
		if strings.Contains(refused.Message, part) {
			return true
		}
	}
	return refused.MigrateToChatID != 0
}

// classified joins what an error means for the sender with what happened.
func classified(consequence, cause error) error {
	if consequence == nil {
		return cause
	}
	return fmt.Errorf("%w: %w", consequence, cause)
}

// redact takes the token out of err: net/http prints the address of a failed request, and the address holds the token.
func (c *Channel) redact(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	if text := err.Error(); strings.Contains(text, c.tokenSecret) {
		return errors.New(strings.ReplaceAll(text, c.tokenSecret, "***"))
	}
	return err
}

// code is Telegram's error code of a failed call; 0 when Telegram gave none.
func code(err error) int {
	var refused *tgbotapi.Error
	if errors.As(err, &refused) {
		return refused.Code
	}
	return 0
}
