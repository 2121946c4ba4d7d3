package storage

import (
	"context"
	"strings"
)

// AuditLine is one line of the audit log.
type AuditLine struct {
	At      int64 // Unix milliseconds
	Person  int64 // who acted: as they are known now, when chats were joined since; 0: the command line
	Name    string
	InPlace string // name of the approver in whose place they acted
	For     int64  // that approver; 0: nobody
	Action  string
	Subject string
	About   string // name of the person that was acted on, see OnPerson; may be empty
}

// OnPerson reports whether somebody was acted on, whom About names.
func (l AuditLine) OnPerson() bool { return strings.HasPrefix(l.Subject, personSubject) }

// AuditFilter chooses lines; what is empty chooses all.
type AuditFilter struct {
	Person  int64
	Action  string
	Subject string // a code: the subject, or what it begins with before a space or a slash
}

const auditLines = `
	SELECT a.at, COALESCE(j.person_id, a.person_id) AS person, COALESCE(p.name, '') AS name, COALESCE(f.name, '') AS inplace,
		a.for_id AS "for", a.action, a.subject, COALESCE(s.name, '') AS about
	FROM audit a LEFT JOIN joined_people j ON j.old_id = a.person_id LEFT JOIN people p ON p.id = COALESCE(j.person_id, a.person_id)
	LEFT JOIN joined_people i ON i.old_id = a.for_id LEFT JOIN people f ON f.id = COALESCE(i.person_id, a.for_id)
	LEFT JOIN people s ON a.subject = '` + personSubject + `' || CAST(s.id AS TEXT)
	WHERE (CAST($1 AS BIGINT) = 0 OR COALESCE(j.person_id, a.person_id) = $1) AND (CAST($2 AS TEXT) = '' OR a.action = $2)
	AND (CAST($3 AS TEXT) = '' OR a.subject = $3 OR substr(a.subject, 1, length($3) + 1) IN ($3 || ' ', $3 || '/'))`

// AuditLog lists the lines that the filter chooses, from the newest on, skipping the first ones.
func AuditLog(ctx context.Context, tx *Tx, f AuditFilter, skip, most int) ([]AuditLine, error) {
	list := []AuditLine{}
	err := tx.SelectContext(ctx, &list, auditLines+` ORDER BY a.id DESC LIMIT $5 OFFSET $4`, f.Person, f.Action, f.Subject, skip, most)
	return list, wrap("read audit log", err)
}

// AuditActions lists the actions that were ever written down, in alphabetical order.
func AuditActions(ctx context.Context, tx *Tx) ([]string, error) {
	list := []string{}
	err := tx.SelectContext(ctx, &list, `SELECT DISTINCT action FROM audit ORDER BY action`)
	return list, wrap("list audited actions", err)
}

// AuditPeople lists who ever acted, the latest first; of each line, Person and Name alone are set.
func AuditPeople(ctx context.Context, tx *Tx, most int) ([]AuditLine, error) {
	list := []AuditLine{}
	err := tx.SelectContext(ctx, &list, `
		SELECT COALESCE(j.person_id, a.person_id) AS person, COALESCE(MAX(p.name), '') AS name
		FROM audit a LEFT JOIN joined_people j ON j.old_id = a.person_id LEFT JOIN people p ON p.id = COALESCE(j.person_id, a.person_id)
		WHERE a.person_id <> 0 GROUP BY COALESCE(j.person_id, a.person_id) ORDER BY MAX(a.id) DESC LIMIT $1`, most)
	return list, wrap("list who acted", err)
}
