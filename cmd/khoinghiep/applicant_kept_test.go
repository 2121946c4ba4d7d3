package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"khoinghiep/storage"
)

// checkReview holds the first review against what was typed.
func (f *applicant) checkReview() error {
	texts := f.read()
	i := slices.IndexFunc(texts, func(text string) bool { return strings.HasPrefix(text, "Xem lại") })
	for _, q := range f.questions() {
		if line := q.title + ": " + q.review; q.review != "" && !strings.Contains(texts[i], line+"\n") {
			return fmt.Errorf("the review lacks %q:\n%s", line, texts[i])
		}
	}
	return nil
}

func (f *applicant) last() string {
	texts := f.read()
	if len(texts) == 0 {
		return ""
	}
	return texts[len(texts)-1]
}

// checkKept demands that what each applicant typed is registered once, under the code that they were told.
func checkKept(t *testing.T, s *storage.Store, people []*applicant) {
	t.Helper()
	for _, f := range people {
		here := f.address()
		own, err := s.StartupsAt(t.Context(), here)
		if err != nil {
			t.Fatal(err)
		}
		if len(own) != 1 || own[0].Name != f.project {
			t.Errorf("%s has registered %+v, want %q once", f.name, own, f.project)
			continue
		}
		if f.titled(receiptTitle+" "+own[0].Code) == 0 {
			t.Errorf("%s has %s and was not told so", f.name, own[0].Code)
		}
		p, _, err := s.PersonAt(t.Context(), here)
		if phone := "+84" + strings.ReplaceAll(f.phone, " ", "")[1:]; err != nil || p.Name != f.name || p.Phone != phone {
			t.Errorf("kept %q %q (%v), want %q %q", p.Name, p.Phone, err, f.name, phone)
		}
	}
}
