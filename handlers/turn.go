package handlers

import (
	"context"
	"slices"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Turn is one thing a person did and what we make of it. While deciding, a conversation reads, changes the session, says
// replies, and asks for what must be kept beside the dialog; it writes nothing itself, as a decision may be made again.
type Turn struct {
	In      bot.Incoming
	Can     bot.Abilities
	Now     time.Time
	Last    time.Time // when the person last did something; zero when never
	Session *storage.Session
	Store   *storage.Store // for reading
	Files   *storage.Files // contents of files
	Ways    []storage.Way  // in which people may be written to first

	links   *storage.FileLinks
	router  *Router
	channel bot.Channel
	owner   string
	public  string // see Config.PublicURL
	effect  storage.Effect
	replies []bot.Outgoing
	erased  bool
	heard   int64          // see storage.Dialog.Latest
	late    bool           // see isLate
	roles   []storage.Role // see rolesNow
}

func newTurn(e *Engine, ch bot.Channel, in bot.Incoming, d *storage.Dialog) *Turn {
	t := &Turn{In: in, Can: ch.Can(), Now: e.Clock(), Session: &d.Session, Store: e.Store, Files: e.Files, Ways: e.Ways, links: e.Links, router: e.Router, channel: ch, owner: e.Owner, public: e.PublicURL}
	if d.At > 0 {
		t.Last = time.UnixMilli(d.At)
	}
	t.heard, t.late = d.Latest, isLate(t, d)
	return t
}

// rolesNow are the roles of who writes, read once a turn: a menu asks about each conversation. None when they cannot be read.
func (t *Turn) rolesNow(ctx context.Context) []storage.Role {
	if t.roles == nil {
		t.roles, _ = t.Store.RolesAt(ctx, t.In.From, t.Now)
	}
	return t.roles
}

// Say adds replies, in order.
func (t *Turn) Say(m ...bot.Outgoing) { t.replies = append(t.replies, m...) }

// Address is what is said to a founder ("bạn") as it is said to who writes: an officer is "anh/chị".
func (t *Turn) Address(words string) string {
	if t.Session.Official {
		return viet.ToOfficer(words)
	}
	return words
}

// Unsay takes all replies of this turn back.
func (t *Turn) Unsay() { t.replies = nil }

// Erase leaves nothing of the dialog but which updates were handled, and sends nothing any more but what this turn says.
// What was kept beside the dialog is for an effect to delete: storage.Erase and storage.EraseChat.
func (t *Turn) Erase() { *t.Session, t.erased = storage.Session{}, true }

// Keep has the effect run in the transaction that keeps the dialog; it may still change the session and say more. Several
// run in the order they were asked for.
func (t *Turn) Keep(effect storage.Effect) {
	before := t.effect
	t.effect = func(ctx context.Context, tx *storage.Tx) error {
		if before != nil {
			if err := before(ctx, tx); err != nil {
				return err
			}
		}
		return effect(ctx, tx)
	}
}

// KeepAs is Keep if who writes has a role that includes the given one at that moment, in the transaction; otherwise it is an
// unknown word to them. What is done writes its line in the audit log itself.
func (t *Turn) KeepAs(role storage.Role, do storage.Effect) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		allowed, err := storage.MayAct(ctx, tx, t.In.From, role, t.Now)
		switch {
		case err != nil:
			return err
		case !allowed:
			t.Session.Drop()
			t.Refuse()
			return nil
		}
		return do(ctx, tx)
	})
}

// Page is the address of a page of this service, whose path begins with "/"; "" where people cannot reach it.
func (t *Turn) Page(path string) string {
	if t.public == "" {
		return ""
	}
	return t.public + path
}

// Who is the person as forms see them.
func (t *Turn) Who() form.Person {
	return form.Person{Name: t.In.Name, Can: t.Can, Official: t.Session.Official, Heard: t.heard, Now: t.Now}
}

// Person is who writes, as the database knows them now; the zero Person for somebody we know nothing of.
func (t *Turn) Person(ctx context.Context) (storage.Person, error) {
	p, _, err := t.Store.PersonAt(ctx, t.In.From)
	return p, err
}

// finish puts what was decided into the dialog.
func (t *Turn) finish(d *storage.Dialog) {
	d.Handled.Add(t.In.ID, t.Now)
	if t.In.Kind == bot.Message {
		d.At = t.Now.UnixMilli()
	}
	t.noteTime(d)
	if d.Erased = t.erased; t.erased {
		d.At, d.Outbox = t.Now.UnixMilli(), storage.Outbox{}
	}
	t.Session.Shown = t.shown()
	replies := []storage.Reply{}
	t.leaveOneList()
	for _, m := range t.replies {
		for _, part := range bot.Split(form.Layout(m, t.Can), t.Can.TextLimit) {
			replies = append(replies, storage.Reply{Key: t.In.ID + "/" + strconv.Itoa(len(replies)), Outgoing: part})
		}
	}
	d.Outbox.Add(t.owner, t.Now.Add(holdFor), replies...)
}

// leaveOneList takes the choices from all replies but the last where there are no buttons: a number typed next could mean
// those of each.
func (t *Turn) leaveOneList() {
	if t.Can.ButtonLimit > 0 || len(t.replies) == 0 {
		return
	}
	for i := range t.replies[:len(t.replies)-1] {
		m := &t.replies[i]
		m.Buttons = slices.DeleteFunc(slices.Clone(m.Buttons), func(b bot.Button) bool { return b.Data != "" })
	}
}

// shown lists the buttons that a number or a label typed next may mean. Forms see to their own.
func (t *Turn) shown() []bot.Button {
	if t.Session.Form != nil {
		return nil
	}
	if len(t.replies) == 0 {
		return t.Session.Shown
	}
	last := slices.Clone(t.replies[len(t.replies)-1].Buttons)
	return slices.DeleteFunc(last, func(b bot.Button) bool { return b.Data == "" })
}
