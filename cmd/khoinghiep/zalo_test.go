package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestRegistrationOnZalo: people register on the Official Account, by webhook, each event coming twice.
func TestRegistrationOnZalo(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		server := newZaloPlatform(t)
		p := startProgram(t, onZalo(empty(), server))
		saveWebhook(t, server, p.url)
		server.Duplicate(2, p.url+"/hooks/zalo")
		people := applicants(3, zaloAccounts(server))
		mustAll(t, people, register)
		checkKept(t, p.app.store, people)
		if page := p.get(t, "/metrics"); !strings.Contains(page, `khoinghiep_zalo_signatures_total{variant="body"}`) ||
			!strings.Contains(page, `khoinghiep_zalo_messages_total{quota="reply"}`) || !strings.Contains(page, "khoinghiep_zalo_consent 1") {
			t.Errorf("the metrics do not tell of Zalo:\n%s", page)
		}
	})
}

// saveWebhook tells Zalo's console where the program is.
func saveWebhook(t testing.TB, server *zalotest.Server, url string) {
	t.Helper()
	if err := server.SetWebhook(url + "/hooks/zalo"); err != nil {
		t.Fatal(err)
	}
}

// get is the body of a page.
func (p *program) get(t *testing.T, path string) string {
	t.Helper()
	resp, err := http.Get(p.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// TestAHumanAnswersOnZalo: an admin of the account writes by hand to somebody who asked. The bot is silent, and staff see
// that it is being answered.
func TestAHumanAnswersOnZalo(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	cfg := onZalo(testConfig(storagetest.SQLiteURL(t), ""), server)
	h := openHall(t, cfg)
	saveWebhook(t, server, "http://"+h.app.listener.Addr().String())
	code, err := h.app.store.Invite(t.Context(), storage.Staff, time.Now(), time.Now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	h.say("officer", code)
	asker := server.Person("Trần Thị Bình")
	asker.Send("gặp cán bộ")
	asker.Send("Dự án của tôi cần giấy phép gì?")
	eventually(t, "the request", func() bool { return told(asker, "Đã gửi yêu cầu YC-") })
	asker.HearFrom("admin-1", "Chào chị, em gọi lại ngay ạ.")
	eventually(t, "the event is taken", func() bool { return server.Pending() == 0 })
	before := asker.Received()
	h.say("officer", "yêu cầu")
	eventually(t, "the list", func() bool { return strings.Contains(h.last("officer"), "YC-") })
	if got := h.last("officer"); !strings.Contains(got, "Đã trả lời · cán bộ đang trả lời ngay trên Zalo") {
		t.Errorf("staff see\n%s", got)
	}
	if asker.Received() != before {
		t.Errorf("the bot answered the admin: %+v", asker.Inbox()[before:])
	}
}

func told(p *zalotest.Person, part string) bool {
	return slices.ContainsFunc(p.Inbox(), func(m zalotest.Message) bool { return strings.Contains(m.Text, part) })
}

// TestTheFormOfZaloFillsSeveralAnswers: the number that is asked for, and the place that is asked for next.
func TestTheFormOfZaloFillsSeveralAnswers(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	p := startProgram(t, onZalo(testConfig(storagetest.SQLiteURL(t), ""), server))
	saveWebhook(t, server, p.url)
	f := applicants(1, zaloAccounts(server))[0]
	mustAll(t, []*applicant{f}, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, askedName+1) })
	person := f.account.(*zaloAccount).Person
	eventually(t, "the card", func() bool {
		return slices.ContainsFunc(person.Inbox(), func(m zalotest.Message) bool { return m.Card != "" })
	})
	if err := person.ShareInfo(zalotest.Info{Name: "Ai Đó", Phone: "84912345000", Address: "12 Quang Trung", Ward: "Xã Ba Vinh", City: "Quảng Ngãi"}); err != nil {
		t.Fatal(err)
	}
	f.answered = askedProject
	mustAll(t, []*applicant{f}, register)
	checkKept(t, p.app.store, []*applicant{f})
	if f.titled("Nơi thực hiện") > 0 {
		t.Errorf("the place was asked for: %q", f.read())
	}
}

// TestTheFormOfZaloFillsWhatIsAsked: what people share by Zalo's own form is the answer to the question of their phone, or
// name, and to nothing else; without a question the bot is silent.
func TestTheFormOfZaloFillsWhatIsAsked(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	p := startProgram(t, onZalo(testConfig(storagetest.SQLiteURL(t), ""), server))
	saveWebhook(t, server, p.url)
	f := applicants(1, zaloAccounts(server))[0]
	mustAll(t, []*applicant{f}, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, askedName+1) })
	person := f.account.(*zaloAccount).Person
	share := func() {
		if err := person.ShareInfo(zalotest.Info{Name: "Ai Đó", Phone: "84912345000"}); err != nil {
			t.Fatal(err)
		}
		eventually(t, "the form is taken", func() bool { return server.Pending() == 0 })
	}
	eventually(t, "the card", func() bool {
		return slices.ContainsFunc(person.Inbox(), func(m zalotest.Message) bool { return m.Card != "" })
	})
	share()
	f.answered++
	eventually(t, "the next question", func() bool { return f.titled("Nơi thực hiện") > 0 })
	before := person.Received()
	share()
	if person.Received() != before {
		t.Errorf("a question that is not of name or phone: %+v", person.Inbox()[before:])
	}
	mustAll(t, []*applicant{f}, register)
	checkKept(t, p.app.store, []*applicant{f})
	eventually(t, "all is said", func() bool { return atRest(t.Context(), p.app) })
	before = person.Received()
	share()
	if person.Received() != before {
		t.Errorf("nothing was asked: %+v", person.Inbox()[before:])
	}
}
