package storage

import (
	"context"
	"slices"
	"time"

	"khoinghiep/bot"
)

// Role is what a person may do beyond what everyone may.
type Role string

// The roles of people at Sở KH&CN.
const (
	Staff    Role = "staff"    // reviews and announces
	Approver Role = "approver" // also approves what staff prepare
	Admin    Role = "admin"    // also manages roles and reads the audit log
)

// Officer is the role of whoever answers for an agency, see AddOfficer. It is neither part of those above nor has a part
// of them; what an officer may do, they may for their agencies alone.
const Officer Role = "officer"

// Organiser is the role of whoever holds events and competitions: staff, and officers for their agencies, see Organising.
// Nobody is given it.
const Organiser Role = "organiser"

// Valid reports whether r is one of the roles.
func (r Role) Valid() bool { return r == Staff || r == Approver || r == Admin }

// Includes reports whether somebody with role r may do what needs the other role: Approver includes Staff, and Admin both;
// all of them and Officer include Organiser.
func (r Role) Includes(other Role) bool {
	rank := map[Role]int{Staff: 1, Approver: 2, Admin: 3}
	if other == Organiser {
		return rank[r] > 0 || r == Officer
	}
	return r == other || rank[r] >= rank[other] && rank[other] > 0
}

const (
	ownRoles = `SELECT r.role FROM roles r JOIN addresses a ON a.person_id = r.person_id WHERE a.channel = $2 AND a.chat = $3`
	// The moment comes first, see inForce.
	rolesAt = ownRoles + ` UNION SELECT 'approver' FROM delegations d JOIN addresses a ON a.person_id = d.delegate_id
		WHERE a.channel = $2 AND a.chat = $3 AND ` + inForce + ` UNION SELECT 'officer' FROM officers o JOIN addresses a ON a.person_id = o.person_id
		WHERE a.channel = $2 AND a.chat = $3`
)

// RolesAt lists the roles of who writes from a, as they are now; Approver also while they stand in for one, Officer when
// they answer for an agency.
func (s *Store) RolesAt(ctx context.Context, a bot.Address, now time.Time) ([]Role, error) {
	roles := []Role{}
	err := s.read.SelectContext(ctx, &roles, rolesAt, millis(now), a.Channel, a.Chat)
	return roles, wrap("read roles", err)
}

// MayAct reports whether who writes from a has, inside tx, a role that includes the needed one, their own or, for Approver,
// that of whom they stand in for: asked by every staff action at the moment it acts.
func MayAct(ctx context.Context, tx *Tx, a bot.Address, needed Role, now time.Time) (bool, error) {
	roles := []Role{}
	if err := tx.SelectContext(ctx, &roles, rolesAt, millis(now), a.Channel, a.Chat); err != nil {
		return false, wrap("check role", err)
	}
	return slices.ContainsFunc(roles, func(r Role) bool { return r.Includes(needed) }), nil
}

// GrantRole gives a person a role; again is harmless.
func GrantRole(ctx context.Context, tx *Tx, person int64, role Role, now time.Time) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO roles (person_id, role, granted_at) VALUES ($1, $2, $3) ON CONFLICT (person_id, role) DO NOTHING`, person, role, millis(now))
	return wrap("grant role", err)
}

// PeopleWith lists everybody who has a role that includes the given one, in the order in which they came. Who stands in for
// an approver now is an approver.
func PeopleWith(ctx context.Context, tx *Tx, needed Role, now time.Time) ([]int64, error) {
	held := []struct {
		Person int64 `db:"person_id"`
		Role   Role
	}{}
	err := tx.SelectContext(ctx, &held, `SELECT person_id, role FROM roles
		UNION SELECT d.delegate_id, 'approver' FROM delegations d WHERE `+inForce+` ORDER BY person_id`, millis(now))
	if err != nil {
		return nil, wrap("list people with a role", err)
	}
	people := []int64{}
	for _, h := range held {
		if h.Role.Includes(needed) && !slices.Contains(people, h.Person) {
			people = append(people, h.Person)
		}
	}
	return people, nil
}
