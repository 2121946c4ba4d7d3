package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestContestCommand: every mistake is told with its cell, and a good sheet sets up the competition of the agency that it names,
// which the audit log tells.
func TestContestCommand(t *testing.T) {
	t.Parallel()
	file := func(name string) string {
		path := filepath.Join(t.TempDir(), name+".xlsx")
		if err := os.WriteFile(path, sheet(t, name), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	url := storagetest.SQLiteURL(t)
	env := map[string]string{"DATABASE_URL": url}
	printed, err := khoinghiep(t, env, "contest", "load", file("cuoc-thi-sai"))
	if err == nil || !strings.Contains(printed, "B4, Cấp: ") {
		t.Errorf("a wrong sheet: %q, %v", printed, err)
	}
	for name, host := range map[string]string{"cuoc-thi": storage.Department, "cuoc-thi-doan-dung": "Tỉnh Đoàn Quảng Ngãi"} {
		if printed, err := khoinghiep(t, env, "contest", "check", file(name)); err != nil || !strings.HasPrefix(printed, "Tệp không có lỗi: ") {
			t.Errorf("%s: %q, %v", name, printed, err)
		}
		printed, err := khoinghiep(t, env, "contest", "load", file(name))
		if err != nil {
			t.Fatalf("%s: %q, %v", name, printed, err)
		}
		s := storagetest.Open(t, url)
		err = s.InTx(t.Context(), func(tx *storage.Tx) error {
			list, err := storage.OrganisedCompetitions(t.Context(), tx, storage.Organising{All: true}, 1)
			if len(list) != 1 || list[0].Host != host || !strings.Contains(printed, "Đã lập "+list[0].Code) {
				t.Errorf("%s: %q, %+v", name, printed, list)
			}
			log, err2 := storage.AuditLog(t.Context(), tx, storage.AuditFilter{Action: "add-contest"}, 0, 1)
			if len(log) != 1 || log[0].Subject != list[0].Code {
				t.Errorf("%s: the audit log has %+v", name, log)
			}
			return errors.Join(err, err2)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
