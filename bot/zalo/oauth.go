package zalo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// invalidRefreshToken is Zalo's answer to a refresh token that was used before, or has ended [2+].
const invalidRefreshToken = -14014

// askTokens makes one call to the token address. Its error wraps ErrGrantLost when Zalo does not know the refresh token.
// An answer that lacks either token is an error: storing it would lose the grant.
func (c *Channel) askTokens(ctx context.Context, form url.Values) (Grant, error) {
	ctx, cancel := context.WithTimeout(ctx, oauthBudget)
	defer cancel()
	form.Set("app_id", c.cfg.AppID)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.cfg.OAuthURL+"/v4/oa/access_token", strings.NewReader(form.Encode()))
	if err != nil {
		return Grant{}, fmt.Errorf("make a request for tokens: %w", err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("secret_key", c.cfg.AppSecret)
	a := c.fetch(req)
	if a.err != nil {
		return Grant{}, fmt.Errorf("ask for tokens: %w", a.err)
	}
	return readTokens(a, c.cfg.Clock())
}

// readTokens reads the answer of the token address; errors may come with HTTP 200 [2+].
func readTokens(a answer, now time.Time) (Grant, error) {
	var reply struct {
		Access    string `json:"access_token"`
		Refresh   string `json:"refresh_token"`
		ExpiresIn number `json:"expires_in"` // seconds, as a string or a number [2+]
		Error     number `json:"error"`
	}
	err := json.Unmarshal(a.body, &reply)
	life := time.Duration(reply.ExpiresIn) * time.Second
	if life <= 0 || life > tokenLife {
		life = tokenLife
	}
	switch {
	case err != nil:
		return Grant{}, fmt.Errorf("ask for tokens: status %d and no JSON", a.status)
	case reply.Error == invalidRefreshToken:
		return Grant{}, ErrGrantLost
	case reply.Error != 0:
		return Grant{}, fmt.Errorf("ask for tokens: zalo answers %d", reply.Error)
	case reply.Access == "" || reply.Refresh == "":
		return Grant{}, errors.New("ask for tokens: a token is missing from the answer")
	}
	return Grant{Access: reply.Access, Refresh: reply.Refresh, Issued: now, Expires: now.Add(life)}, nil
}
