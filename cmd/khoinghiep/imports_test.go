package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "khoinghiep"

// source is what the rules look at in one Go file.
type source struct {
	dir     string // of the file, from the module's root
	test    bool   // its name ends in _test.go
	imports []string
	inits   bool // it declares func init()
}

// TestImportsPointOneWay holds the map of README.md for every file of the module.
func TestImportsPointOneWay(t *testing.T) {
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".go" {
			return err
		}
		file, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		for _, b := range breaches(parse(t, name, filepath.ToSlash(file))) {
			t.Errorf("%s: %s", file, b)
		}
		return nil
	})
	if err != nil {
		t.Fatalf("walk the module: %v", err)
	}
}

func parse(t *testing.T, name, file string) source {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("parse %s: %v", file, err)
	}
	s := source{dir: path.Dir(file), test: strings.HasSuffix(file, "_test.go")}
	for _, i := range parsed.Imports {
		s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
	}
	s.inits = slices.ContainsFunc(parsed.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Recv == nil && f.Name.Name == "init"
	})
	return s
}

// TestRulesBite proves that each rule refuses what breaks it, and lets through what looks alike.
func TestRulesBite(t *testing.T) {
	const sqlx = "github.com/jmoiron/sqlx"
	const tgbot = "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	for name, c := range map[string]struct {
		source
		want int
	}{
		"cmd uses everything":               {source{dir: "cmd/khoinghiep", imports: []string{"khoinghiep/handlers/staff", "khoinghiep/bot/telegram"}}, 0},
		"a conversation uses handlers":      {source{dir: "handlers/founder", imports: []string{"khoinghiep/handlers", "khoinghiep/storage"}}, 0},
		"handlers use a conversation":       {source{dir: "handlers", imports: []string{"khoinghiep/handlers/founder"}}, 1},
		"a conversation uses its sibling":   {source{dir: "handlers/founder", imports: []string{"khoinghiep/handlers/staff"}}, 1},
		"handlers use a channel":            {source{dir: "handlers", imports: []string{"khoinghiep/bot/telegram"}}, 1},
		"scheduler uses storage":            {source{dir: "scheduler", imports: []string{"khoinghiep/storage", "khoinghiep/bot"}}, 0},
		"scheduler uses handlers":           {source{dir: "scheduler", imports: []string{"khoinghiep/handlers"}}, 1},
		"storage uses the plan":             {source{dir: "storage", imports: []string{"khoinghiep/storage/plan"}}, 1},
		"storage uses handlers":             {source{dir: "storage", imports: []string{"khoinghiep/handlers"}}, 1},
		"a channel uses storage":            {source{dir: "bot/telegram", imports: []string{"khoinghiep/storage"}}, 1},
		"a channel uses its sibling":        {source{dir: "bot/terminal", imports: []string{"khoinghiep/bot/telegram"}}, 1},
		"a channel uses forms":              {source{dir: "bot/terminal", imports: []string{"khoinghiep/bot/form"}}, 1},
		"a form uses a channel":             {source{dir: "bot/form", imports: []string{"khoinghiep/bot/telegram"}}, 1},
		"bot uses ours":                     {source{dir: "bot", imports: []string{"khoinghiep/bot/viet"}}, 1},
		"bot uses a library":                {source{dir: "bot", imports: []string{"golang.org/x/text/unicode/norm"}}, 1},
		"a test of storage uses handlers":   {source{dir: "storage", test: true, imports: []string{"khoinghiep/handlers"}}, 0},
		"anything uses cmd":                 {source{dir: "handlers", imports: []string{"khoinghiep/cmd/khoinghiep"}}, 1},
		"the library of Telegram elsewhere": {source{dir: "handlers", imports: []string{tgbot}}, 1},
		"the library of Telegram at home":   {source{dir: "bot/telegram", imports: []string{tgbot}}, 0},
		"SQL elsewhere":                     {source{dir: "cmd/khoinghiep", imports: []string{sqlx}}, 1},
		"SQL elsewhere in a test":           {source{dir: "handlers", test: true, imports: []string{sqlx}}, 1},
		"SQL at home":                       {source{dir: "storage", imports: []string{sqlx}}, 0},
		"a fake in the program":             {source{dir: "cmd/khoinghiep", imports: []string{"khoinghiep/bot/telegram/telegramtest"}}, 1},
		"a fake in a test":                  {source{dir: "handlers", test: true, imports: []string{"khoinghiep/bot/telegram/telegramtest"}}, 0},
		"a package at the top":              {source{dir: "utils"}, 1},
		"a file at the root":                {source{dir: "."}, 1},
		"an init function":                  {source{dir: "bot", inits: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if got := breaches(c.source); len(got) != c.want {
				t.Errorf("got breaches %q, want %d", got, c.want)
			}
		})
	}
}
