// Package agency has the conversations of officers: of those who answer for an agency that owes plans and reports. What
// they may see and do is that of their agencies alone.
package agency

import (
	"cmp"
	"context"
	"slices"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Office is where officers see what their agencies owe, and send it.
type Office struct {
	Calendar *plan.Calendar
	Plan     *plan.Catalogue // that ships with the program
}

// Names of the conversations.
const (
	joining   = "canbo"
	listing   = "vieccuatoi"
	sending   = "guibaocao"
	seeing    = "nhachan"
	promising = "henngay"
	refusing  = "khongthuoc"
	telling   = "nhiemvu"
)

// codeKey is where the answers of a form in hand, or the memo, say which obligation they are about; no field has it.
const codeKey = "viec"

// asOfficer does something in the transaction that keeps the dialog, if who writes answers for an agency at that moment;
// otherwise it is an unknown word to them. mine has the ids of all their agencies.
func asOfficer(t *handlers.Turn, do func(ctx context.Context, tx *storage.Tx, mine []string) error) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		agencies, err := storage.AgenciesOf(ctx, tx, t.In.From)
		switch {
		case err != nil:
			return err
		case len(agencies) == 0:
			t.Session.Drop()
			t.Refuse()
			return nil
		}
		mine := []string{}
		for _, a := range agencies {
			mine = append(mine, a.ID)
		}
		return do(ctx, tx, mine)
	})
}

// about does something with the obligation of a code. One of another agency is none at all.
func about(t *handlers.Turn, code string, do func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		o, ok, err := storage.FindObligation(ctx, tx, code)
		switch {
		case err != nil:
			return err
		case !ok || !slices.Contains(mine, o.Agency):
			t.Session.Drop()
			t.Say(gone())
			return nil
		}
		return do(ctx, tx, o)
	})
}

func gone() bot.Outgoing {
	return bot.Outgoing{Text: "Mình không thấy việc này trong các việc của đơn vị anh/chị.", Buttons: []bot.Button{listButton()}}
}

// mostOwed is how many unsettled obligations are chosen from; the list of all of them has pages.
const mostOwed = 12

// owed lists what is not accepted yet: what is open first, then what was sent, each with the earliest last day first.
func owed(ctx context.Context, tx *storage.Tx, mine []string) ([]storage.Obligation, error) {
	list, err := storage.ObligationsOf(ctx, tx, mine, 0, mostOwed)
	list = slices.DeleteFunc(list, settled)
	slices.SortStableFunc(list, func(a, b storage.Obligation) int {
		if a.State != b.State {
			return cmp.Compare(a.State, b.State) // "open" comes before "sent"
		}
		return cmp.Compare(a.Last(), b.Last())
	})
	return list, err
}

// openOf lists what is to be sent, the earliest last day first.
func openOf(ctx context.Context, tx *storage.Tx, mine []string) ([]storage.Obligation, error) {
	list, err := owed(ctx, tx, mine)
	return slices.DeleteFunc(list, func(o storage.Obligation) bool { return o.State != storage.ObligationOpen }), err
}

// settled reports whether there is nothing to send any more.
func settled(o storage.Obligation) bool {
	return o.State != storage.ObligationOpen && o.State != storage.ObligationSent
}

// choose goes on with the only open obligation, or asks which one: for whoever names what they want to do and not about what.
func choose(t *handlers.Turn, conversation, question string, do func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error) {
	asOfficer(t, func(ctx context.Context, tx *storage.Tx, mine []string) error {
		open, err := openOf(ctx, tx, mine)
		switch {
		case err != nil:
			return err
		case len(open) == 1:
			return do(ctx, tx, open[0])
		case len(open) == 0:
			t.Say(nothingOwed())
			return nil
		}
		m := bot.Outgoing{Text: question}
		for _, o := range open {
			m.Buttons = append(m.Buttons, bot.Button{Label: fullName(o), Data: conversation + ":" + o.Code, Row: true})
		}
		t.Say(m)
		return nil
	})
}

func nothingOwed() bot.Outgoing {
	return bot.Outgoing{Text: "Đơn vị anh/chị không có việc nào cần gửi.", Buttons: []bot.Button{listButton()}}
}

// fullName is what is owed, and by whom: "Báo cáo kết quả năm 2026 của Sở Công Thương".
func fullName(o storage.Obligation) string { return o.Title + " của " + o.Owner }

func listButton() bot.Button {
	return bot.Button{Label: "Việc của tôi", Data: listing + ":", Row: true}
}

// openButton leads to the card of an obligation.
func openButton(o storage.Obligation) bot.Button {
	return bot.Button{Label: "Mở " + o.Code, Data: listing + ":" + o.Code, Row: true}
}
