package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// ofAUnit is an officer of a centre of the department.
var ofAUnit = visitor{name: "an officer of a unit", granted: storage.Officer, agency: "TTUD"}

// TestOfficersOfAUnitSeeTheirTasksAlone does everything that officers can be asked to do, as an officer of a unit that has one
// task in the department's report. They get what they get where that task is all there is, to the letter, and change nothing.
func TestOfficersOfAUnitSeeTheirTasksAlone(t *testing.T) {
	t.Parallel()
	h := &staffHouse{t: t, cfg: testConfig(storagetest.SQLiteURL(t), ""), actions: guessesOfTasks()}
	h.cfg.filesDir = t.TempDir()
	for _, c := range allConversations(t) {
		if c.Role == storage.Officer {
			about := slices.DeleteFunc(guesses(c), func(in bot.Incoming) bool { return !strings.Contains(describe(in), "0001") })
			h.actions = append(h.actions, append(about, bot.Incoming{Text: "/" + c.Name})...)
		}
	}
	full, bare := h.open(h.cfg.databaseURL), h.open(storagetest.SQLiteURL(t))
	chats := h.enter(ofAUnit, full, bare)
	assignFirst(t, full.app, oblige(t, full.app, "SKHCN 2026-12-09 Báo cáo kết quả năm 2026: 1.1 1.2 1.3"))
	assignFirst(t, bare.app, oblige(t, bare.app, "SKHCN 2026-12-09 Báo cáo kết quả năm 2026: 1.1"))
	furnish(t, full.app)
	before := h.dump()
	for i, in := range h.actions {
		got, want := aDraft.ReplaceAllString(full.answer(chats[i], in), ""), aDraft.ReplaceAllString(bare.answer(chats[i], in), "")
		if got != want {
			t.Errorf("%s:\n%s\nwhere the task is all there is:\n%s", describe(in), got, want)
		}
	}
	after := h.dump()
	delete(before, "audit") // that they looked at what is theirs
	delete(after, "audit")
	expectSame(t, ofAUnit.name, before, after)
}

// aDraft is in the buttons of a form, and random.
var aDraft = regexp.MustCompile(`"f:[a-z2-7]{10}:`)

// guessesOfTasks are buttons about tasks, of the unit and of others.
func guessesOfTasks() []bot.Incoming {
	list := []bot.Incoming{}
	for _, task := range []string{"", "1.1", "1.2", "1.3", "%"} {
		for _, field := range []string{"", ":tinh_trang", ":ket_qua", ":so_lieu", ":van_ban", ":1.2"} {
			list = append(list, bot.Incoming{Button: "nhiemvu:NV-2026-0001:" + task + field})
		}
	}
	return list
}

// assignFirst assigns the first task of the department's report to the unit.
func assignFirst(t *testing.T, a *app, o storage.Obligation) {
	t.Helper()
	assignTask(t, a, storage.Line{Obligation: o.ID, Task: "1.1"}, ofAUnit.agency)
}

func assignTask(t *testing.T, a *app, l storage.Line, unit string) {
	t.Helper()
	err := a.store.InTx(t.Context(), func(tx *storage.Tx) error {
		ok, err := storage.AssignLine(t.Context(), tx, l, unit)
		if err == nil && !ok {
			err = fmt.Errorf("task %s is not as it was seen", l.Task)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// furnish puts into the department's report what is none of the unit's business: words on other tasks, one of which another unit
// has, and a file that was returned.
func furnish(t *testing.T, a *app) {
	t.Helper()
	now := a.engine.Clock()
	err := a.store.InTx(t.Context(), func(tx *storage.Tx) error {
		o, _, err := storage.FindObligation(t.Context(), tx, "NV-2026-0001")
		if err != nil {
			return err
		}
		unit := storage.Agency{Name: "Phòng Quản lý đổi mới sáng tạo", Short: "Phòng ĐMST", Parent: storage.Department}
		if err := storage.AddAgency(t.Context(), tx, &unit, now); err != nil {
			return err
		}
		if _, err := storage.AssignLine(t.Context(), tx, storage.Line{Obligation: o.ID, Task: "1.3"}, unit.ID); err != nil {
			return err
		}
		for task, unit := range map[string]string{"1.2": "", "1.3": unit.ID} {
			if _, err := storage.KeepLine(t.Context(), tx, storage.Line{Obligation: o.ID, Task: task, Unit: unit, Narrative: "Chuyện riêng."}, now); err != nil {
				return err
			}
		}
		s := storage.Submission{Draft: "d", Document: "9/BC-SKHCN", DocumentOn: "2026-11-20"}
		if _, err := storage.Submit(t.Context(), tx, &o, &s, bot.Address{Channel: "office", Chat: "of the department"}, now); err != nil {
			return err
		}
		_, err = storage.DecideSubmission(t.Context(), tx, &o, &s, 1, "Thiếu phụ lục.", now)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestATaskIsToldOfByWhoHasItWhenTheyAct takes a task from a unit, and its officer from the unit, in the middle of a question.
func TestATaskIsToldOfByWhoHasItWhenTheyAct(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	h.say("dung", inviteOfficer(t, h.app, ofAUnit.agency))
	o := oblige(t, h.app, "SKHCN 2026-12-09 Báo cáo kết quả năm 2026: 1.1 1.2")
	line := func() (l storage.Line) {
		h.inTx(func(tx *storage.Tx) error {
			lines, err := storage.LinesOf(t.Context(), tx, o.ID)
			l = lines[0]
			return err
		})
		return l
	}
	question := bot.Incoming{Button: "nhiemvu:" + o.Code + ":1.1:ket_qua"}
	assignFirst(t, h.app, o)
	h.does("dung", question)
	if got := h.does("dung", bot.Incoming{Text: "Đã mở cổng."}); !strings.Contains(got, "Đã lưu.") || line().Narrative != "Đã mở cổng." {
		t.Errorf("it is theirs: %s; kept %+v", got, line())
	}
	for what, happen := range map[string]func(){
		"the task is taken":   func() { assignTask(t, h.app, line(), "") },
		"the officer is gone": func() { h.removes("dung", ofAUnit.agency) },
	} {
		h.does("dung", question)
		happen()
		if got := h.does("dung", bot.Incoming{Text: "Chưa mở cổng."}); strings.Contains(got, "lưu") || line().Narrative != "Đã mở cổng." {
			t.Errorf("%s: %s; kept %+v", what, got, line())
		}
		if got := h.does("dung", bot.Incoming{Button: "nhiemvu:" + o.Code + ":1.1"}); strings.Contains(got, "Đã mở cổng.") {
			t.Errorf("%s, and they read %s", what, got)
		}
		if line().Unit == "" {
			assignFirst(t, h.app, o)
		}
	}
	h.untouched(o)
}
