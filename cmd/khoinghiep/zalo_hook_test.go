package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestZaloIsAnsweredInTimeHoweverSlowTheDatabase keeps the database from writing while somebody registers. Zalo gets an
// answer within its 2 s, delivers again, and everybody gets to the end with each question asked once.
func TestZaloIsAnsweredInTimeHoweverSlowTheDatabase(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	server := newZaloPlatform(t)
	p := startProgram(t, onZalo(cfg, server))
	saveWebhook(t, server, p.url)
	person := server.Person("Lê Văn An")
	body := fmt.Appendf(nil, `{"app_id":%q,"sender":{"id":%q},"recipient":{"id":%q},"event_name":"user_send_text","message":{"text":"menu","msg_id":"first"},"timestamp":"1790000000000"}`,
		zalotest.AppID, person.ID, zalotest.OA)
	person.Met()

	release := lockDatabase(t, openKept(t, cfg))
	if status := deliverToZaloHook(t, p, body); status != http.StatusServiceUnavailable {
		t.Errorf("while nothing can be written, the answer is %d", status)
	}
	release()
	eventually(t, "the redelivery is taken", func() bool { return deliverToZaloHook(t, p, body) == http.StatusOK })
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := person.WaitFor(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if status := deliverToZaloHook(t, p, body); status != http.StatusOK {
		t.Errorf("once more: %d", status)
	}
	f := &applicant{account: &zaloAccount{Person: person}, name: "Lê Văn An", phone: "0912 345 678", project: "Sấy mít"}
	mustAll(t, []*applicant{f}, register)
	checkKept(t, p.app.store, []*applicant{f})
	greetings := 0
	for _, m := range person.Inbox() {
		if strings.HasPrefix(m.Text, "Chào bạn.") {
			greetings++
		}
	}
	if greetings != 1 {
		t.Errorf("one message was greeted %d times", greetings)
	}
}

// lockDatabase keeps everybody else from writing to a SQLite database until release.
func lockDatabase(t *testing.T, s *storage.Store) (release func()) {
	t.Helper()
	locked, open, closed := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		closed <- s.InTx(context.WithoutCancel(t.Context()), func(*storage.Tx) error { close(locked); <-open; return nil })
	}()
	<-locked
	return func() {
		close(open)
		if err := <-closed; err != nil {
			t.Error(err)
		}
	}
}

// deliverToZaloHook makes one webhook call as Zalo does, which gives up after 2 s, and gives the answer's status.
func deliverToZaloHook(t *testing.T, p *program, body []byte) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.url+"/hooks/zalo", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-ZEvent-Signature", zalotest.Signature(body, "1790000000000"))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("Zalo got no answer: %v", err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

// TestTheConsoleAndForgers: saving the address in Zalo's console sends {}, which needs no signature; all else does.
func TestTheConsoleAndForgers(t *testing.T) {
	t.Parallel()
	server := newZaloPlatform(t)
	p := startProgram(t, onZalo(testConfig(storagetest.SQLiteURL(t), ""), server))
	for body, want := range map[string]int{`{}`: http.StatusOK, `{"event_name":"follow"}`: http.StatusForbidden, `no`: http.StatusForbidden} {
		resp, err := http.Post(p.url+"/hooks/zalo", "application/json", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", body, resp.StatusCode, want)
		}
	}
}
