package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"khoinghiep/bot/viet"
)

// RoleHolder is somebody who has a role.
type RoleHolder struct {
	Person int64 `db:"person_id"`
	Name   string
	Role   Role
	Since  int64 `db:"granted_at"` // Unix milliseconds
	PIN    bool  // whether they set one, see SetPIN
}

const roleHolders = `SELECT r.person_id, p.name, r.role, r.granted_at, EXISTS (SELECT 1 FROM pins WHERE pins.person_id = p.id) AS pin
	FROM roles r JOIN people p ON p.id = r.person_id`

// RoleHolders lists who has which role, skipping the first ones: one line a role, in the order in which people came.
func RoleHolders(ctx context.Context, tx *Tx, skip, most int) ([]RoleHolder, error) {
	list := []RoleHolder{}
	err := tx.SelectContext(ctx, &list, roleHolders+` ORDER BY r.person_id, r.granted_at, r.role LIMIT $2 OFFSET $1`, skip, most)
	return list, wrap("list who has a role", err)
}

// RolesOf lists the roles of one person, the oldest first.
func RolesOf(ctx context.Context, tx *Tx, person int64) ([]RoleHolder, error) {
	list := []RoleHolder{}
	err := tx.SelectContext(ctx, &list, roleHolders+` WHERE r.person_id = $1 ORDER BY r.granted_at, r.role`, person)
	return list, wrap("list a person's roles", err)
}

// ErrLastAdmin means that nobody would be left to give roles.
var ErrLastAdmin = errors.New("the last admin stays")

// RevokeRole takes a role from a person; ok is false when they do not have it. Of the last admin it fails with
// ErrLastAdmin, before anything is changed.
func RevokeRole(ctx context.Context, tx *Tx, person int64, role Role) (ok bool, err error) {
	if role == Admin {
		admins := []int64{} // by an update: two admins who remove each other wait for one another
		err := tx.SelectContext(ctx, &admins, `UPDATE roles SET role = role WHERE role = 'admin' RETURNING person_id`)
		if err != nil {
			return false, fmt.Errorf("lock admins: %w", err)
		}
		if len(admins) == 1 && slices.Contains(admins, person) {
			return false, ErrLastAdmin
		}
	}
	result, err := tx.ExecContext(ctx, `DELETE FROM roles WHERE person_id = $1 AND role = $2`, person, role)
	if err != nil {
		return false, fmt.Errorf("revoke role: %w", err)
	}
	n, err := result.RowsAffected()
	return n > 0, wrap("revoke role", err)
}

// RenamePerson keeps the name that an admin gives to somebody with a role, as the audit log is read by names.
func RenamePerson(ctx context.Context, tx *Tx, person int64, name string) error {
	_, err := tx.ExecContext(ctx, `UPDATE people SET name = $2, name_folded = $3
		WHERE id = $1 AND EXISTS (SELECT 1 FROM roles WHERE person_id = $1)`, person, name, viet.Fold(name))
	return wrap("rename person", err)
}
