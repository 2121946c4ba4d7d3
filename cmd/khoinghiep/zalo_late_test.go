package main

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage/storagetest"
)

// TestZaloLateMessageAnswersNoQuestion brings a message long after the ones written later: the question of the moment is
// asked again, and the right answer to it is the one that is kept.
func TestZaloLateMessageAnswersNoQuestion(t *testing.T) {
	t.Parallel()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	server := newZaloPlatform(t)
	p := startProgram(t, onZalo(cfg, server))
	saveWebhook(t, server, p.url)
	person := server.Person("Lê Văn An")
	f := &applicant{account: &zaloAccount{Person: person}, name: "Lê Văn An", phone: "0912 345 678", project: "Sấy mít"}
	mustAll(t, []*applicant{f}, func(ctx context.Context, f *applicant) error { return f.answerUntil(ctx, askedName) })

	late := fmt.Appendf(nil, `{"app_id":%q,"sender":{"id":%q},"recipient":{"id":%q},"event_name":"user_send_text","message":{"text":"Trần Văn Trễ","msg_id":"late"},"timestamp":"1790000000000"}`,
		zalotest.AppID, person.ID, zalotest.OA)
	if status := deliverToZaloHook(t, p, late); status != http.StatusOK {
		t.Fatalf("the late message got %d", status)
	}
	eventually(t, "the question is asked again", func() bool { return f.titled("Họ và tên") == 2 })
	mustAll(t, []*applicant{f}, register)
	checkKept(t, p.app.store, []*applicant{f})
}
