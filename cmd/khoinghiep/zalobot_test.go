package main

import (
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalobot/zalobottest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// newZaloBotPlatform starts a fake Bot Platform, and gives cfg with it.
func newZaloBotPlatform(t *testing.T, cfg config, mode string) (*zalobottest.Server, config) {
	t.Helper()
	server := zalobottest.New()
	t.Cleanup(server.Close)
	server.RetryAfter(100 * time.Millisecond)
	cfg.zalo.rate = 1000
	cfg.zaloBot = zaloBotConfig{token: zalobottest.Token, api: server.URL, mode: mode, secret: hookSecret}
	return server, cfg
}

// TestRegistrationOnZaloBot: people register with the bot, once the program told the platform where it is, or by polling.
func TestRegistrationOnZaloBot(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"webhook", "poll"} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			server, cfg := newZaloBotPlatform(t, testConfig(storagetest.SQLiteURL(t), ""), mode)
			p := startPublic(t, cfg)
			people := applicants(2, func(name string) account { return &zaloBotAccount{Person: server.Person(name)} })
			mustAll(t, people, register)
			checkKept(t, p.app.store, people)
			used, err := p.app.zaloBot.Usage(t.Context())
			if err != nil || used.People != 2 || used.Messages < 16 || used.Low() {
				t.Errorf("counted: %+v, %v", used, err)
			}
		})
	}
}

// startPublic is startProgram where the platforms find the program at its own port.
func startPublic(t *testing.T, cfg config) *program {
	t.Helper()
	a, err := newApp(t.Context(), cfg, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	a.config.publicURL = "http://" + a.listener.Addr().String()
	return runProgram(t, a)
}

// TestStaffHearBeforeTheBotsPlanRunsOut: once in a month, when four fifths are used.
func TestStaffHearBeforeTheBotsPlanRunsOut(t *testing.T) {
	t.Parallel()
	_, cfg := newZaloBotPlatform(t, testConfig(storagetest.SQLiteURL(t), ""), "webhook")
	noon := time.Date(2026, time.November, 24, 5, 0, 0, 0, time.UTC)
	h := openHallAt(t, cfg, func() time.Time { return noon })
	code, err := h.app.store.Invite(t.Context(), storage.Staff, noon, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	h.say("officer", code)
	counts, err := h.app.store.MessageCounts(t.Context(), "zalobot")
	if err != nil {
		t.Fatal(err)
	}
	use := func(people int) {
		for i := range people {
			if err := counts.Sent(t.Context(), strings.Repeat("p", i+1), noon); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			if err := h.app.warnOfUsage(t.Context(), h.app.engine.Clock()); err != nil {
				t.Fatal(err)
			}
		}
	}
	use(39)
	warnings := func() (n int) {
		for _, text := range h.all("officer") {
			if strings.HasPrefix(text, "Zalo Bot sắp hết hạn mức") {
				n++
			}
		}
		return n
	}
	use(40)
	eventually(t, "a warning", func() bool { return warnings() == 1 })
	if last := h.last("officer"); !strings.Contains(last, "79/3000 tin, tới 40/50 người") {
		t.Errorf("staff read %q", last)
	}
}

// TestDoctorTellsOfTheZaloBot: how much of the plan is used, and that the token is wrong.
func TestDoctorTellsOfTheZaloBot(t *testing.T) {
	t.Parallel()
	server := zalobottest.New()
	t.Cleanup(server.Close)
	env := map[string]string{
		"DATABASE_URL": storagetest.SQLiteURL(t), "FILES_DIR": t.TempDir(), "ZALO_BOT_TOKEN": zalobottest.Token, "ZALO_BOT_API_URL": server.URL, "ZALO_BOT_MODE": "poll",
	}
	for token, want := range map[string]string{
		zalobottest.Token: "tốt  Zalo Bot: tháng này đã gửi 0/3000 tin, tới 0/50 người", "1:wrong": "LỖI  Zalo Bot: không hỏi được",
	} {
		env["ZALO_BOT_TOKEN"] = token
		if report, _ := khoinghiep(t, env, "doctor"); !strings.Contains(report, want) {
			t.Errorf("doctor does not say %q:\n%s", want, report)
		}
	}
}
