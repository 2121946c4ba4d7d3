package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// arrows says what of ours the program's files in a folder may import; the first line whose folder fits holds. Patterns are
// those of path.Match. Tests stand above everything, as nothing imports them: they may look anywhere.
func arrows() []struct{ from, to string } {
	return []struct{ from, to string }{
		{"cmd/*", "bot bot/* handlers handlers/* scheduler scheduler/* storage storage/*"},
		{"handlers/*", "handlers storage storage/* bot bot/form bot/viet"},
		{"handlers", "storage storage/* bot bot/form bot/viet"},
		{"scheduler", "storage storage/* bot bot/form bot/viet"},
		{"storage/*", "storage bot bot/form bot/viet"},
		{"storage", "bot bot/form bot/viet"},
		{"bot/form", "bot bot/viet"},
		{"bot/viet", ""},
		{"bot/*", "bot"},
		{"bot/*/*", "bot"},
		{"bot", ""},
	}
}

// libraries says which folder alone may import what begins so, in tests too: what a platform or a database is to the rest
// of the program is decided in one place.
func libraries() map[string]string {
	return map[string]string{
		"github.com/go-telegram-bot-api/": "bot/telegram",
		"github.com/chromedp/":            "cmd/khoinghiep",
		"github.com/redis/":               "storage",
		"github.com/lib/pq":               "storage",
		"github.com/jmoiron/sqlx":         "storage",
		"github.com/pressly/goose":        "storage",
		"modernc.org/":                    "storage",
		"github.com/xuri/excelize/":       "storage/export",
		"gonum.org/":                      "storage/export",
		"github.com/arran4/golang-ical":   "storage/export",
		"github.com/skip2/go-qrcode":      "storage/export",
	}
}

// breaches lists how a file breaks the rules.
func breaches(s source) []string {
	found := []string{}
	top, _, _ := strings.Cut(s.dir, "/")
	if !slices.Contains([]string{"cmd", "bot", "handlers", "scheduler", "storage"}, top) {
		found = append(found, "packages at the top level are cmd, bot, handlers, scheduler and storage")
	}
	if s.inits {
		found = append(found, "func init() hides what happens before main")
	}
	for _, i := range s.imports {
		if why := refusal(s, i); why != "" {
			found = append(found, fmt.Sprintf("imports %s: %s", i, why))
		}
	}
	return found
}

// refusal is why the file must not import what it does; "" when it may.
func refusal(s source, imported string) string {
	if ours, ok := strings.CutPrefix(imported, module+"/"); ok {
		return refusalOfOurs(s, ours)
	}
	if s.dir == "bot" && !s.test && strings.Contains(imported, ".") {
		return "the vocabulary needs only the standard library"
	}
	for prefix, home := range libraries() {
		if s.test && s.dir == "handlers" && (home == "bot/telegram" || prefix == "github.com/redis/") {
			continue // the benchmark holds the engine beside a bare bot on the same libraries
		}
		atHome := s.dir == home || s.dir == home+"/"+path.Base(home)+"test"
		if strings.HasPrefix(imported, prefix) && !atHome {
			return "only " + home + " knows this library"
		}
	}
	return ""
}

func refusalOfOurs(s source, imported string) string {
	switch {
	case s.test || forTests(imported) && forTests(s.dir):
		return ""
	case forTests(imported):
		return "only tests may"
	}
	for _, a := range arrows() {
		if !fits(a.from, s.dir) {
			continue
		}
		if slices.ContainsFunc(strings.Fields(a.to), func(pattern string) bool { return fits(pattern, imported) }) {
			return ""
		}
		break
	}
	return "the arrow points the wrong way"
}

// forTests tells the packages made for tests by their names, as net/http/httptest is one.
func forTests(dir string) bool {
	return strings.HasSuffix(dir, "test")
}

func fits(pattern, dir string) bool {
	ok, err := path.Match(pattern, dir)
	return ok && err == nil
}
