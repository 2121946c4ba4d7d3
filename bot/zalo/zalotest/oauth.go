package zalotest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"time"
)

const (
	accessLife  = 25 * time.Hour
	refreshLife = 90 * 24 * time.Hour
	codeLife    = 10 * time.Minute
)

// oauth is what the account's admin agreed to. Server.mu guards it.
type oauth struct {
	access, refresh string // the only valid ones
	issued          time.Time
	codes           map[string]code
}

// code is what a consent brings, once.
type code struct {
	challenge string // of PKCE; "": none
	until     time.Time
}

// RefreshToken is the one that works now: what the console shows when an admin agreed there.
func (s *Server) RefreshToken() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.oauth.refresh
}

// EndAccess makes Zalo refuse the access token before its time; the refresh token works.
func (s *Server) EndAccess() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth.access = ""
}

// Revoke has an admin withdraw the consent: no token works any more.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.oauth.access, s.oauth.refresh = "", ""
}

// Consent has an admin open the consent page and agree. It gives the address that the browser is sent to, or tells what
// Zalo would not show the page for.
func (s *Server) Consent(page string) (callback string, err error) {
	u, err := url.Parse(page)
	if err != nil {
		return "", err
	}
	query := u.Query()
	back, err := url.Parse(query.Get("redirect_uri"))
	if u.Path != "/v4/oa/permission" || query.Get("app_id") != AppID || err != nil || back.Host == "" {
		return "", errors.New("not a consent page of the app")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	given := rand.Text()
	s.oauth.codes[given] = code{challenge: query.Get("code_challenge"), until: s.now().Add(codeLife)}
	back.RawQuery = url.Values{"code": {given}, "oa_id": {OA}, "state": {query.Get("state")}}.Encode()
	return back.String(), nil
}

// tokens answers the token address.
func (s *Server) tokens(r *http.Request) any {
	_ = r.ParseForm() // before the lock; what cannot be read is missing
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Header.Get("secret_key") != AppSecret || r.PostFormValue("app_id") != AppID {
		return refuseOAuth(codeBadClient)
	}
	if code := s.redeem(r); code != 0 {
		return refuseOAuth(code)
	}
	s.grant()
	return map[string]string{"access_token": s.oauth.access, "refresh_token": s.oauth.refresh, "expires_in": "90000"}
}

// redeem uses up what a call brings for tokens, or tells why it cannot.
func (s *Server) redeem(r *http.Request) (refusal int) {
	switch r.PostFormValue("grant_type") {
	case "authorization_code":
		given := r.PostFormValue("code")
		c, known := s.oauth.codes[given]
		delete(s.oauth.codes, given)
		if !known || s.now().After(c.until) || !c.proven(r.PostFormValue("code_verifier")) {
			return codeBadCode
		}
		return 0
	case "refresh_token":
		given := r.PostFormValue("refresh_token")
		if given == "" || given != s.oauth.refresh || s.now().After(s.oauth.issued.Add(refreshLife)) {
			return codeBadRefreshToken
		}
		return 0
	}
	return codeBadClient
}

// proven tells that PKCE's verifier belongs to the challenge.
func (c code) proven(verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return c.challenge == "" && verifier == "" || c.challenge == base64.RawURLEncoding.EncodeToString(sum[:])
}

// grant makes new tokens; the old ones end. The caller holds the lock, or is New.
func (s *Server) grant() {
	s.oauth.access, s.oauth.refresh, s.oauth.issued = "access-"+rand.Text(), "refresh-"+rand.Text(), s.now()
}

func (s *Server) validAccess(token string) bool {
	return token != "" && token == s.oauth.access && s.now().Before(s.oauth.issued.Add(accessLife))
}

func refuseOAuth(code int) any {
	return map[string]any{"error": code, "error_name": "refused", "error_reason": "refused", "error_description": "refused"}
}
