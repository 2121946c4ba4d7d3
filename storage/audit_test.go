package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// audited gives the actions that a filter chooses, the newest first.
func audited(t *testing.T, s *storage.Store, f storage.AuditFilter) []string {
	t.Helper()
	actions := []string{}
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		lines, err := storage.AuditLog(ctx, tx, f, 0, 10)
		for _, l := range lines {
			actions = append(actions, l.Action)
		}
		return err
	})
	return actions
}

func TestTheAuditLogIsOnlyAddedTo(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.AddAudit(ctx, tx, firstChat, "strike-file", "KN-2026-0001 abc", codeTime)
		})
		statements := []string{`UPDATE audit SET action = 'x'`, `UPDATE audit SET person_id = 1`, `DELETE FROM audit`}
		if s.Postgres() {
			statements = append(statements, `TRUNCATE audit`)
		}
		for _, statement := range statements {
			err := s.InTx(t.Context(), func(tx *storage.Tx) error { _, err := tx.ExecContext(t.Context(), statement); return err })
			if err == nil || !strings.Contains(err.Error(), "only added to") {
				t.Errorf("%s: %v", statement, err)
			}
		}
		if got := audited(t, s, storage.AuditFilter{}); !slices.Equal(got, []string{"strike-file"}) {
			t.Errorf("left in the log: %v", got)
		}
	})
}

func TestTheAuditLogIsFiltered(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		person := settle(t, s, firstChat, "Lê Văn An", "", codeTime)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			for i, line := range [][2]string{{"list", "page 1"}, {"strike", "KN-2026-0001 abc"}, {"strike", "KN-2026-00012"}, {"open", "KN-2026-0001/2"}} {
				if err := storage.AddAudit(ctx, tx, firstChat, line[0], line[1], codeTime.Add(time.Duration(i)*time.Second)); err != nil {
					return err
				}
			}
			return storage.AddAudit(ctx, tx, secondChat, "join", "staff", codeTime.Add(time.Minute))
		})
		for _, c := range []struct {
			filter storage.AuditFilter
			want   []string
		}{
			{storage.AuditFilter{}, []string{"join", "open", "strike", "strike", "list"}},
			{storage.AuditFilter{Person: person}, []string{"open", "strike", "strike", "list"}},
			{storage.AuditFilter{Action: "strike"}, []string{"strike", "strike"}},
			{storage.AuditFilter{Subject: "KN-2026-0001"}, []string{"open", "strike"}},
			{storage.AuditFilter{Person: person, Action: "join"}, []string{}},
		} {
			if got := audited(t, s, c.filter); !slices.Equal(got, c.want) {
				t.Errorf("%+v chooses %v, want %v", c.filter, got, c.want)
			}
		}
	})
}

// Two chats become one person after one of them acted: the line stays as it was written, and is read as that person's.
func TestTheAuditLogFollowsJoinedPeople(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		older := settle(t, s, firstChat, "Lê Văn An", "", codeTime)
		settle(t, s, secondChat, "Lê Văn Ân", "", codeTime.Add(time.Minute))
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			return storage.AddAudit(ctx, tx, secondChat, "strike", "KN-2026-0001", codeTime)
		})
		join(t, s, firstChat, secondChat)
		if got := audited(t, s, storage.AuditFilter{Person: older}); !slices.Equal(got, []string{"strike"}) {
			t.Errorf("the person's lines: %v", got)
		}
		data, err := s.DataAt(t.Context(), firstChat)
		if err != nil || len(data["audit"]) != 1 {
			t.Errorf("exported: %v, %v", data["audit"], err)
		}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			people, err := storage.AuditPeople(ctx, tx, 10)
			if len(people) != 1 || people[0].Person != older || people[0].Name != "Lê Văn Ân" {
				t.Errorf("who acted: %+v", people)
			}
			return err
		})
	})
}
