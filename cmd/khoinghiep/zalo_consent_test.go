package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// zaloEnvironment is what "serve" and the other subcommands read on a fake Zalo.
func zaloEnvironment(t *testing.T, server *zalotest.Server) map[string]string {
	t.Helper()
	return map[string]string{
		"DATABASE_URL": storagetest.SQLiteURL(t), "FILES_DIR": t.TempDir(), "HTTP_ADDR": "127.0.0.1:0", "PUBLIC_URL": "https://bot.example",
		"ZALO_APP_ID": zalotest.AppID, "ZALO_APP_SECRET": zalotest.AppSecret, "ZALO_OA_SECRET": zalotest.OASecret,
		"ZALO_API_URL": server.URL, "ZALO_OAUTH_URL": server.URL, "ZALO_TEMPLATE_URL": server.URL,
	}
}

// khoinghiep runs a subcommand, and gives what it prints.
func khoinghiep(t *testing.T, env map[string]string, args ...string) (printed string, err error) {
	t.Helper()
	out := &strings.Builder{}
	err = run(t.Context(), console{strings.NewReader(""), out, func(name string) string { return env[name] }}, args)
	return out.String(), err
}

// TestZaloLogin: the service starts without a consent and says so; the command prints the page to consent on, which brings
// the admin back to the service; from then on doctor finds all well. Nobody finishes what was not begun.
func TestZaloLogin(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	env := zaloEnvironment(t, server)
	cfg, err := readConfig(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	p := startProgram(t, cfg)
	if body := p.get(t, "/readyz"); !strings.Contains(body, "consent is lost") || p.readiness() != http.StatusOK {
		t.Errorf("before: %d %q", p.readiness(), body)
	}
	if page := p.get(t, "/zalo/oauth?code=1&oa_id="+zalotest.OA+"&state=forged"); !strings.Contains(page, "Liên kết không dùng được") {
		t.Errorf("a forged consent: %s", page)
	}
	printed, err := khoinghiep(t, env, "zalo", "login")
	if err != nil {
		t.Fatal(err)
	}
	consent := printed[strings.Index(printed, server.URL):]
	callback, err := server.Consent(strings.Fields(consent)[0])
	if err != nil {
		t.Fatalf("%v\n%s", err, printed)
	}
	back, err := url.Parse(callback)
	if err != nil || !strings.HasPrefix(callback, "https://bot.example/zalo/oauth?") {
		t.Fatalf("Zalo leads back to %s (%v)", callback, err)
	}
	if page := p.get(t, back.RequestURI()); !strings.Contains(page, "Đã kết nối Zalo") {
		t.Errorf("the consent: %s", page)
	}
	if body := p.get(t, "/readyz"); body != "ok\n" {
		t.Errorf("after: %q", body)
	}
	report, _ := khoinghiep(t, env, "doctor")
	for _, line := range []string{"tốt  Zalo OA: token lấy cách đây 0 giờ, còn dùng được 24 giờ; webhook chưa nhận tin nào, xem lại địa chỉ ở trang quản trị OA; tin tính phí tháng này: 0/0", "LỖI  Mẫu tin Zalo: chưa có số của mẫu ", "–    Zalo Bot: không dùng"} {
		if !strings.Contains(report, line) {
			t.Errorf("doctor does not say %q:\n%s", line, report)
		}
	}
	saveWebhook(t, server, p.url)
	person := server.Person("Lê Văn An")
	person.Send("xin chào")
	eventually(t, "the greeting", func() bool { return person.Received() > 0 })
	if report, _ := khoinghiep(t, env, "doctor"); !strings.Contains(report, "; webhook nhận tin gần nhất lúc ") {
		t.Errorf("doctor does not tell what came:\n%s", report)
	}
}

// TestStaffHearElsewhereThatZaloIsLost: an admin of the account withdraws the consent. Staff hear of it once a day, by day,
// in their other chats; the service stays ready for the other channels.
func TestStaffHearElsewhereThatZaloIsLost(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		server := newZaloPlatform(t)
		cfg := onZalo(empty(), server)
		cfg.still = true // the test is the clock
		now := &moment{at: time.Now()}
		h := openHallAt(t, cfg, now.get)
		today := h.app.engine.Clock()
		morning := time.Date(today.Year(), today.Month(), today.Day()+2, 8, 0, 0, 0, today.Location()) // the tokens are old by then
		nextMorning := morning.AddDate(0, 0, 1)
		renew := func(at time.Time) error {
			now.pass(at.Sub(now.get()))
			return h.app.renewZalo(t.Context(), h.app.engine.Clock())
		}
		code, err := h.app.store.Invite(t.Context(), storage.Staff, now.get(), now.get().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		h.say("officer", code)
		if err := renew(now.get()); err != nil {
			t.Fatal(err)
		}
		server.Revoke()
		for _, at := range []time.Time{morning.Add(-4 * time.Hour), morning, morning.Add(10 * time.Minute), nextMorning} {
			if renew(at) == nil {
				t.Errorf("at %s nothing is wrong", at)
			}
			h.settle()
		}
		heard := []string{}
		for i, text := range h.all("officer") {
			if strings.HasPrefix(text, "Zalo mất quyền gửi tin") {
				heard = append(heard, h.times["officer"][i].Format("02 15:04"))
			}
		}
		if want := []string{morning.Format("02 15:04"), nextMorning.Format("02 15:04")}; !slices.Equal(heard, want) {
			t.Errorf("staff heard on %q, want %q", heard, want)
		}
	})
}

// TestZaloFindsThatTheDomainIsOurs: the tag on the first page, and the file at the root.
func TestZaloFindsThatTheDomainIsOurs(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	env := zaloEnvironment(t, server)
	env["ZALO_VERIFIER"] = "tag=AbC_12-3 file=zalo_verifierAbC_12-3.html There is no limit; really"
	cfg, err := readConfig(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	p := startProgram(t, cfg)
	if page := p.get(t, "/"); !strings.Contains(page, `<meta name="zalo-platform-site-verification" content="AbC_12-3">`) {
		t.Errorf("the first page: %s", page)
	}
	if file := p.get(t, "/zalo_verifierAbC_12-3.html"); file != "There is no limit; really" {
		t.Errorf("the file: %q", file)
	}
}

// TestMistakesInZaloSettingsAreAllNamed names each at once.
func TestMistakesInZaloSettingsAreAllNamed(t *testing.T) {
	t.Parallel()
	env := map[string]string{
		"ZALO_APP_ID": "abc", "ZALO_OA_ID": "x", "ZALO_API_URL": "openapi", "ZALO_RATE": "0", "ZALO_VERIFIER": "AbC", "ZALO_TEMPLATES": t.TempDir(),
		"ZALO_PKCE": "yes", "ZALO_SIGNATURE": "footer", "ZALO_BOT_TOKEN": "1", "ZALO_BOT_MODE": "push",
	}
	_, err := readConfig(func(name string) string { return env[name] })
	for _, name := range []string{"ZALO_APP_ID", "ZALO_APP_SECRET", "ZALO_OA_SECRET", "ZALO_OA_ID", "ZALO_API_URL", "ZALO_RATE", "ZALO_VERIFIER",
		"ZALO_TEMPLATES", "ZALO_PKCE", "ZALO_SIGNATURE", "ZALO_BOT_TOKEN", "ZALO_BOT_MODE", "PUBLIC_URL"} {
		if err == nil || !strings.Contains(err.Error(), "  "+name+": ") {
			t.Errorf("%s is not named: %v", name, err)
		}
	}
}
