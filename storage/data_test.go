package storage_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
)

// exported is what people get as JSON.
type exported struct {
	Kept     map[string][]map[string]any `json:"kept"`
	ThisChat map[string]any              `json:"this_chat"`
}

func TestExportHasEverythingThatErasureErases(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.fill()
		w.other.during(nil)
		w.pass(time.Minute) // the reply that waits is tried again
		for range 2 {
			w.does(first, "dulieu:json")
			w.settled()
		}
		copies := []bot.File{}
		for _, m := range w.web.all() {
			if m.File != nil {
				copies = append(copies, *m.File)
			}
		}
		if len(copies) != 2 {
			t.Fatalf("%d files came", len(copies))
		}
		checkExport(t, w, copies[1].Data)
		if head := base64.StdEncoding.EncodeToString(copies[0].Data[:30]); strings.Contains(string(copies[1].Data), head) {
			t.Error("the second copy holds the first")
		}
	})
}

func TestExportIsTextWhereThereAreNoFiles(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.fill()
		w.other.during(nil)
		w.pass(time.Minute) // the reply that waits is tried again
		w.settled()
		before := len(w.other.all())
		w.does(second, "dulieu:json")
		w.settled()
		parts := w.other.all()[before:]
		text := strings.Builder{}
		for _, m := range parts[:len(parts)-1] { // the last one is advice
			text.WriteString(m.Text + " ")
		}
		if len(parts) < 3 || !strings.Contains(text.String(), mark) || !strings.Contains(text.String(), markPhone) {
			t.Errorf("%d parts: %s", len(parts), text.String())
		}
	})
}

// checkExport demands that every marked column of the database is in the copy, with its mark.
func checkExport(t *testing.T, w *world, data []byte) {
	t.Helper()
	got := exported{}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for _, place := range marked(t, w.url, mark, markPhone) {
		table, column, _ := strings.Cut(place, ".")
		found := false
		for _, row := range got.Kept[table] {
			found = found || holds(fmt.Sprint(row[column]), []string{mark, markPhone})
		}
		if !found {
			t.Errorf("%s is not in the copy", place)
		}
	}
	if !holds(fmt.Sprint(got.ThisChat), []string{mark}) {
		t.Error("the form in hand is not in the copy")
	}
}

// Whoever is not known gets what their chat has, and nobody else's.
func TestExportOfSomebodyUnknownHasNothingOfOthers(t *testing.T) {
	onEachStorage(t, func(t *testing.T, w *world) {
		w.fill()
		stranger := bot.Address{Channel: "web", Chat: "4444"}
		data, err := w.store.DataAt(t.Context(), stranger)
		if err != nil || len(data) != 0 {
			t.Errorf("got %v, %v", data, err)
		}
	})
}
