package zalobot

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"khoinghiep/bot"
)

// quotaPause is how long to wait when Zalo says "quota exceeded": it tells no time [?].
const quotaPause = time.Minute

// refusal is an answer of the API that says no.
type refusal struct {
	code        int // 0 when Zalo gave none
	description string
}

func (r *refusal) Error() string { return fmt.Sprintf("refused with %d: %s", r.code, r.description) }

// meanings says what a refusal amounts to, by its code and a part of its description; the first that fits holds. What is
// not here means that nothing was done and a retry may help: 401, a bad token; 403, which is an internal error at Zalo's;
// and 404, a wrong address [2+]. The descriptions are not documented: those here are guesses by Telegram's [?].
var meanings = []struct {
	code  int
	part  string // lower case
	means error
}{
	{400, "chat not found", bot.ErrUnreachable},
	{400, "user not found", bot.ErrUnreachable},
	{400, "chat_id", bot.ErrUnreachable},
	{400, "blocked", bot.ErrUnreachable},
	{400, "", bot.ErrRejected},
	{404, "chat not found", bot.ErrUnreachable},
	{404, "user not found", bot.ErrUnreachable},
	{408, "", bot.ErrUnknown},                      // "request timeout" [2+]: whether it was done by then is not told [?]
	{413, "", bot.ErrRejected},                     // of a proxy
	{429, "", &bot.RateLimited{After: quotaPause}}, // the rate, or the month's messages [2+]
}

// consequence says which of bot's errors a failed call amounts to; nil: nothing was done and a retry may help.
func (c *call) consequence(err error) error {
	var refused *refusal
	switch {
	case errors.As(err, &refused) && refused.code != 0:
		return refused.means()
	case c.status == http.StatusTooManyRequests:
		return &bot.RateLimited{After: quotaPause}
	case c.status >= http.StatusMultipleChoices:
		return nil // a page of some proxy before Zalo
	case c.reached:
		return bot.ErrUnknown
	}
	return nil
}

func (r *refusal) means() error {
	for _, m := range meanings {
		if r.code == m.code && strings.Contains(strings.ToLower(r.description), m.part) {
			return m.means
		}
	}
	return nil
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
	var refused *refusal
	if errors.As(err, &refused) {
		return &refusal{code: refused.code, description: c.hide(refused.description)}
	}
	if text := err.Error(); strings.Contains(text, c.tokenSecret) {
		return errors.New(c.hide(text))
	}
	return err
}

func (c *Channel) hide(text string) string { return strings.ReplaceAll(text, c.tokenSecret, "***") }

// code is Zalo's error code of a failed call; 0 when Zalo gave none.
func code(err error) int {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.code
	}
	return 0
}
