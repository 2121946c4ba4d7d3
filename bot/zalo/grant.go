package zalo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"khoinghiep/bot"
)

// ErrGrantLost means that we may not act for the account any more: an admin must consent again, see ConsentURL. Send wraps
// it together with *bot.RateLimited, so that everything waits meanwhile.
var ErrGrantLost = errors.New("the zalo account's consent is lost: an admin of it must consent again")

const (
	renewAfter  = 20 * time.Hour   // of the 25 h that an access token lives [2+]
	earlyEnd    = time.Minute      // before its end a token is not used any more: a call takes time
	justIssued  = time.Minute      // a token this young that is refused is not replaced: another would be refused, too
	lostPause   = time.Hour        // between attempts with a refresh token that was refused
	grantPause  = time.Minute      // after which what waits for a token is tried again
	tokenLife   = 25 * time.Hour   // where Zalo does not tell [2+]
	oauthBudget = 10 * time.Second // for one call; shorter than the lock of Tokens may be held
)

// Grant is a consent of the account's admin: the tokens that prove it.
type Grant struct {
	OA      string    // id of the account, when Zalo told
	Access  string    // what calls carry
	Refresh string    // for the next Access; works once, for 3 months [2+]
	Issued  time.Time // when the tokens came; zero: never
	Expires time.Time // when Access ends
	Lost    time.Time // when Zalo last refused Refresh; zero: it did not
}

// Tokens keeps the grant of one account for all processes that serve it.
type Tokens interface {
	// Grant is the present grant; the zero Grant when there was none yet.
	Grant(ctx context.Context) (Grant, error)
	// Refresh holds a lock that no other process gets past, reads the grant, and if it is due, stores what exchange makes of
	// it and gives that; else it gives what it read. An error of exchange stores nothing. Nothing may end the call between
	// exchange and storing: the old refresh token is used up by then. A lock that a dead process held must come free.
	Refresh(ctx context.Context, due func(Grant) bool, exchange func(context.Context, Grant) (Grant, error)) (Grant, error)
}

// Renew refreshes the tokens once they are 20 hours old. Every process may call it as often as it likes, say each 15
// minutes: one refresh is made. Its error wraps ErrGrantLost when Zalo refuses.
func (c *Channel) Renew(ctx context.Context) error {
	g, err := c.refresh(ctx, func(g Grant) bool { return c.cfg.Clock().Sub(g.Issued) >= renewAfter })
	if err != nil {
		return fmt.Errorf("zalo: renew the tokens: %w", err)
	}
	return c.sound(g)
}

// Health tells whether we may act for the account, without calling Zalo. Its error wraps ErrGrantLost when nothing but a
// new consent helps; the access token may still work for some hours then.
func (c *Channel) Health(ctx context.Context) error {
	g, err := c.cfg.Tokens.Grant(ctx)
	if err != nil {
		return fmt.Errorf("zalo: read the tokens: %w", err)
	}
	return c.sound(g)
}

func (c *Channel) sound(g Grant) error {
	switch {
	case !g.Lost.IsZero(), g.Refresh == "" && c.cfg.RefreshToken == "":
		return fmt.Errorf("zalo: %w", ErrGrantLost)
	case g.Access != "" && c.expired(g):
		return errors.New("zalo: the access token has ended and was not refreshed")
	}
	return nil
}

// expired tells that the access token cannot be used any more.
func (c *Channel) expired(g Grant) bool { return !c.cfg.Clock().Before(g.Expires.Add(-earlyEnd)) }

// grant is one whose access token can be used. While Tokens is out of reach, the one that it gave last serves.
func (c *Channel) grant(ctx context.Context) (Grant, error) {
	g, err := c.cfg.Tokens.Grant(ctx)
	if err == nil {
		c.last.Store(&g)
	} else if last := c.last.Load(); last != nil && !c.expired(*last) {
		return *last, nil
	}
	if err == nil && c.expired(g) {
		g, err = c.refresh(ctx, c.expired)
	}
	if err == nil && c.expired(g) {
		err = ErrGrantLost
	}
	return g, waiting(err)
}

// replaced is a grant with another access token than the one in refused, which Zalo just refused.
func (c *Channel) replaced(ctx context.Context, refused Grant) (Grant, error) {
	g, err := c.refresh(ctx, func(g Grant) bool {
		return g.Access == refused.Access && c.cfg.Clock().Sub(g.Issued) >= justIssued
	})
	switch {
	case err != nil:
	case !g.Lost.IsZero():
		err = ErrGrantLost
	case g.Access == refused.Access:
		err = errToken
	}
	return g, waiting(err)
}

// waiting marks an error as one of the channel and not of the message: nothing was sent, and everything waits.
func waiting(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("no token: %w: %w", err, &bot.RateLimited{After: grantPause})
}

// refresh exchanges the tokens if they are due. It goes on when ctx ends: giving up between Zalo's answer and storing it
// would lose the grant.
func (c *Channel) refresh(ctx context.Context, due func(Grant) bool) (Grant, error) {
	again := func(g Grant) bool { return c.cfg.Clock().Sub(g.Lost) >= lostPause && due(g) }
	return c.cfg.Tokens.Refresh(context.WithoutCancel(ctx), again, c.exchange)
}

// exchange asks for the next tokens. That Zalo refuses is a result, too, and stored: every process knows it then, and the
// old access token serves until it ends.
func (c *Channel) exchange(ctx context.Context, old Grant) (Grant, error) {
	token := cmp.Or(old.Refresh, c.cfg.RefreshToken)
	if token == "" {
		return Grant{}, ErrGrantLost
	}
	fresh, err := c.askTokens(ctx, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}})
	if errors.Is(err, ErrGrantLost) {
		old.Lost = c.cfg.Clock()
		return old, nil
	}
	fresh.OA = old.OA
	return fresh, err
}
