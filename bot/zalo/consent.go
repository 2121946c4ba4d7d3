package zalo

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// consentTime is how long an admin may take from ConsentURL to FinishConsent. Zalo's code itself lives 10 minutes.
const consentTime = 30 * time.Minute

// ErrConsent means that a call to the callback does not belong to a ConsentURL of ours, or comes too late.
var ErrConsent = errors.New("this consent was not asked for, or too long ago")

// ConsentURL is the page where an admin of the account lets us act for it; it works for half an hour. callback must be
// registered with the app. Any process with the same secrets can finish what another began: nothing is remembered.
func (c *Channel) ConsentURL(callback string) string {
	state := strconv.FormatInt(c.cfg.Clock().Add(consentTime).Unix(), 36) + "." + rand.Text()
	state += "." + c.tag("state", state)
	query := url.Values{"app_id": {c.cfg.AppID}, "redirect_uri": {callback}, "state": {state}}
	if !c.cfg.WithoutPKCE {
		challenge := sha256.Sum256([]byte(c.verifier(state)))
		query.Set("code_challenge", base64.RawURLEncoding.EncodeToString(challenge[:]))
	}
	return c.cfg.OAuthURL + "/v4/oa/permission?" + query.Encode()
}

// verifier is the secret half of PKCE, 43 characters: only who knows our secrets can tell it from the state.
func (c *Channel) verifier(state string) string { return c.tag("verifier", state) }

// FinishConsent takes what Zalo's page brings to the callback (?code&oa_id&state) and stores the grant. Its error wraps
// ErrConsent when the call is not for us.
func (c *Channel) FinishConsent(ctx context.Context, query url.Values) error {
	state, oa := query.Get("state"), query.Get("oa_id")
	if !c.ours(state) || query.Get("code") == "" {
		return fmt.Errorf("zalo: finish a consent: %w", ErrConsent)
	}
	if c.cfg.OA != "" && oa != c.cfg.OA {
		return fmt.Errorf("zalo: finish a consent: it is for another account: %w", ErrConsent)
	}
	form := url.Values{"grant_type": {"authorization_code"}, "code": {query.Get("code")}}
	if !c.cfg.WithoutPKCE {
		form.Set("code_verifier", c.verifier(state))
	}
	always := func(Grant) bool { return true }
	_, err := c.cfg.Tokens.Refresh(context.WithoutCancel(ctx), always, func(ctx context.Context, _ Grant) (Grant, error) {
		g, err := c.askTokens(ctx, form)
		g.OA = oa
		return g, err
	})
	if err != nil {
		return fmt.Errorf("zalo: finish a consent: %w", err)
	}
	return nil
}

// ours tells whether a state comes from ConsentURL and is not too old.
func (c *Channel) ours(state string) bool {
	end := strings.LastIndexByte(state, '.')
	if end < 0 || !hmac.Equal([]byte(state[end+1:]), []byte(c.tag("state", state[:end]))) {
		return false
	}
	until, _, _ := strings.Cut(state, ".")
	seconds, err := strconv.ParseInt(until, 36, 64)
	return err == nil && c.cfg.Clock().Unix() < seconds
}

// tag binds parts to a purpose and to our secrets: 43 characters of A-Z a-z 0-9 _ -. Lengths keep ("ab","c") from ("a","bc").
func (c *Channel) tag(purpose string, parts ...string) string {
	mac := hmac.New(sha256.New, []byte(c.cfg.AppSecret+c.cfg.OASecret))
	for _, part := range append([]string{purpose}, parts...) {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part) // a hash takes everything
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
