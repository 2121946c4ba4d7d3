package storage_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"
)

// check compares what people were told with what the table of startups has, and nothing else: it knows nothing of how
// dialogs are kept.
func (c *chaos) check() (violations []string) {
	kept := c.kept()
	toldRegistered := map[string]string{}
	for i := range *chaosPeople {
		chat := fmt.Sprint(i)
		for _, line := range c.platform.told(chat) {
			verb, rest, _ := strings.Cut(line, " ")
			draft, code, _ := strings.Cut(rest, " ")
			switch {
			case verb == "registered" && kept[draft] != code:
				violations = append(violations, fmt.Sprintf("told that %s is registered as %s, kept is %q", draft, code, kept[draft]))
			case verb == "registered":
				toldRegistered[draft] = code
			case verb == "cancelled" && kept[draft] != "" && !c.losing:
				violations = append(violations, fmt.Sprintf("told that %s is cancelled, yet it is registered as %s", draft, kept[draft]))
			}
		}
	}
	for draft, code := range kept {
		if toldRegistered[draft] == "" {
			violations = append(violations, fmt.Sprintf("%s is registered as %s and nobody was told", draft, code))
		}
	}
	if len(kept) == 0 {
		violations = append(violations, "nothing was registered at all: the test tests nothing")
	}
	return violations
}

func (c *chaos) kept() map[string]string {
	c.t.Helper()
	db, err := sqlx.ConnectContext(context.Background(), "postgres", c.url)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	rows := []struct{ Draft, Code string }{}
	if err := db.Select(&rows, `SELECT draft, code FROM startups`); err != nil {
		c.t.Fatal(err)
	}
	kept := map[string]string{}
	for _, r := range rows {
		kept[r.Draft] = r.Code
	}
	return kept
}
