package telegram

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

const (
	maxBackoff  = 30 * time.Second // between requests that fail
	lastConfirm = 3 * time.Second  // for the last request, when the program is about to end
)

// updates confirms all updates below offset and fetches at most limit from it on, waiting for the first one up to wait.
func (c *Channel) updates(ctx context.Context, offset, limit int, wait time.Duration) ([]tgbotapi.Update, error) {
	ctx, cancel := context.WithTimeout(ctx, wait+callTimeout)
	defer cancel()
	raw, err := c.do(ctx, "getUpdates", tgbotapi.Params{
		"offset":          strconv.Itoa(offset),
		"limit":           strconv.Itoa(limit),
		"timeout":         strconv.Itoa(int(wait.Seconds())),
		"allowed_updates": updateKinds,
	})
	if err != nil {
		return nil, err
	}
	var updates []tgbotapi.Update
	if err := parse(raw, &updates); err != nil {
		return nil, fmt.Errorf("telegram getUpdates: decoding the updates: %w", err)
	}
	return updates, nil
}

// confirm tells Telegram the last offset; without it a restart would see settled updates again.
func (p *poller) confirm(ctx context.Context) error {
	if p.window.offset == p.told {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, lastConfirm)
	defer cancel()
	if _, err := p.channel.updates(ctx, p.window.offset, 1, 0); err != nil {
		return fmt.Errorf("confirming the last updates: %w", err)
	}
	return nil
}

// failed logs why updates cannot be fetched and waits before the next try, up to 30 s, with jitter so that many bots do
// not come back at once.
func (p *poller) failed(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	wait := min(maxBackoff, 500*time.Millisecond<<min(p.failures, 10))
	wait = wait/2 + rand.N(wait/2)
	p.failures++
	advice := "will try again"
	var limited *bot.RateLimited
	switch {
	case errors.As(err, &limited):
		wait = limited.After
	case code(err) == http.StatusConflict:
		advice, wait = "another program polls with this token, or a webhook is set: stop one of them", maxBackoff/2
	case code(err) == http.StatusUnauthorized:
		advice, wait = "Telegram does not know this token: check it with @BotFather", maxBackoff
	}
	p.channel.log.Warn("telegram: cannot fetch updates", "err", err, "advice", advice, "wait", wait)
	p.sleep(ctx, wait, func() bool { return false })
}
