package main

import (
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// TestZaloRefreshKilled kills the program while it gets tokens, and starts it again: it may go on writing, or it says that the
// consent is lost, also to staff on another platform. Package zalo has the points between, on a store of its own.
func TestZaloRefreshKilled(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		for _, point := range []struct {
			name  string
			fault zalotest.Fault // of the call during which the program dies
			lost  bool
		}{
			{name: "before Zalo hears of it", fault: zalotest.Fault{Cut: true}},
			{name: "before Zalo's answer arrives", fault: zalotest.Fault{Cut: true, Done: true}, lost: true},
		} {
			t.Run(point.name, func(t *testing.T) {
				server, telegram := newZaloPlatform(t), newPlatform(t)
				cfg := onZalo(onTelegram(empty(), telegram, "poll"), server)
				cfg.httpAddr = freeAddress(t)
				s := openKept(t, cfg)
				if err := s.Migrate(t.Context()); err != nil {
					t.Fatal(err)
				}
				officer := telegram.Person("Trần Thị Bình")
				employed(t, s, officer)

				called, killed := make(chan struct{}), make(chan struct{})
				server.Fail(zalotest.PathTokens, func(n int) *zalotest.Fault {
					if n > 1 {
						return nil
					}
					close(called)
					<-killed
					return &point.fault
				})
				c := startSender(t, cfg)
				<-called
				c.kill()
				close(killed)

				startSender(t, cfg)
				p := &program{url: "http://" + cfg.httpAddr}
				if !point.lost {
					eventually(t, "the tokens", func() bool {
						return strings.Contains(p.get(t, "/metrics"), "khoinghiep_zalo_consent 1") && server.Calls(zalotest.PathTokens) == 2
					})
					return
				}
				eventually(t, "the loss is told", func() bool { return strings.Contains(p.get(t, "/readyz"), "consent is lost") })
				eventually(t, "staff hear of it", func() bool {
					return slices.ContainsFunc(officer.Inbox(), func(m telegramtest.Message) bool { return strings.HasPrefix(m.Text, "Zalo mất quyền gửi tin") })
				})
			})
		}
	})
}

// employed makes somebody on Telegram an officer.
func employed(t *testing.T, s *storage.Store, p *telegramtest.Person) {
	t.Helper()
	p.Met()
	now := morning()()
	err := s.InTx(t.Context(), func(tx *storage.Tx) error {
		id, err := storage.EnsurePerson(t.Context(), tx, bot.Address{Channel: "telegram", Chat: p.Chat()}, now)
		if err != nil {
			return err
		}
		return storage.GrantRole(t.Context(), tx, id, storage.Staff, now)
	})
	if err != nil {
		t.Fatal(err)
	}
}
