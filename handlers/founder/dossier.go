package founder

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// dossier is all that is kept of a startup, as answers of the profile's form.
type dossier struct {
	storage.Startup
	founder   storage.Person
	review    storage.Review // what staff decided last; zero when they did not yet
	documents []bot.File
	attached  string // the documents as an answer; "" for none
}

// findDossier reads a startup of who writes by its code. When it is not theirs or not open, ok is false and they are told so.
func findDossier(ctx context.Context, t *handlers.Turn, code string) (d dossier, ok bool, err error) {
	if d.Startup, ok, err = t.Store.StartupAt(ctx, t.In.From, code); err != nil {
		return d, false, err
	}
	if !ok {
		t.Say(notYours())
		return d, false, nil
	}
	if d.founder, err = t.Person(ctx); err != nil {
		return d, false, err
	}
	if d.review, _, err = t.Store.LastReview(ctx, d.ID); err != nil {
		return d, false, err
	}
	if d.documents, err = t.Store.Documents(ctx, d.ID); err != nil || len(d.documents) == 0 {
		return d, err == nil, err
	}
	files, err := json.Marshal(d.documents)
	if err != nil {
		return d, false, fmt.Errorf("encode documents: %w", err)
	}
	d.attached = string(files)
	return d, true, nil
}

// notYours answers for a startup of somebody else, one that is not open, and one that does not exist: which of these is not
// told.
func notYours() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Mình không thấy hồ sơ này trong các hồ sơ của bạn.",
		Buttons: []bot.Button{{Label: "Hồ sơ của tôi", Data: "hoso:", Row: true}},
	}
}

// column is where s keeps an answer of the registration; nil for what is in the profile or of the person.
func column(s *storage.Startup, key string) *string {
	switch key {
	case "ten_du_an":
		return &s.Name
	case "noi":
		return &s.Place
	case "linh_vuc":
		return &s.Field
	case "giai_doan":
		return &s.Stage
	}
	return nil
}

func (d *dossier) answers(f *form.Form) form.Answers {
	answers := form.Answers{}
	maps.Copy(answers, d.Profile)
	answers[nameKey], answers[phoneKey] = d.founder.Name, d.founder.Phone
	if d.attached != "" {
		answers[documentsKey] = d.attached
	}
	for _, field := range f.Fields {
		if kept := column(&d.Startup, field.Key); kept != nil {
			answers[field.Key] = *kept
		}
	}
	return answers
}

// setAnswer changes one answer of s; "" takes it out. An answer that is no longer asked for goes with it.
func setAnswer(f *form.Form, s *storage.Startup, key, value string) {
	if kept := column(s, key); kept != nil {
		*kept = value
		return
	}
	s.Profile[key] = value
	for _, field := range f.Fields {
		if field.Skip != nil && field.Skip(form.Answers(s.Profile)) {
			delete(s.Profile, field.Key)
		}
	}
	maps.DeleteFunc(s.Profile, func(_, value string) bool { return value == "" })
}

// asked are the fields that are asked of a startup with these answers.
func asked(f *form.Form, answers form.Answers) []form.Field {
	fields := []form.Field{}
	for _, field := range f.Fields {
		if field.Skip == nil || !field.Skip(answers) {
			fields = append(fields, field)
		}
	}
	return fields
}

func contains(fields []form.Field, key string) bool {
	return slices.ContainsFunc(fields, func(f form.Field) bool { return f.Key == key })
}

// completeness is a bar of how much is answered. Documents and a link count as one: either will do.
func completeness(f *form.Form, answers form.Answers) string {
	done, all := 0, 0
	for _, field := range asked(f, answers) {
		if field.Uncounted || field.Key == linkKey {
			continue
		}
		all++
		if answers[field.Key] != "" || field.Key == documentsKey && answers[linkKey] != "" {
			done++
		}
	}
	return fmt.Sprintf("%s%s %d/%d", strings.Repeat("▰", done), strings.Repeat("▱", all-done), done, all)
}
