package main

import (
	"database/sql"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"khoinghiep/storage/storagetest"
)

// TestPINsAreNotKept sets and changes a PIN in the web chat, whose log is ours, and looks for the digits in the whole
// database.
func TestPINsAreNotKept(t *testing.T) {
	t.Parallel()
	h := &staffHouse{t: t, cfg: testConfig(storagetest.SQLiteURL(t), "")}
	playThrough(t, h.cfg, readScript(t, filepath.Join(transcripts, "mapin.txt")), newWeb)
	kept := h.dump()
	if !strings.Contains(kept["web_log"], "••••••") || kept["pins"] == "" {
		t.Fatal("no PIN was set in the web chat")
	}
	db, err := sql.Open("sqlite", strings.TrimPrefix(h.cfg.databaseURL, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	kept["dialogs"] = strings.Join(h.rows(db, `SELECT * FROM dialogs`), "\n")
	digits := regexp.MustCompile(`\b(482915|482916|739164)\b`)
	for table, text := range kept {
		if found := digits.FindString(text); found != "" {
			t.Errorf("the table %s has %s", table, found)
		}
	}
}
