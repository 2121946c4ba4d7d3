package storage

import (
	"database/sql/driver"
	"strings"
)

// Texts is a list of texts in one column, as JSON.
type Texts []string

// Value is for the database.
func (t Texts) Value() (driver.Value, error) { return encodeColumn(t) }

// Scan reads what Value gave.
func (t *Texts) Scan(kept any) error { return decodeColumn(kept, t) }

// inTexts gives "($1, $2)" and its values, for a condition on the first parameters of a statement.
func inTexts(list []string) (marks string, args []any) {
	for _, text := range list {
		args = append(args, text)
	}
	return placeholders(1, len(list)), args
}

// mark is the nth parameter of a statement.
func mark(n int) string { return strings.Trim(placeholders(n, 1), "()") }
