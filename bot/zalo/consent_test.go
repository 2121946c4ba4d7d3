package zalo_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

const callback = "https://a.vn/zalo/oauth"

// query is what an address carries.
func query(t *testing.T, address string) url.Values {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query()
}

func noGrant(cfg *zalo.Config) { cfg.RefreshToken = "" }

// consented has an admin agree, and gives what comes to the callback.
func consented(t *testing.T, s *zalotest.Server, c *zalo.Channel) url.Values {
	t.Helper()
	back, err := s.Consent(c.ConsentURL(callback))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(back, callback+"?") {
		t.Fatalf("back to %s", back)
	}
	return query(t, back)
}

func TestAConsentMayBeFinishedByAnotherProcess(t *testing.T) {
	for name, change := range map[string]func(*zalo.Config){
		"with PKCE": noGrant, "without PKCE": func(cfg *zalo.Config) { cfg.WithoutPKCE, cfg.RefreshToken = true, "" },
	} {
		s, p := platform(t)
		kept := &tokens{}
		back := consented(t, s, connect(t, s, change))
		server := connect(t, s, change, func(cfg *zalo.Config) { cfg.Tokens = kept })
		if err := server.FinishConsent(t.Context(), back); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := server.Send(t.Context(), p.Chat(), hello); err != nil || kept.kept.OA != zalotest.OA {
			t.Errorf("%s: %+v, %v", name, kept.kept, err)
		}
		if err := server.FinishConsent(t.Context(), back); err == nil {
			t.Errorf("%s: a code worked twice", name)
		}
		if err := server.Health(t.Context()); err != nil {
			t.Errorf("%s: a failed consent did harm: %v", name, err)
		}
	}
}

func TestConsentsThatAreNotOursAreRefused(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s, noGrant)
	for name, change := range map[string]func(url.Values){
		"no state":        func(q url.Values) { q.Del("state") },
		"another state":   func(q url.Values) { q.Set("state", "x.y.z") },
		"a changed state": func(q url.Values) { q.Set("state", "z"+q.Get("state")) },
		"no code":         func(q url.Values) { q.Del("code") },
		"another account": func(q url.Values) { q.Set("oa_id", "1") },
	} {
		q := consented(t, s, c)
		change(q)
		if err := c.FinishConsent(t.Context(), q); !errors.Is(err, zalo.ErrConsent) {
			t.Errorf("%s: %v", name, err)
		}
	}
	late := consented(t, s, c)
	s.Advance(31 * time.Minute)
	if err := c.FinishConsent(t.Context(), late); !errors.Is(err, zalo.ErrConsent) {
		t.Errorf("too late: %v", err)
	}
	if got := s.Calls(zalotest.PathTokens); got != 0 {
		t.Errorf("%d calls for tokens", got)
	}
}

func TestAProofOfAnotherConsentIsRefused(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s, noGrant)
	first, second := consented(t, s, c), consented(t, s, c)
	first.Set("code", second.Get("code")) // somebody else's code under our state
	if err := c.FinishConsent(t.Context(), first); err == nil {
		t.Error("accepted")
	}
}
