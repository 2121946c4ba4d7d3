package main

import (
	"fmt"
	"net/http"
	"testing"

	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
)

// TestWhoStoppedFollowingComesBackWhenTheyWrite: on Zalo people write without following, and no event tells of that. News of
// their going that comes after they wrote changes nothing.
func TestWhoStoppedFollowingComesBackWhenTheyWrite(t *testing.T) {
	t.Parallel()
	onEachStorage(t, func(t *testing.T, empty func() config) {
		server := newZaloPlatform(t)
		p := startProgram(t, onZalo(empty(), server))
		saveWebhook(t, server, p.url)
		person := server.Person("Lê Văn An")
		taken := func() { eventually(t, "the event is taken", func() bool { return server.Pending() == 0 }) }
		person.Send("nhận thông báo")
		eventually(t, "the question", func() bool { return person.Press("Có, báo cho tôi") == nil })
		taken()
		who, _, err := p.app.store.PersonAt(t.Context(), (&zaloAccount{Person: person}).address())
		if err != nil {
			t.Fatal(err)
		}
		person.Unfollow()
		taken()
		if state := notifyAndAwait(t, p, who.ID, "gone"); state != storage.DeliveryUnreachable {
			t.Errorf("after they went: %s", state)
		}
		person.Send("xin chào")
		taken()
		if state := notifyAndAwait(t, p, who.ID, "back"); state != storage.DeliverySent {
			t.Errorf("once they wrote: %s", state)
		}
		late := fmt.Appendf(nil, `{"oa_id":%q,"follower":{"id":%q},"event_name":"unfollow","app_id":%q,"timestamp":"1790000000000"}`, zalotest.OA, person.ID, zalotest.AppID)
		if status := deliverToZaloHook(t, p, late); status != http.StatusOK {
			t.Fatalf("the late event got %d", status)
		}
		if state := notifyAndAwait(t, p, who.ID, "late"); state != storage.DeliverySent {
			t.Errorf("after late news: %s", state)
		}
	})
}
