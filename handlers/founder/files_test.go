package founder_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

const pdf = "%PDF-1.7 giới thiệu"

// TestFilesAreFetched sends files to the question that asks for them: good ones are brought home, others are refused in
// words, and the question stays.
func TestFilesAreFetched(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":tai_lieu")
	for _, c := range []struct {
		what, content, caption, want string
		file                         bot.File
	}{
		{what: "larger than is said to be taken", file: bot.File{Name: "a.pdf", Size: storage.FileLimit + 1}, content: pdf, want: "lớn hơn 20 MB"},
		{what: "larger than it says", file: bot.File{Name: "a.pdf", Size: 1}, content: pdf + strings.Repeat(" ", storage.FileLimit), want: "lớn hơn 20 MB"},
		{what: "a program", file: bot.File{Name: "a.pdf"}, content: "MZ", want: "PDF, Word"},
		{what: "a caption that says what it is", file: bot.File{Name: "a.pdf"}, caption: "cccd của em", content: pdf, want: "giấy tờ tùy thân"},
		{what: "not to be had", file: bot.File{Name: "a.pdf"}, want: "chưa tải được"},
		{what: "good", file: bot.File{Name: "a.pdf"}, content: pdf, want: "Đã có:\n1. a.pdf"},
	} {
		delete(k.content, "1")
		if c.content != "" {
			k.content["1"] = strings.NewReader(c.content)
		}
		c.file.ID = "1"
		got := k.does("founder", bot.Incoming{Text: c.caption, Files: []bot.File{c.file}})
		if !strings.Contains(got, c.want) || !strings.Contains(got, "[Xong]") {
			t.Errorf("%s: %s", c.what, got)
		}
	}
	k.types("founder", "xong")
	documents, err := k.store.Documents(t.Context(), mine.ID)
	if err != nil || len(documents) != 1 || documents[0].MIME != "application/pdf" {
		t.Errorf("documents %+v, %v", documents, err)
	}
}

// TestDownloadsThatBreakAreToldOf holds that a download which fails for good is answered, not tried forever.
func TestDownloadsThatBreakAreToldOf(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":tai_lieu")
	k.content["1"] = iotest.ErrReader(errors.New("the line is cut"))
	if got := k.does("founder", bot.Incoming{Files: []bot.File{{ID: "1", Name: "a.pdf"}}}); !strings.Contains(got, "chưa tải được") {
		t.Error(got)
	}
}

// TestOnlyStaffStrikeFiles holds that a role is needed at the moment of acting, and that striking is written down.
func TestOnlyStaffStrikeFiles(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":tai_lieu")
	k.content["1"] = strings.NewReader(pdf)
	k.does("founder", bot.Incoming{Files: []bot.File{{ID: "1", Name: "a.pdf"}}})
	k.types("founder", "xong")
	strike := "tailieu:go:" + k.read(`SELECT CAST(id AS TEXT) FROM documents`)

	k.types("officer", "xin chào")
	for _, who := range []string{"founder", "officer"} {
		if got := k.presses(who, strike); strings.Contains(got, "Đã gỡ") {
			t.Errorf("%s: %s", who, got)
		}
	}
	k.joins("officer")
	if got := k.presses("officer", strike); !strings.Contains(got, "Đã gỡ") {
		t.Errorf("an officer: %s", got)
	}
	if got := k.read(`SELECT subject FROM audit WHERE action = 'strike-file'`); !strings.HasPrefix(got, mine.Code) {
		t.Errorf("written down: %q", got)
	}
}

// TestWhatIsTickedOrSentIsKeptAtOnce leaves questions without "Xong" in every way there is: what the bot took is kept.
func TestWhatIsTickedOrSentIsKeptAtOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		leaving string
		leave   func(k *talk, code string)
	}{
		{"by the menu", func(k *talk, _ string) { k.types("founder", "menu") }},
		{"by another field's button", func(k *talk, code string) { k.presses("founder", "hoanthien:"+code+":email") }},
		{"back", func(k *talk, _ string) { k.types("founder", "quay lại") }},
	} {
		t.Run(c.leaving, func(t *testing.T) {
			t.Parallel()
			k := newTalk(t)
			mine := k.registers("founder", "Sấy mít")
			k.presses("founder", "hoanthien:"+mine.Code+":tai_lieu")
			k.content["1"] = strings.NewReader(pdf)
			k.does("founder", bot.Incoming{Files: []bot.File{{ID: "1", Name: "a.pdf"}}})
			k.types("founder", "không phải tệp")
			c.leave(k, mine.Code)
			k.presses("founder", "hoanthien:"+mine.Code+":nhu_cau")
			k.types("founder", "1, 2")
			k.types("founder", "bỏ 1")
			c.leave(k, mine.Code)
			if documents, err := k.store.Documents(t.Context(), mine.ID); err != nil || len(documents) != 1 {
				t.Errorf("documents %+v, %v", documents, err)
			}
			if got := k.startups("founder")[0].Profile["nhu_cau"]; got != "von" {
				t.Errorf("needs %q", got)
			}
			if history, err := k.store.History(t.Context(), mine.ID); err != nil || len(history) != 3 { // the file, two ticks, one back
				t.Errorf("history %+v, %v", history, err)
			}
		})
	}
}
