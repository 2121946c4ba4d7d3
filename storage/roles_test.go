package storage_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// grant makes who writes from a somebody with a role.
func grant(t *testing.T, s *storage.Store, a bot.Address, role storage.Role) (person int64) {
	t.Helper()
	inTx(t, s, func(ctx context.Context, tx *storage.Tx) (err error) {
		if person, err = storage.EnsurePerson(ctx, tx, a, codeTime); err != nil {
			return err
		}
		return storage.GrantRole(ctx, tx, person, role, codeTime)
	})
	return person
}

func TestTheLastAdminStays(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		first, second := grant(t, s, firstChat, storage.Admin), grant(t, s, secondChat, storage.Admin)
		revoke := func(person int64, role storage.Role) (ok bool, err error) {
			err = s.InTx(t.Context(), func(tx *storage.Tx) error {
				ok, err = storage.RevokeRole(t.Context(), tx, person, role)
				return err
			})
			return ok, err
		}
		if ok, err := revoke(first, storage.Staff); ok || err != nil {
			t.Errorf("a role that they do not have: %v, %v", ok, err)
		}
		if ok, err := revoke(first, storage.Admin); !ok || err != nil {
			t.Errorf("one of two admins: %v, %v", ok, err)
		}
		if ok, err := revoke(first, storage.Admin); ok || err != nil {
			t.Errorf("again: %v, %v", ok, err)
		}
		if ok, err := revoke(second, storage.Admin); ok || !errors.Is(err, storage.ErrLastAdmin) {
			t.Errorf("the last admin: %v, %v", ok, err)
		}
	})
}

func TestDelegationsHoldBetweenTheirDates(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		approver, delegate := grant(t, s, firstChat, storage.Approver), grant(t, s, secondChat, storage.Staff)
		from, until := codeTime.Add(time.Hour), codeTime.Add(3*time.Hour)
		d := storage.Delegation{Person: approver, Delegate: delegate, From: from.UnixMilli(), Until: until.UnixMilli()}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error { return storage.AddDelegation(ctx, tx, &d, codeTime) })
		expect := func(what string, at time.Time, want bool) {
			t.Helper()
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				may, err := storage.MayAct(ctx, tx, secondChat, storage.Approver, at)
				if err != nil {
					return err
				}
				approvers, err := storage.PeopleWith(ctx, tx, storage.Approver, at)
				roles, readErr := s.RolesAt(ctx, secondChat, at)
				if may != want || slices.Contains(approvers, delegate) != want || slices.Contains(roles, storage.Approver) != want {
					t.Errorf("%s: may act %v, approvers %v, roles %v", what, may, approvers, roles)
				}
				if admin, _ := storage.MayAct(ctx, tx, secondChat, storage.Admin, at); admin {
					t.Errorf("%s: the delegate is an admin", what)
				}
				return errors.Join(err, readErr)
			})
		}
		expect("before", from.Add(-time.Millisecond), false)
		expect("from the first moment", from, true)
		expect("to the last", until.Add(-time.Millisecond), true)
		expect("after", until, false)
		revoke := func(person int64, role storage.Role) {
			inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
				_, err := storage.RevokeRole(ctx, tx, person, role)
				return err
			})
		}
		revoke(approver, storage.Approver)
		expect("without the approver's role", from, false)
		grant(t, s, firstChat, storage.Approver)
		revoke(delegate, storage.Staff)
		expect("without the delegate's role", from, false)
		grant(t, s, secondChat, storage.Staff)
		expect("with both roles again", from, true)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			if _, ok, err := storage.EndDelegation(ctx, tx, d.ID, delegate, from); ok || err != nil {
				t.Errorf("ended by the delegate: %v, %v", ok, err)
			}
			_, ok, err := storage.EndDelegation(ctx, tx, d.ID, approver, from)
			if !ok {
				t.Error("not ended by the approver")
			}
			return err
		})
		expect("taken back", from, false)
	})
}

// What is delegated cannot be passed on: a delegation by somebody without a role of their own is worth nothing.
func TestDelegationsAreNotPassedOn(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		third := bot.Address{Channel: "web", Chat: "3"}
		approver, middle, last := grant(t, s, firstChat, storage.Approver), grant(t, s, secondChat, storage.Staff), grant(t, s, third, storage.Staff)
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			for _, pair := range [][2]int64{{approver, middle}, {middle, last}} {
				d := storage.Delegation{Person: pair[0], Delegate: pair[1], Until: codeTime.Add(time.Hour).UnixMilli()}
				if err := storage.AddDelegation(ctx, tx, &d, codeTime); err != nil {
					return err
				}
			}
			may, err := storage.MayAct(ctx, tx, third, storage.Approver, codeTime)
			if may {
				t.Error("the last of the chain may approve")
			}
			return err
		})
	})
}

func TestTheAuditLogSaysInWhosePlace(t *testing.T) {
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		approver, delegate := settle(t, s, firstChat, "Lê Văn An", "", codeTime), grant(t, s, secondChat, storage.Staff)
		grant(t, s, firstChat, storage.Approver)
		d := storage.Delegation{Person: approver, Delegate: delegate, From: codeTime.UnixMilli(), Until: codeTime.Add(time.Hour).UnixMilli()}
		inTx(t, s, func(ctx context.Context, tx *storage.Tx) error {
			if err := storage.AddDelegation(ctx, tx, &d, codeTime); err != nil {
				return err
			}
			for _, at := range []time.Time{codeTime, codeTime.Add(2 * time.Hour)} {
				if err := storage.AddAudit(ctx, tx, secondChat, "approve", "TB-2026-0001", at); err != nil {
					return err
				}
			}
			lines, err := storage.AuditLog(ctx, tx, storage.AuditFilter{Person: delegate}, 0, 10)
			if len(lines) != 2 || lines[0].For != 0 || lines[1].For != approver || lines[1].InPlace != "Lê Văn An" {
				t.Errorf("the lines: %+v", lines)
			}
			return err
		})
	})
}
