package storage_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/redis/go-redis/v9"

	"khoinghiep/storage/storagetest"
)

// marked lists every column of every table in which one of the marks stands, as "table.column".
func marked(t *testing.T, databaseURL string, marks ...string) []string {
	t.Helper()
	found := []string{}
	db := connect(t, databaseURL)
	for _, table := range tables(t, db) {
		for row := range rowsOf(t, db, table) {
			for column, value := range row {
				if place := table + "." + column; holds(fmt.Sprintf("%s", value), marks) && !slices.Contains(found, place) {
					found = append(found, place)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}

func holds(text string, marks []string) bool {
	return slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(strings.ToLower(text), mark) })
}

func connect(t testing.TB, databaseURL string) *sqlx.DB {
	t.Helper()
	driver, name := "postgres", databaseURL
	if path, ok := strings.CutPrefix(databaseURL, "sqlite:"); ok {
		driver, name = "sqlite", "file:"+path+"?_pragma=busy_timeout(5000)"
	}
	db, err := sqlx.ConnectContext(t.Context(), driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func tables(t *testing.T, db *sqlx.DB) []string {
	t.Helper()
	query := `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`
	if db.DriverName() == "sqlite" {
		query = `SELECT name FROM sqlite_master WHERE type = 'table'`
	}
	list := []string{}
	if err := db.SelectContext(t.Context(), &list, query); err != nil {
		t.Fatal(err)
	}
	return list
}

func rowsOf(t *testing.T, db *sqlx.DB, table string) func(yield func(map[string]any) bool) {
	t.Helper()
	return func(yield func(map[string]any) bool) {
		rows, err := db.QueryxContext(t.Context(), `SELECT * FROM `+table) //nolint:sqlclosecheck // closed below; the linter does not look into iterators
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			row := map[string]any{}
			if err := rows.MapScan(row); err != nil {
				t.Fatal(err)
			}
			if !yield(row) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
}

// markedInRedis lists every key that has one of the marks in its name or value.
func markedInRedis(t *testing.T, r *storagetest.Redis, marks ...string) []string {
	t.Helper()
	o, err := redis.ParseURL(r.URL())
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(o)
	defer func() { _ = c.Close() }()
	keys, err := c.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	found := []string{}
	for _, key := range keys {
		if holds(key+" "+valueOf(t.Context(), t, c, key), marks) {
			found = append(found, key)
		}
	}
	return found
}

func valueOf(ctx context.Context, t *testing.T, c *redis.Client, key string) string {
	t.Helper()
	switch kind := c.Type(ctx, key).Val(); kind {
	case "string":
		return c.Get(ctx, key).Val()
	case "zset":
		return strings.Join(c.ZRange(ctx, key, 0, -1).Val(), " ")
	default:
		t.Fatalf("%s is a %s, which this test cannot search", key, kind)
		return ""
	}
}

// markedFiles lists every file below dir that has one of the marks in its content.
func markedFiles(t *testing.T, dir string, marks ...string) []string {
	t.Helper()
	found := []string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if holds(string(content), marks) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
