package main

import (
	"net/http"

	"khoinghiep/handlers/pages"
)

// eventRoutes serves the pages of events and tickets, and of what the public votes on.
func (a *app) eventRoutes(mux *http.ServeMux) {
	link := &telegramLink{channel: a.telegram}
	p := pages.NewEvents(pages.Events{
		Store: a.store, Clock: a.engine.Clock, Public: a.config.publicURL, Telegram: link.get, WebChat: a.servesWebChat(),
	})
	mux.HandleFunc("GET /sk/{code}", p.Event)
	mux.HandleFunc("GET /sk/{code}/lich.ics", p.Calendar)
	mux.HandleFunc("GET /ve/{ticket}", p.Ticket)
	mux.HandleFunc("GET /bc/{code}", p.Votable)
}
