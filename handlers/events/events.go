// Package events has the conversations about events: of people who join them, of those who organise them, and at the door.
package events

import (
	"context"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Names of the conversations. The first and the last are also in links, see pages.Event and pages.Ticket.
const (
	visiting  = "sukien"
	joining   = "thamgia"
	answering = "suatraloi"
	creating  = "sukienmoi"
	managing  = "dssukien"
	door      = "soatve"
)

// own finds an event that who writes may organise, locked; ok is false when they were told that there is none.
func own(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) (e storage.Event, ok bool, err error) {
	e, ok, err = storage.FindEvent(ctx, tx, code)
	if ok && err == nil {
		ok, err = storage.MayOrganise(ctx, tx, t.In.From, e.Agency, t.Now)
	}
	if err == nil && !ok {
		t.Say(bot.Outgoing{Text: "Mình không thấy sự kiện này.", Buttons: []bot.Button{{Label: "Quản lý sự kiện", Data: managing + ":", Row: true}}})
	}
	return e, ok, err
}

// button does something with an event.
func button(label, conversation, verb string, e storage.Event) bot.Button {
	return bot.Button{Label: label, Data: conversation + ":" + verb + ":" + e.Code, Row: true}
}

func listButton() bot.Button {
	return bot.Button{Label: "Các sự kiện", Data: visiting + ":", Row: true}
}

// pagePath is where e is on the web, see pages.Event.
func pagePath(e storage.Event) string { return "/sk/" + e.Code }

// ticketPath is where a ticket is on the web, see pages.Ticket.
func ticketPath(ticket string) string { return "/ve/" + ticket }
