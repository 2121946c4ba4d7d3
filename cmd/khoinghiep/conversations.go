package main

import (
	"slices"

	"khoinghiep/bot/form"
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

// conversations lists everything people can do, in the order of the menu. A new conversation is one file and one line below.
func conversations(cfg config, places *viet.Places, current *plan.Current, steps plan.Steps) []*handlers.Conversation {
	calendar, catalogue := current.Calendar, current.Version()
	profile := founder.Profile(places)
	contest := contests.Office{Places: places, Profile: profile}
	desk := announcing.Desk{Places: places, Profile: profile, Alone: cfg.approval == approvalByOne, Rate: cfg.rate}
	return slices.Concat(
		ofOfficers(agency.Office{Calendar: calendar, Plan: catalogue}),
		ofEverybody(places, calendar, contest),
		ofReviewers(places, profile, current.Targets),
		ofPlanners(planning.Office{Plan: catalogue, Places: places, Calendar: calendar, Steps: steps}),
		ofHosts(contest, desk, handlers.PlannedHosts(catalogue)),
		[]*handlers.Conversation{admin.PIN(), admin.Delegate(), admin.Roles(), admin.Audit()},
	)
}

// ofOfficers are of those who answer for an agency.
func ofOfficers(office agency.Office) []*handlers.Conversation {
	return []*handlers.Conversation{
		office.List(),
		office.Send(),
		office.Tell(),
		office.See(),
		office.Promise(),
		office.NotOurs(),
		agency.Join(),
	}
}

func ofEverybody(places *viet.Places, calendar *plan.Calendar, contest contests.Office) []*handlers.Conversation {
	return []*handlers.Conversation{
		founder.Register(places, calendar),
		contest.Enter(),
		events.Visit(),
		founder.Mine(places, calendar),
		founder.Complete(places, calendar),
		contest.Join(),
		contest.Allow(),
		contest.Vote(),
		contest.Judge(),
		founder.Announcements(),
		founder.NoAnnouncements(),
		founder.Withdraw(),
		founder.MyData(places),
		founder.Erase(),
		founder.Guardian(),
		events.Join(),
		events.Answers(),
	}
}

// ofReviewers are of staff who see to registrations and questions.
func ofReviewers(places *viet.Places, profile *form.Form, targets func() plan.Targets) []*handlers.Conversation {
	return []*handlers.Conversation{
		staff.Registrations(places),
		staff.Requests(),
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
		staff.ZaloLost(),
	}
}

// ofPlanners are of staff who see the plan through.
func ofPlanners(office planning.Office) []*handlers.Conversation {
	return []*handlers.Conversation{
		office.Progress(),
		office.Agencies(),
		office.Report(),
		office.Wording(),
		office.Obligation(),
		office.FillIn(),
		office.Submissions(),
		office.Answers(),
		office.Choices(),
		office.Assign(),
		office.Letters(),
		office.RecordEvent(),
		office.Quotas(),
	}
}

// ofHosts are of those who hold competitions and events, and announce things.
func ofHosts(contest contests.Office, desk announcing.Desk, planned handlers.Hosts) []*handlers.Conversation {
	return []*handlers.Conversation{
		contest.Manage(),
		contest.PaperEntry(),
		contest.PaperScores(),
		desk.Compose(),
		desk.Manage(),
		events.Manage(),
		events.Create(planned),
		events.Door(),
	}
}
