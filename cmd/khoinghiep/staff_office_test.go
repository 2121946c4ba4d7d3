package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"maps"
	"net/http"
	"path"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// office is a program on the house's database, and a channel of its own on which the test is everybody.
type office struct {
	t       *testing.T
	app     *app
	updates int

	mu   sync.Mutex
	said map[string][]bot.Outgoing // by chat
}

// open opens an office on a database.
func (h *staffHouse) open(databaseURL string) *office {
	h.t.Helper()
	o := &office{t: h.t, said: map[string][]bot.Outgoing{}}
	cfg := h.cfg
	cfg.databaseURL = databaseURL
	now := time.Date(2026, time.November, 29, 2, 0, 0, 0, time.UTC)
	a, err := newApp(h.t.Context(), cfg, func() time.Time { return now }, o)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = a.listener.Close(); a.release() })
	o.app = a
	return o
}

// knows has only what is listed be done from now on.
func (o *office) knows(list []*handlers.Conversation) {
	o.app.engine.Router = handlers.NewRouter(o.app.config.contact, list...)
}

// employ gives a visitor the role, and takes it away again.
func (o *office) employ(who visitor, chat string) {
	o.t.Helper()
	if who.granted == "" {
		return
	}
	o.does(chat, bot.Incoming{Text: o.invitation(who)})
	if !who.revoked {
		return
	}
	err := o.app.store.InTx(o.t.Context(), func(tx *storage.Tx) error {
		person, err := storage.EnsurePerson(o.t.Context(), tx, bot.Address{Channel: o.Name(), Chat: chat}, o.app.engine.Clock())
		if err != nil {
			return err
		}
		if _, err := storage.RemoveOfficer(o.t.Context(), tx, person, officersAgency); err != nil {
			return err
		}
		_, err = tx.ExecContext(o.t.Context(), `DELETE FROM roles WHERE person_id = $1`, person)
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// officersAgency is what visitors who are officers answer for, unless they have another agency: that of most transcripts.
const officersAgency = "SCT"

// invitation gives a code for a visitor's role.
func (o *office) invitation(who visitor) string {
	o.t.Helper()
	if who.granted == storage.Officer {
		return inviteOfficer(o.t, o.app, cmp.Or(who.agency, officersAgency))
	}
	now := o.app.engine.Clock()
	code, err := o.app.store.Invite(o.t.Context(), who.granted, now, now.Add(inviteFor))
	if err != nil {
		o.t.Fatal(err)
	}
	return code
}

// does hands in what somebody did, and gives what the bot says to it. Handed in a second time, it is settled only when all
// replies to the first are out.
func (o *office) does(chat string, in bot.Incoming) []bot.Outgoing {
	o.t.Helper()
	o.updates++
	in.ID, in.Private, in.From = strconv.Itoa(o.updates), true, bot.Address{Channel: o.Name(), Chat: chat}
	first, again := o.app.engine.Accept(in), o.app.engine.Accept(in)
	if err := errors.Join(<-first, <-again); err != nil {
		o.t.Fatal(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	said := o.said[chat]
	delete(o.said, chat)
	return said
}

func (*office) Name() string { return "office" }

func (*office) Can() bot.Abilities {
	return bot.Abilities{TextLimit: 4000, ButtonLimit: 100, Files: true}
}

func (*office) Receive(*http.Request) ([]bot.Incoming, error) { return nil, bot.ErrForged }

func (o *office) Send(_ context.Context, chat string, m bot.Outgoing) (string, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.said[chat] = append(o.said[chat], m)
	return "1", nil
}

// dump reads the whole database but for the dialogs, by table.
func (h *staffHouse) dump() map[string]string {
	h.t.Helper()
	db, err := sql.Open("sqlite", strings.TrimPrefix(h.cfg.databaseURL, "sqlite:"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tables := map[string]string{}
	for _, name := range h.rows(db, `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'dialogs'`) {
		tables[name] = strings.Join(h.rows(db, `SELECT * FROM `+name), "\n")
	}
	return tables
}

// rows gives each row as one text.
func (h *staffHouse) rows(db *sql.DB, query string) []string {
	h.t.Helper()
	rows, err := db.QueryContext(h.t.Context(), query)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		h.t.Fatal(err)
	}
	list := []string{}
	for rows.Next() {
		values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			h.t.Fatal(err)
		}
		texts := []string{}
		for _, v := range values {
			texts = append(texts, v.String)
		}
		list = append(list, strings.Join(texts, " | "))
	}
	if err := rows.Err(); err != nil {
		h.t.Fatal(err)
	}
	return list
}

func expectSame(t *testing.T, who string, before, after map[string]string) {
	t.Helper()
	for _, table := range slices.Sorted(maps.Keys(after)) {
		if before[table] != after[table] {
			t.Errorf("%s changed the table %s:\n%s", who, table, firstDifference(before[table], after[table]))
		}
	}
}

// allConversations makes all of them anew.
func allConversations(t *testing.T) []*handlers.Conversation {
	t.Helper()
	places, err := plan.Places()
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	current, err := plan.NewCurrent(plan.Versions{catalogue}, catalogue.From)
	if err != nil {
		t.Fatal(err)
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		t.Fatal(err)
	}
	return conversations(config{}, places, current, steps)
}

// folderOf says where a conversation is written, by a function in it.
func folderOf(c *handlers.Conversation) string {
	f := reflect.ValueOf(c.Open)
	if c.Open == nil {
		f = reflect.ValueOf(c.Submit)
	}
	file, _ := runtime.FuncForPC(f.Pointer()).FileLine(f.Pointer())
	return path.Base(path.Dir(file))
}
