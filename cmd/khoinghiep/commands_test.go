package main

import (
	"net"
	"strings"
	"testing"

	"khoinghiep/storage/storagetest"
)

// TestArgumentsAreExplained holds that help is no failure and that what is not understood is told in Vietnamese.
func TestArgumentsAreExplained(t *testing.T) {
	t.Parallel()
	if printed, err := khoinghiep(t, nil, "demo", "--help"); err != nil || !strings.Contains(printed, "-terminal") {
		t.Errorf("help: %q, %v", printed, err)
	}
	for _, args := range [][]string{{"demo", "--no-such-flag"}, {"demo", "terminal"}, {"invite", "staff"}} {
		printed, err := khoinghiep(t, nil, args...)
		if err == nil || !strings.Contains(err.Error(), "--help") || printed != "" {
			t.Errorf("%v: %q, %v", args, printed, err)
		}
	}
}

// TestInvitationsHaveALink holds that a code comes with a page, also before there is a public address.
func TestInvitationsHaveALink(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ public, addr, want string }{
		{"https://bot.example", "", "Liên kết: https://bot.example/m/"},
		{"", "", "http://127.0.0.1:8080/m/"},
		{"", "0.0.0.0:9090", "http://127.0.0.1:9090/m/"},
	} {
		env := map[string]string{"DATABASE_URL": storagetest.SQLiteURL(t), "PUBLIC_URL": c.public, "HTTP_ADDR": c.addr}
		if printed, err := khoinghiep(t, env, "invite", "--role", "staff"); err != nil || !strings.Contains(printed, c.want) {
			t.Errorf("%+v: %q, %v", c, printed, err)
		}
	}
}

// TestTheDemoHasLinks holds that files and codes can be opened in the demo, which has no public address.
func TestTheDemoHasLinks(t *testing.T) {
	t.Parallel()
	cfg, err := demoConfig(func(name string) string { return map[string]string{"HTTP_ADDR": "127.0.0.1:9090"}[name] })
	if err != nil || cfg.publicURL != "http://127.0.0.1:9090" {
		t.Errorf("%q, %v", cfg.publicURL, err)
	}
}

// TestAServiceThatCannotStartSaysWhy holds that a port in use is an error to read, and not a crash.
func TestAServiceThatCannotStartSaysWhy(t *testing.T) {
	t.Parallel()
	other, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	env := map[string]string{"DATABASE_URL": storagetest.SQLiteURL(t), "HTTP_ADDR": other.Addr().String()}
	if _, err := khoinghiep(t, env, "serve"); err == nil || !strings.Contains(err.Error(), "listen on "+env["HTTP_ADDR"]) {
		t.Errorf("got %v", err)
	}
}
