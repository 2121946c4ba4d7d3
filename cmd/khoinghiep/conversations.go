package main

import (
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/handlers/founder"
	"khoinghiep/handlers/staff"
)

// conversations lists everything people can do, in the order of the menu. A new conversation is one file and one line here.
func conversations(places *viet.Places) []*handlers.Conversation {
	return []*handlers.Conversation{
		founder.Register(places),
		founder.Mine(places),
		founder.Complete(places),
		founder.Announcements(),
		founder.NoAnnouncements(),
		founder.Withdraw(),
		founder.MyData(places),
		founder.Erase(),
		founder.Guardian(),
		staff.Registrations(places),
		staff.Documents(),
		staff.PaperConsent(),
	}
}
