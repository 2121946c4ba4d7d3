package zalo_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

var hello = bot.Outgoing{Text: "Xin chào"}

// wait is how long an error asks to wait; 0 when it does not.
func wait(err error) time.Duration {
	limited := &bot.RateLimited{}
	errors.As(err, &limited)
	return limited.After
}

func TestTokensAreRefreshedAheadAndOnlyThen(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	for _, step := range []struct {
		later     time.Duration
		refreshes int
	}{{0, 1}, {19 * time.Hour, 1}, {2 * time.Hour, 2}, {10 * time.Minute, 2}} {
		s.Advance(step.later)
		p.Met()
		if err := c.Renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil {
			t.Fatal(err)
		}
		if got := s.Calls(zalotest.PathTokens); got != step.refreshes {
			t.Errorf("%s later: %d refreshes, want %d", step.later, got, step.refreshes)
		}
	}
	if err := c.Health(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestAnEndedTokenIsRefreshedBeforeSending(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	for range 2 {
		if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil {
			t.Fatal(err)
		}
		s.Advance(26 * time.Hour)
		p.Met()
	}
	if s.Calls(zalotest.PathMessage) != 2 {
		t.Error("a token was tried that had ended")
	}
	if err := c.Health(t.Context()); err == nil || errors.Is(err, zalo.ErrGrantLost) {
		t.Errorf("with an ended token: %v", err)
	}
}

// TestReplicasRefreshOnce has many senders of two processes find the token refused at once.
func TestReplicasRefreshOnce(t *testing.T) {
	s, p := platform(t)
	s.FreeReplies(0)
	kept := &tokens{}
	share := func(cfg *zalo.Config) { cfg.Tokens = kept }
	replicas := []*zalo.Channel{connect(t, s, share), connect(t, s, share)}
	if err := replicas[0].Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Advance(time.Hour)
	s.EndAccess()
	var senders sync.WaitGroup
	for i := range 20 {
		senders.Go(func() {
			if _, err := replicas[i%2].Send(t.Context(), p.Chat(), hello); err != nil {
				t.Error(err)
			}
		})
	}
	senders.Wait()
	if got := s.Calls(zalotest.PathTokens); got != 2 {
		t.Errorf("%d refreshes, want the first and one", got)
	}
}

// TestMessagesGoOutWhileTheTokensAreOutOfReach: the token that was read last serves, for as long as it lives.
func TestMessagesGoOutWhileTheTokensAreOutOfReach(t *testing.T) {
	s, p := platform(t)
	kept := &tokens{}
	c := connect(t, s, func(cfg *zalo.Config) { cfg.Tokens = kept })
	if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil {
		t.Fatal(err)
	}
	gone := errors.New("the database is gone")
	kept.breaks(gone)
	if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil {
		t.Errorf("meanwhile: %v", err)
	}
	s.Advance(25 * time.Hour)
	if _, err := c.Send(t.Context(), p.Chat(), hello); !errors.Is(err, gone) || wait(err) != time.Minute {
		t.Errorf("once the token has ended: %v", err)
	}
}

func TestALostGrantIsToldAndEverythingWaits(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	if err := c.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Advance(21 * time.Hour)
	thief := connect(t, s, func(cfg *zalo.Config) { cfg.Tokens = &tokens{} })
	if err := thief.Renew(t.Context()); err != nil { // uses our refresh token up
		t.Fatal(err)
	}
	if err := c.Renew(t.Context()); !errors.Is(err, zalo.ErrGrantLost) {
		t.Errorf("Renew: %v", err)
	}
	if err := c.Health(t.Context()); !errors.Is(err, zalo.ErrGrantLost) {
		t.Errorf("Health: %v", err)
	}
	refreshes := s.Calls(zalotest.PathTokens)
	for range 5 {
		_, err := c.Send(t.Context(), p.Chat(), hello)
		if !errors.Is(err, zalo.ErrGrantLost) || wait(err) != time.Minute || errors.Is(err, bot.ErrUnknown) {
			t.Errorf("Send: %v", err)
		}
	}
	if s.Calls(zalotest.PathTokens) != refreshes {
		t.Error("Zalo is asked with each message")
	}
	callback, err := s.Consent(c.ConsentURL("https://a.vn/zalo/oauth"))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.FinishConsent(t.Context(), query(t, callback)); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil || c.Health(t.Context()) != nil {
		t.Errorf("after a new consent: %v", err)
	}
}

func TestWhileItLastsAnAccessTokenServesAfterTheGrantIsLost(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	if err := c.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Advance(21 * time.Hour)
	s.Fail(zalotest.PathTokens, zalotest.First(1, zalotest.Refuse(-14014)))
	if err := c.Renew(t.Context()); !errors.Is(err, zalo.ErrGrantLost) {
		t.Errorf("Renew: %v", err)
	}
	if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil {
		t.Errorf("Send: %v", err)
	}
	s.Advance(time.Hour)
	if err := c.Renew(t.Context()); err != nil || c.Health(t.Context()) != nil {
		t.Errorf("an hour later, with Zalo in better mood: %v", err)
	}
}

func TestWithoutAnyGrantTheChannelSaysSo(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, func(cfg *zalo.Config) { cfg.RefreshToken = "" })
	_, sendErr := c.Send(t.Context(), p.Chat(), hello)
	for name, err := range map[string]error{"Send": sendErr, "Renew": c.Renew(t.Context()), "Health": c.Health(t.Context())} {
		if !errors.Is(err, zalo.ErrGrantLost) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestBadAnswersOfOAuthStoreNothing has the token address answer nonsense: what we have stays, and serves when it is over.
func TestBadAnswersOfOAuthStoreNothing(t *testing.T) {
	for name, fault := range map[string]zalotest.Fault{
		"no access token":  {Body: `{"refresh_token":"r","expires_in":"90000"}`},
		"no refresh token": {Body: `{"access_token":"a","expires_in":90000}`},
		"nothing":          {Body: `{}`},
		"another error":    {Body: `{"error":-14001,"error_name":"x"}`},
		"not JSON":         zalotest.Page(200),
		"unavailable":      zalotest.Page(503),
		"cut":              {Cut: true},
	} {
		s, p := platform(t)
		kept := &tokens{}
		c := connect(t, s, func(cfg *zalo.Config) { cfg.Tokens = kept })
		if err := c.Renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		before := kept.kept
		s.Advance(26 * time.Hour)
		p.Met()
		s.Fail(zalotest.PathTokens, zalotest.Always(fault))
		_, err := c.Send(t.Context(), p.Chat(), hello)
		if err == nil || errors.Is(err, zalo.ErrGrantLost) || wait(err) != time.Minute || kept.kept != before {
			t.Errorf("%s: %v", name, err)
		}
		s.Fail(zalotest.PathTokens, nil)
		if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil {
			t.Errorf("%s, and over: %v", name, err)
		}
	}
}

func TestAFreshTokenThatIsRefusedIsNotReplacedAgainAndAgain(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	s.Fail(zalotest.PathMessage, zalotest.Always(zalotest.Refuse(-216)))
	for range 5 {
		if _, err := c.Send(t.Context(), p.Chat(), hello); err == nil {
			t.Fatal("sent")
		}
	}
	if got := s.Calls(zalotest.PathTokens); got != 1 {
		t.Errorf("%d refreshes", got)
	}
}

// TestGivingUpASendDoesNotLoseTheGrant ends a send while its refresh is under way: the refresh goes on.
func TestGivingUpASendDoesNotLoseTheGrant(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	s.Fail(zalotest.PathTokens, func(int) *zalotest.Fault {
		cancel()
		return nil
	})
	if _, err := c.Send(ctx, p.Chat(), hello); !errors.Is(err, context.Canceled) {
		t.Errorf("the given up send: %v", err)
	}
	s.Fail(zalotest.PathTokens, nil)
	if _, err := c.Send(t.Context(), p.Chat(), hello); err != nil || s.Calls(zalotest.PathTokens) != 1 {
		t.Errorf("the next: %v, after %d refreshes", err, s.Calls(zalotest.PathTokens))
	}
}
