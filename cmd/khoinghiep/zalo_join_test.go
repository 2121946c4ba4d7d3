package main

import (
	"strings"
	"testing"
)

// TestBegunOnZaloFinishedOnTelegram: somebody answers two questions on Zalo, joins a chat on Telegram, and goes on there.
func TestBegunOnZaloFinishedOnTelegram(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		zalo, telegram := newZaloPlatform(t), newPlatform(t)
		p := startProgram(t, onZalo(onTelegram(empty(), telegram, "poll"), zalo))
		saveWebhook(t, zalo, p.url)
		begun := applicants(1, zaloAccounts(zalo))[0]
		if err := begun.answerUntil(t.Context(), askedName+1); err != nil {
			t.Fatal(err)
		}
		begun.send("/noi")
		code := ""
		eventually(t, "the code", func() bool {
			code = shownCode.FindString(strings.Join(begun.read(), "\n"))
			return code != ""
		})
		finished := &applicant{
			account: telegramAccounts(telegram)(begun.name), name: begun.name, phone: begun.phone, project: begun.project,
			begun: true, answered: begun.answered,
		}
		finished.send(code)
		eventually(t, "the offer to join", func() bool { return finished.press("Nối") == nil })
		eventually(t, "the draft", func() bool {
			finished.send("/chuyen")
			return finished.press("Tiếp tục ở đây: Đăng ký dự án") == nil
		})
		mustAll(t, []*applicant{finished}, register)
		checkKept(t, p.app.store, []*applicant{finished})
	})
}
