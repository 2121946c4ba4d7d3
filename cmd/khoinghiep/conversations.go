package main

import (
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/handlers/admin"
	"khoinghiep/handlers/agency"
	"khoinghiep/handlers/announcing"
	"khoinghiep/handlers/contests"
	"khoinghiep/handlers/events"
	"khoinghiep/handlers/founder"
	"khoinghiep/handlers/planning"
	"khoinghiep/handlers/staff"
	"khoinghiep/storage/plan"
)

// conversations lists everything people can do, in the order of the menu. A new conversation is one file and one line here.
func conversations(cfg config, places *viet.Places, calendar *plan.Calendar, targets plan.Targets, catalogue *plan.Catalogue, steps plan.Steps) []*handlers.Conversation {
	profile := founder.Profile(places)
	desk := announcing.Desk{Places: places, Profile: profile, Alone: cfg.approval == approvalByOne, Rate: cfg.rate}
	office := agency.Office{Calendar: calendar, Plan: catalogue}
	contest := contests.Office{Places: places, Profile: profile}
	planning := planning.Office{Plan: catalogue, Places: places, Calendar: calendar, Steps: steps}
	return []*handlers.Conversation{
		office.List(),
		office.Send(),
		office.Tell(),
		office.See(),
		office.Promise(),
		office.NotOurs(),
		agency.Join(),
		founder.Register(places, calendar),
		contest.Enter(),
		events.Visit(),
		founder.Mine(places, calendar),
		founder.Complete(places, calendar),
		contest.Join(),
		contest.Judge(),
		founder.Announcements(),
		founder.NoAnnouncements(),
		founder.Withdraw(),
		founder.MyData(places),
		founder.Erase(),
		founder.Guardian(),
		events.Join(),
		staff.Registrations(places),
		staff.Search(places),
		staff.Card(places, profile),
		staff.Changes(profile),
		staff.Decline(),
		staff.Documents(),
		staff.PaperConsent(),
		staff.Import(places),
		staff.PaperDossier(places),
		staff.Statistics(places, targets),
		staff.Achievements(targets),
		staff.RecordAchievement(targets),
		staff.Requests(),
		staff.ZaloLost(),
		planning.Progress(),
		planning.Agencies(),
		planning.Report(),
		planning.Wording(),
		planning.Obligation(),
		planning.FillIn(),
		planning.Submissions(),
		planning.Answers(),
		planning.Choices(),
		planning.Assign(),
		planning.Letters(),
		planning.RecordEvent(),
		planning.Quotas(),
		contest.Manage(),
		desk.Compose(),
		desk.Manage(),
		events.Manage(),
		events.Create(),
		events.Door(),
		admin.PIN(),
		admin.Delegate(),
		admin.Roles(),
		admin.Audit(),
	}
}
