package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// hosts makes somebody of the staff, an officer each of two agencies, and somebody who is neither; it gives their chats.
func hosts(t *testing.T, s *storage.Store) map[string]bot.Address {
	t.Helper()
	chats := map[string]bot.Address{}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		return storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: "SCT", Name: "Sở Công Thương"}, {ID: "TINHDOAN", Name: "Tỉnh Đoàn"}, {ID: "HND", Name: "Hội Nông dân"}}, eventTime)
	})
	for _, who := range []string{"staff", "SCT", "TINHDOAN", "nobody"} {
		id, at := guest(t, s, who)
		chats[who] = at
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			switch who {
			case "staff":
				return storage.GrantRole(ctx, tx, id, storage.Staff, eventTime)
			case "nobody":
				return nil
			}
			return storage.AddOfficer(ctx, tx, id, who, false, eventTime)
		})
	}
	return chats
}

// holdAll has the department and two agencies hold an event and run a competition each, named as their agency.
func holdAll(t *testing.T, s *storage.Store) {
	t.Helper()
	for _, agency := range []string{storage.Department, "SCT", "TINHDOAN"} {
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			e := storage.Event{Draft: agency, Agency: agency, Name: agency, StartsAt: eventTime.UnixMilli(), EndsAt: eventTime.UnixMilli()}
			if err := storage.AddEvent(ctx, tx, &e, eventTime); err != nil {
				return err
			}
			return storage.AddCompetition(ctx, tx, &storage.Competition{Agency: agency, Name: agency, Definition: "{}"}, eventTime)
		})
	}
}

// sees lists the names of the events and competitions that somebody holds.
func sees(t *testing.T, s *storage.Store, from bot.Address) (held, run []string) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		holds, err := storage.OrganisingAt(ctx, tx, from, eventTime)
		if err != nil {
			return err
		}
		events, err := storage.OrganisedEvents(ctx, tx, holds, 0, 10)
		if err != nil {
			return err
		}
		competitions, err := storage.OrganisedCompetitions(ctx, tx, holds, 10)
		for _, e := range events {
			held = append(held, e.Name)
		}
		for _, c := range competitions {
			run = append(run, c.Name)
		}
		return err
	})
	return held, run
}

// TestWhoHoldsSomethingSeesTheirOwn: staff all of it, officers what their agency holds, anybody else nothing.
func TestWhoHoldsSomethingSeesTheirOwn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		chats := hosts(t, s)
		holdAll(t, s)
		for who, want := range map[string][]string{"staff": {"TINHDOAN", "SCT", storage.Department}, "SCT": {"SCT"}, "TINHDOAN": {"TINHDOAN"}, "nobody": {}} {
			if held, run := sees(t, s, chats[who]); !slices.Equal(held, want) || !slices.Equal(run, want) {
				t.Errorf("%s sees the events of %v and the competitions of %v, not %v", who, held, run, want)
			}
		}
	})
}

// TestNoticesGoToWhoHoldsIt: to the agency's officers, and to staff what is the department's or what nobody answers for.
func TestNoticesGoToWhoHoldsIt(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		hosts(t, s)
		for agency, want := range map[string]string{"SCT": "Khách SCT", storage.Department: "Khách staff", "HND": "Khách staff"} {
			told := []string{}
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				n := storage.Notice{Source: "of/" + agency, Queue: storage.QueueNotices, Message: bot.Outgoing{Text: "Có việc."}}
				if err := storage.NotifyOrganisers(ctx, tx, agency, n, eventTime); err != nil {
					return err
				}
				return tx.SelectContext(ctx, &told, `SELECT p.name FROM deliveries d JOIN people p ON p.id = d.person_id WHERE d.source = $1`, n.Source)
			})
			if fmt.Sprint(told) != "["+want+"]" {
				t.Errorf("%s: told %v, want %s", agency, told, want)
			}
		}
	})
}
