package zalotest_test

import (
	"net/url"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
)

func TestRefreshTokensWorkOnce(t *testing.T) {
	s, _ := start(t)
	refresh := func(token string) result {
		return ask(t, s, zalotest.AppSecret, "grant_type", "refresh_token", "refresh_token", token)
	}
	first := s.RefreshToken()
	got := refresh(first)
	if got.Access == "" || got.Refresh == first || got.Refresh != s.RefreshToken() || got.Expires != "90000" {
		t.Errorf("%+v", got)
	}
	check(t, "again", refresh(first), -14014)
	check(t, "none", refresh(""), -14014)
	check(t, "the next", refresh(got.Refresh), 0)
	s.Advance(91 * 24 * time.Hour)
	check(t, "after three months", refresh(s.RefreshToken()), -14014)
}

func TestTokensEnd(t *testing.T) {
	s, p := start(t)
	body := `{"user_id":"` + p.Chat() + `"}`
	for _, ending := range []struct {
		name string
		end  func()
	}{
		{"with time", func() { s.Advance(25 * time.Hour) }}, {"early", s.EndAccess}, {"with the next", func() { token(t, s) }}, {"revoked", s.Revoke},
	} {
		access := token(t, s)
		check(t, ending.name+", before", post(t, s, access, zalotest.PathQuota, body), 0)
		ending.end()
		check(t, ending.name, post(t, s, access, zalotest.PathQuota, body), -216)
	}
	check(t, "refresh after revoking", ask(t, s, zalotest.AppSecret, "grant_type", "refresh_token", "refresh_token", s.RefreshToken()), -14014)
}

// code is what a consent brings.
func code(t *testing.T, s *zalotest.Server, challenge string) string {
	t.Helper()
	page := s.URL + "/v4/oa/permission?" + url.Values{
		"app_id": {zalotest.AppID}, "redirect_uri": {"https://a.vn/x"}, "state": {"st"}, "code_challenge": {challenge},
	}.Encode()
	back, err := s.Consent(page)
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(back)
	if err != nil || u.Query().Get("oa_id") != zalotest.OA || u.Query().Get("state") != "st" {
		t.Fatalf("%s, %v", back, err)
	}
	return u.Query().Get("code")
}

func TestCodesAreRefusedAsZaloDoes(t *testing.T) {
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" // of RFC 7636
	s, _ := start(t)
	redeem := func(code, verifier string) result {
		return ask(t, s, zalotest.AppSecret, "grant_type", "authorization_code", "code", code, "code_verifier", verifier)
	}
	given := code(t, s, challenge)
	check(t, "with PKCE", redeem(given, verifier), 0)
	check(t, "twice", redeem(given, verifier), -14003)
	check(t, "wrong proof", redeem(code(t, s, challenge), "x"), -14003)
	check(t, "no proof", redeem(code(t, s, challenge), ""), -14003)
	late := code(t, s, "")
	s.Advance(11 * time.Minute)
	check(t, "late", redeem(late, ""), -14003)
	check(t, "wrong secret", ask(t, s, "x", "grant_type", "refresh_token", "refresh_token", s.RefreshToken()), -14002)
	check(t, "another app", ask(t, s, zalotest.AppSecret, "app_id", "1"), -14002)
	check(t, "another type", ask(t, s, zalotest.AppSecret, "grant_type", "password"), -14002)
	for _, page := range []string{"/v4/oa/permission?app_id=1&redirect_uri=https://a.vn", "/v4/permission?app_id=" + zalotest.AppID, "%zz"} {
		if _, err := s.Consent(page); err == nil {
			t.Errorf("%s: consented", page)
		}
	}
}
