package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestStaffActionsAreForThoseWithTheRole does everything that a conversation with a role can be asked to do, as people
// without that role: typed, by link, and by every button that its transcript shows, forged or kept from better days.
func TestStaffActionsAreForThoseWithTheRole(t *testing.T) {
	t.Parallel()
	for _, c := range allConversations(t) {
		if c.Role == "" {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			h := newStaffHouse(t, c)
			full := h.open(h.cfg.databaseURL)
			h.doNotExistForOthers(full)
			h.checkTheRoleWhenTheyAct(full)
		})
	}
}

// doNotExistForOthers demands that others get what a program without the conversation says, to the letter, and that nothing
// in the database changes.
func (h *staffHouse) doNotExistForOthers(full *office) {
	h.t.Helper()
	without := h.open(storagetest.SQLiteURL(h.t))
	for _, who := range h.others() {
		without.knows(slices.DeleteFunc(allConversations(h.t), func(c *handlers.Conversation) bool { return !who.has(c.Role) }))
		chats := h.enter(who, full, without)
		before := h.dump()
		for i, in := range h.actions {
			got, want := full.answer(chats[i], in), without.answer(chats[i], in)
			if got != want {
				h.t.Errorf("%s, %s:\n%s\nwithout the conversation:\n%s", who.name, describe(in), got, want)
			}
		}
		expectSame(h.t, who.name, before, h.dump())
	}
}

// checkTheRoleWhenTheyAct takes the router's look at roles away, as if a role ended between the decision and the
// transaction: what acts has to look for itself.
func (h *staffHouse) checkTheRoleWhenTheyAct(o *office) {
	h.t.Helper()
	unguarded := allConversations(h.t)
	for _, c := range unguarded {
		c.Role = ""
	}
	o.knows(unguarded)
	chats, before := h.enter(visitor{name: "a stranger without a guard"}, o), h.dump()
	for i, in := range h.actions {
		got := o.answer(chats[i], in)
		refused := strings.Contains(got, handlers.NotUnderstood)
		isWord := strings.HasPrefix(in.Text, "/start ") // no deep link, which comes as Start
		if h.c.Form == nil && !isWord && !refused {     // a form asks first, and looks when it is sent
			h.t.Errorf("%s: %s", describe(in), got)
		}
	}
	expectSame(h.t, "a stranger", before, h.dump())
}

// TestStaffConversationsHaveARole fails for a conversation of staff or officers that the test above would leave out. What a
// code leads to is whoever's has the code.
func TestStaffConversationsHaveARole(t *testing.T) {
	t.Parallel()
	for _, c := range allConversations(t) {
		if folder := folderOf(c); c.Role == "" && c.Code == "" && folder != "handlers" && folder != "founder" && !everybodys(c) {
			t.Errorf("the conversation %q of %s is everybody's", c.Name, folder)
		}
	}
}

// everybodys tells the conversations that people have in rooms which are otherwise for those who work there.
func everybodys(c *handlers.Conversation) bool {
	return slices.Contains([]string{"cuocthi", "binhchon", "sukien", "thamgia", "suatraloi"}, c.Name)
}

// actionsOf are all ways to ask a conversation for something; pressed has the data of buttons that were seen.
func actionsOf(c *handlers.Conversation, pressed []string) []bot.Incoming {
	list := []bot.Incoming{{Text: "/" + c.Name}, {Text: "/" + strings.ToUpper(c.Name)}, {Text: "/start " + c.Name}, {Text: c.Label}, {Start: c.Name}, {Start: c.Name + "-1"}}
	for _, word := range slices.Concat(c.Words, c.Always) {
		list = append(list, bot.Incoming{Text: word})
	}
	for _, data := range append(pressed, c.Button(""), c.Button("1"), c.Button("x:1:2")) {
		list = append(list, bot.Incoming{Button: data})
	}
	return slices.DeleteFunc(list, func(in bot.Incoming) bool { return in.Text+in.Start+in.Button == "" })
}

func describe(in bot.Incoming) string { return cmp.Or(in.Text, in.Button, "?start="+in.Start) }

// buttonsSeen gives the data of the conversation's buttons that somebody saw while its script was played.
func buttonsSeen(p *play, c *handlers.Conversation) []string {
	seen := []string{}
	for _, person := range p.people {
		for _, m := range person.(*telegramChat).Inbox() {
			for _, b := range slices.Concat(m.Buttons...) {
				if strings.HasPrefix(b.Data, c.Name+":") && !slices.Contains(seen, b.Data) {
					seen = append(seen, b.Data)
				}
			}
		}
	}
	return seen
}

// staffHouse is a database in which the script of a conversation was played, and all that can be asked of it.
type staffHouse struct {
	t       *testing.T
	c       *handlers.Conversation
	cfg     config
	actions []bot.Incoming
}

func newStaffHouse(t *testing.T, c *handlers.Conversation) *staffHouse {
	t.Helper()
	h := &staffHouse{t: t, c: c, cfg: testConfig(storagetest.SQLiteURL(t), "")}
	p := playThrough(t, h.cfg, readScript(t, filepath.Join(transcripts, c.Name+".txt")), newTelegram)
	h.actions = actionsOf(c, buttonsSeen(p, c))
	h.cfg.filesDir = t.TempDir()
	return h
}

// visitor is somebody without the conversation's role.
type visitor struct {
	name    string
	granted storage.Role // "": none
	revoked bool         // a moment ago
	agency  string       // that an officer answers for; "": officersAgency
}

// has says whether the conversations of a role are the visitor's.
func (v visitor) has(role storage.Role) bool {
	return role == "" || !v.revoked && v.granted.Includes(role)
}

// others are who must not find the conversation.
func (h *staffHouse) others() []visitor {
	granted := h.c.Role
	if granted == storage.Organiser {
		granted = storage.Staff // nobody is given that one
	}
	list := []visitor{{name: "a stranger"}, {name: "somebody whose role was removed", granted: granted, revoked: true}}
	for _, role := range []storage.Role{storage.Staff, storage.Approver, storage.Admin, storage.Officer} {
		if !role.Includes(h.c.Role) {
			list = append(list, visitor{name: "somebody with the role " + string(role), granted: role})
		}
	}
	return list
}

// enter has a visitor be in a chat of each office for each action: what one began has nothing to do with the next.
func (h *staffHouse) enter(who visitor, offices ...*office) (chats []string) {
	h.t.Helper()
	for i := range h.actions {
		chats = append(chats, fmt.Sprint(who.name, i))
		for _, o := range offices {
			o.employ(who, chats[i])
		}
	}
	return chats
}

// answer gives all that the bot says to one action, as JSON.
func (o *office) answer(chat string, in bot.Incoming) string {
	o.t.Helper()
	text, err := json.MarshalIndent(o.does(chat, in), "", " ")
	if err != nil {
		o.t.Fatal(err)
	}
	return string(text)
}
