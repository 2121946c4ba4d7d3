package announcing

import (
	"context"
	"strconv"
	"strings"

	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// What the buttons of Manage do with an announcement, before its id and, where it matters which text is meant, its
// revision: "duyet:123:0". A number alone is a page of the list.
const (
	openCard   = "mo"
	update     = "xem" // in the place of the card that bears the button
	test       = "thu"
	propose    = "trinh"
	approve    = "duyet"
	sendBack   = "tra"
	askDiscard = "hoi"
	discard    = "bo"
	pause      = "dung"
	resume     = "tiep"
	cancel     = "huy"
	report     = "bao"
	askResend  = "hoilai" // before the state of what is sent again
	resend     = "lai"
)

// step is something to do with an announcement. It tells whether it was done: not, when the announcement is no longer as
// the button's card showed it.
type step struct {
	role  storage.Role
	audit string
	do    func(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, detail string) (done bool, err error)
}

func (d Desk) steps() map[string]step {
	return map[string]step{
		openCard:   {storage.Staff, "open-announcement", d.open},
		update:     {storage.Staff, "open-announcement", d.update},
		test:       {storage.Staff, "test-announcement", d.test},
		propose:    {storage.Staff, "propose-announcement", d.propose},
		approve:    {storage.Approver, "begin-approval", d.askApproval},
		sendBack:   {storage.Approver, "begin-return", d.askReason},
		askDiscard: {storage.Staff, "open-announcement", d.askDiscard},
		discard:    {storage.Staff, "discard-announcement", d.discard},
		pause:      {storage.Staff, "pause-announcement", d.pause},
		resume:     {storage.Staff, "resume-announcement", d.resume},
		cancel:     {storage.Staff, "cancel-announcement", d.cancel},
		report:     {storage.Staff, "report-announcement", d.report},
		askResend:  {storage.Staff, "open-announcement", d.askResend},
		resend:     {storage.Staff, "resend-announcement", d.resend},
	}
}

// Manage lists announcements, shows one and sees it through.
func (d Desk) Manage() *handlers.Conversation {
	return &handlers.Conversation{
		Name: managing, Label: "Các thông báo", Role: storage.Staff, Menu: true, Words: []string{"thông báo", "danh sách thông báo", "thông báo đã gửi", "quản lý thông báo", "duyệt thông báo"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			if t.Session.Name == managing {
				t.Session.Drop() // what is asked for is no longer waited for
			}
			verb, rest, _ := strings.Cut(argument, ":")
			s, ok := d.steps()[verb]
			if !ok {
				page, _ := strconv.Atoi(verb) // not a number: the first page
				t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return d.list(ctx, tx, t, max(page, 0)) })
				return nil
			}
			t.KeepAs(s.role, func(ctx context.Context, tx *storage.Tx) error { return d.take(ctx, tx, t, s, rest) })
			return nil
		},
		Listen: d.hear,
	}
}

// take does a step with the announcement that the button names.
func (d Desk) take(ctx context.Context, tx *storage.Tx, t *handlers.Turn, s step, rest string) error {
	number, detail, _ := strings.Cut(rest, ":")
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	a, ok, err := storage.FindAnnouncement(ctx, tx, id)
	switch {
	case err != nil:
		return err
	case !ok:
		t.Say(gone())
		return nil
	}
	done, err := s.do(ctx, tx, t, a, detail)
	if err != nil {
		return err
	}
	if !done {
		return d.tooLate(ctx, tx, t, id)
	}
	return storage.AddAudit(ctx, tx, t.In.From, s.audit, a.Code, t.Now)
}
