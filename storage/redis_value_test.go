package storage_test

import (
	"testing"

	"khoinghiep/storage"
)

// FuzzReadValue holds that no value in Redis makes us panic, and that one that was read and written reads the same again.
func FuzzReadValue(f *testing.F) {
	for _, seed := range []string{
		"run 493829 7 -\n{}", "run 1 2 owner@3\n" + `{"session":{"name":"dangky","form":{"draft":"a"}},"handled":[{"h":1,"ids":" 7 "}]}`,
		"run 1 -2 -\n" + `{"outbox":{"replies":[{"key":"7/0","text":"Chào"}]}}`, "run 1 2\n{}", "run x 2 -\n{}", "run 1 2 -\n{", "\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		d, written, err := storage.ReadValue(somebody, value)
		if err != nil || value == "" { // there is none
			return
		}
		again, rewritten, err := storage.ReadValue(somebody, written)
		if err != nil {
			t.Fatalf("%q was written as %q: %v", value, written, err)
		}
		if rewritten != written || again.Revision != d.Revision {
			t.Errorf("%q was written as %q, and then as %q", value, written, rewritten)
		}
	})
}
