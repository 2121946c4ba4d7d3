package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"khoinghiep/bot/form"
	"khoinghiep/handlers"
)

// TestEveryConversationHasATranscript fails for a conversation without a script of its name, and for a form with a
// field, a choice, a note or an ending that no transcript shows on each of the channels. Zalo Bot is left out: it has no
// buttons, so nothing that a notice or an earlier message offered can be chosen there, and the scripts that do so end early.
func TestEveryConversationHasATranscript(t *testing.T) {
	t.Parallel()
	shown := map[string]string{}
	for _, channel := range []string{"telegram", "poor", "web", "zalo"} {
		shown[channel] = allGolden(t, channel)
	}
	for _, c := range handlers.NewRouter("", allConversations(t)...).Conversations() {
		if _, err := os.Stat(filepath.Join(transcripts, c.Name+".txt")); err != nil {
			t.Errorf("the conversation %q has no transcript: %v", c.Name, err)
		}
		if c.Form == nil {
			continue
		}
		for channel, text := range shown {
			for _, part := range parts(c.Form) {
				if !strings.Contains(text, part) {
					t.Errorf("no transcript on %s shows %q of the form %s", channel, part, c.Form.Name)
				}
			}
		}
	}
}

// parts is what people must have seen of a form.
func parts(f *form.Form) []string {
	list := []string{}
	if !f.Single {
		list = append(list, "Xem lại: "+f.Title, "["+f.Submit+"]", "Đã cất “"+f.Title, "Đã hủy “"+f.Title)
	}
	for _, field := range f.Fields {
		list = append(list, "< "+field.Prompt)
		if !field.Uncounted && !f.Single {
			list = append(list, "Sửa: "+field.Label)
		}
		for _, note := range field.Notes {
			list = append(list, "["+note.Label+"]", strings.ReplaceAll(note.Text, "\n", "\n< "))
		}
		if field.Choices != nil {
			for _, c := range field.Choices(form.Answers{}) {
				list = append(list, c.Label)
			}
		}
	}
	return list
}

func allGolden(t *testing.T, channel string) string {
	t.Helper()
	paths, err := filepath.Glob(transcripts + "/*." + channel + ".golden")
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Builder{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// TestEveryGoldenHasAScript fails for what is left of a script that was renamed or removed.
func TestEveryGoldenHasAScript(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(transcripts + "/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		name, _, _ := strings.Cut(filepath.Base(path), ".")
		if _, err := os.Stat(filepath.Join(transcripts, name+".txt")); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
