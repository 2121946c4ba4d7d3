package scheduler_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/scheduler"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// agenda is a database with two agencies, which one officer answers for, an officer of the first alone, staff and an
// approver; and the job. The reports of 2026 are due until Wednesday 9 December.
type agenda struct {
	t      *testing.T
	store  *storage.Store
	job    scheduler.Reminders
	people map[string]int64
	owed   map[string]storage.Obligation // by agency
}

func newAgenda(t *testing.T, s *storage.Store) *agenda {
	t.Helper()
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	steps, err := plan.LoadSteps()
	if err != nil {
		t.Fatal(err)
	}
	a := &agenda{t: t, store: s, job: scheduler.Reminders{Store: s, Calendar: calendar, Steps: steps}, people: map[string]int64{}, owed: map[string]storage.Obligation{}}
	begin := december(1, 7)
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		agencies := []storage.Agency{{ID: "SCT", Name: "Sở Công Thương", Short: "Sở CT"}, {ID: "TINHDOAN", Name: "Tỉnh Đoàn Quảng Ngãi", Short: "Tỉnh Đoàn"}}
		if err := storage.SaveAgencies(ctx, tx, agencies, begin); err != nil {
			return err
		}
		for _, name := range []string{"an", "binh", "staff", "approver"} {
			if a.people[name], err = storage.EnsurePerson(ctx, tx, bot.Address{Channel: "telegram", Chat: name}, begin); err != nil {
				return err
			}
		}
		for _, o := range []storage.AgencyOfficer{{Person: a.people["an"], Agency: "SCT"}, {Person: a.people["binh"], Agency: "SCT"}, {Person: a.people["binh"], Agency: "TINHDOAN"}} {
			if err := storage.AddOfficer(ctx, tx, o.Person, o.Agency, false, begin); err != nil {
				return err
			}
		}
		if err := storage.GrantRole(ctx, tx, a.people["staff"], storage.Staff, begin); err != nil {
			return err
		}
		return storage.GrantRole(ctx, tx, a.people["approver"], storage.Approver, begin)
	})
	return a
}

// onEachAgenda runs a test on both databases.
func onEachAgenda(t *testing.T, test func(t *testing.T, a *agenda)) {
	t.Helper()
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) { test(t, newAgenda(t, s)) })
}

// december is an hour of a day of December 2026, of which the 1st is a Tuesday.
func december(day, hour int) time.Time {
	return time.Date(2026, time.December, day, hour, 0, 0, 0, vietnam)
}

func (a *agenda) in(f func(ctx context.Context, tx *storage.Tx) error) {
	a.t.Helper()
	if err := a.store.InTx(a.t.Context(), func(tx *storage.Tx) error { return f(a.t.Context(), tx) }); err != nil {
		a.t.Fatal(err)
	}
}

// owe has agencies owe the report of 2026 from a moment on.
func (a *agenda) owe(now time.Time, agencies ...string) {
	a.t.Helper()
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		for _, agency := range agencies {
			o := storage.Obligation{
				Source: "report/2026/" + agency, Kind: storage.ReportObligation, Year: 2026, Agency: agency,
				Title: "Báo cáo kết quả năm 2026", Clause: "QĐ 827, V.12", DueOn: "2026-12-09",
			}
			if _, err := storage.MakeObligation(ctx, tx, &o, nil, now); err != nil {
				return err
			}
			a.owed[agency] = o
		}
		return nil
	})
}

func (a *agenda) submit(agency string, now time.Time) {
	a.t.Helper()
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		o, _, err := storage.FindObligation(ctx, tx, a.owed[agency].Code)
		if err != nil {
			return err
		}
		s := storage.Submission{Draft: storage.NewSecret(10), Document: "12/BC"}
		_, err = storage.Submit(ctx, tx, &o, &s, bot.Address{Channel: "telegram", Chat: "an"}, now)
		return err
	})
}

// run does the job, and gives what waits then, by person.
func (a *agenda) run(now time.Time) map[string]bot.Outgoing {
	a.t.Helper()
	if err := a.job.Run(a.t.Context(), now); err != nil {
		a.t.Fatal(err)
	}
	return a.queued()
}

func (a *agenda) queued() map[string]bot.Outgoing {
	a.t.Helper()
	rows := []struct {
		Person int64 `db:"person_id"`
		Body   string
	}{}
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		return tx.SelectContext(ctx, &rows, `SELECT person_id, body FROM deliveries WHERE state = 'queued'`)
	})
	messages := map[string]bot.Outgoing{}
	for _, row := range rows {
		for name, id := range a.people {
			m := bot.Outgoing{}
			if err := json.Unmarshal([]byte(row.Body), &m); err != nil {
				a.t.Fatal(err)
			}
			if id == row.Person {
				messages[name] = m
			}
		}
	}
	return messages
}

// send has whatever waits be sent.
func (a *agenda) send() {
	a.t.Helper()
	a.in(func(ctx context.Context, tx *storage.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE deliveries SET state = 'sent' WHERE state = 'queued'`)
		return err
	})
}

func labels(m bot.Outgoing) (list []string) {
	for _, b := range m.Buttons {
		list = append(list, b.Label+" = "+b.Data)
	}
	return list
}

func (a *agenda) expect(got bot.Outgoing, title, text string, buttons ...string) {
	a.t.Helper()
	for agency, o := range a.owed {
		for i := range buttons {
			buttons[i] = strings.ReplaceAll(buttons[i], ":"+agency, ":"+o.Code)
		}
	}
	if got.Title != title || got.Text != text || !slices.Equal(labels(got), buttons) {
		a.t.Errorf("got\n%s\n%s\n%q\nwant\n%s\n%s\n%q", got.Title, got.Text, labels(got), title, text, buttons)
	}
}

func TestWhatPeopleReadOfWhatIsDue(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.owe(december(1, 7), "SCT", "TINHDOAN")
		a.run(december(1, 8)) // T-14, which was missed
		a.send()

		got := a.run(december(2, 8)) // T-7
		a.expect(got["an"], "Nhắc hạn gửi báo cáo kết quả năm 2026",
			"Kính gửi Sở Công Thương. Hạn gửi báo cáo kết quả năm 2026 (QĐ 827, V.12): hết thứ Tư, ngày 09/12/2026, còn 5 ngày làm việc.",
			"Gửi hoặc báo đã gửi = guibaocao:SCT", "Đã nắm, sẽ gửi = nhachan:nam:SCT", "Hẹn ngày gửi = henngay:SCT", "Không thuộc nhiệm vụ đơn vị = khongthuoc:SCT")
		if tpl := got["an"].Template; tpl == nil || tpl.Name != storage.DueSoon || tpl.Params["don_vi"] != "Sở Công Thương" ||
			tpl.Params["bao_cao"] != "báo cáo kết quả năm 2026" || tpl.Params["han"] != "thứ Tư, ngày 09/12/2026" {
			t.Errorf("the template is %+v", tpl)
		}
		a.expect(got["binh"], "Nhắc hạn: 2 việc cần gửi",
			"Kính gửi anh/chị. Các việc cần gửi Sở Khoa học và Công nghệ:\n"+
				"- Sở Công Thương. Báo cáo kết quả năm 2026 (QĐ 827, V.12): hạn hết thứ Tư, ngày 09/12/2026, còn 5 ngày làm việc\n"+
				"- Tỉnh Đoàn Quảng Ngãi. Báo cáo kết quả năm 2026 (QĐ 827, V.12): hạn hết thứ Tư, ngày 09/12/2026, còn 5 ngày làm việc",
			"Việc của tôi = vieccuatoi:", "Gửi báo cáo kết quả năm 2026 · Sở CT = guibaocao:SCT", "Gửi báo cáo kết quả năm 2026 · Tỉnh Đoàn = guibaocao:TINHDOAN")
		if len(got) != 2 {
			t.Errorf("%d people are told", len(got))
		}
		a.send()
		a.run(december(4, 8))
		a.send()
		a.submit("TINHDOAN", december(7, 9))

		got = a.run(december(8, 8)) // T-1
		a.expect(got["staff"], "Đơn vị chưa gửi kế hoạch, báo cáo",
			"Các đơn vị chưa gửi, có sẵn dự thảo công văn đôn đốc:\n- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026, còn 1 ngày làm việc: Sở CT.",
			"Công văn: Sở CT = congvan:SCT")
		a.send()
		a.expect(a.run(december(9, 8))["an"], "Nhắc hạn gửi báo cáo kết quả năm 2026", // T0
			"Kính gửi Sở Công Thương. Hạn gửi báo cáo kết quả năm 2026 (QĐ 827, V.12): hết thứ Tư, ngày 09/12/2026, hôm nay là ngày làm việc cuối.",
			"Gửi hoặc báo đã gửi = guibaocao:SCT", "Đã nắm, sẽ gửi = nhachan:nam:SCT", "Hẹn ngày gửi = henngay:SCT", "Không thuộc nhiệm vụ đơn vị = khongthuoc:SCT")
		a.send()
		a.expect(a.run(december(10, 8))["binh"], "Nhắc hạn gửi báo cáo kết quả năm 2026", // Q1
			"Kính gửi Sở Công Thương. Đến 08:00 thứ Năm, ngày 10/12/2026, Sở Khoa học và Công nghệ chưa nhận được báo cáo kết quả năm 2026 (QĐ 827, V.12), "+
				"hạn hết thứ Tư, ngày 09/12/2026. Đề nghị anh/chị gửi hoặc cho biết ngày gửi.",
			"Gửi hoặc báo đã gửi = guibaocao:SCT", "Hẹn ngày gửi = henngay:SCT", "Không thuộc nhiệm vụ đơn vị = khongthuoc:SCT")
		a.send()
		a.run(december(11, 8))
		a.send()
		got = a.run(december(16, 8)) // D5
		if len(got) != 1 || !strings.Contains(got["approver"].Text, "quá hạn 5 ngày làm việc: Sở CT.") {
			t.Errorf("after five working days %+v", got)
		}
	})
}

// TestStaffReadOfManyAgenciesInOneLine with letters to the first four, and to all.
func TestStaffReadOfManyAgenciesInOneLine(t *testing.T) {
	onEachAgenda(t, func(_ *testing.T, a *agenda) {
		names, buttons := []string{}, []string{}
		for i := range 96 {
			id := fmt.Sprintf("xa-%02d", i)
			a.in(func(ctx context.Context, tx *storage.Tx) error {
				return storage.SaveAgencies(ctx, tx, []storage.Agency{{ID: id, Name: "UBND xã " + id, Short: "Xã " + id}}, december(1, 7))
			})
			a.owe(december(1, 7), id)
			names = append(names, "Xã "+id)
			if i < 4 {
				buttons = append(buttons, "Công văn: Xã "+id+" = congvan:"+id)
			}
		}
		a.expect(a.run(december(10, 8))["staff"], "Đơn vị chưa gửi kế hoạch, báo cáo", "Các đơn vị chưa gửi, có sẵn dự thảo công văn đôn đốc:\n"+
			"- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026, quá hạn 1 ngày làm việc: "+strings.Join(names, "; ")+".",
			append(buttons, "Công văn cho tất cả = congvan:")...)
	})
}

// TestTheDepartmentWritesNoLetterToItself and one of its officers, who is staff, finds the letters to others in what they are told.
func TestTheDepartmentWritesNoLetterToItself(t *testing.T) {
	onEachAgenda(t, func(_ *testing.T, a *agenda) {
		a.in(func(ctx context.Context, tx *storage.Tx) error {
			department := storage.Agency{ID: storage.Department, Name: "Sở Khoa học và Công nghệ", Short: "Sở KH&CN"}
			if err := storage.SaveAgencies(ctx, tx, []storage.Agency{department}, december(1, 7)); err != nil {
				return err
			}
			return storage.AddOfficer(ctx, tx, a.people["approver"], storage.Department, false, december(1, 7))
		})
		a.owe(december(1, 7), storage.Department)
		a.expect(a.run(december(10, 8))["staff"], "Đơn vị chưa gửi kế hoạch, báo cáo",
			"Chưa gửi:\n- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026, quá hạn 1 ngày làm việc: Sở KH&CN.")
		a.send()
		a.owe(december(10, 9), "SCT", "TINHDOAN")
		const asked = "Gửi hoặc báo đã gửi = guibaocao:SKHCN, Hẹn ngày gửi = henngay:SKHCN, Không thuộc nhiệm vụ đơn vị = khongthuoc:SKHCN"
		a.expect(a.run(december(11, 8))["approver"], "Nhắc hạn gửi báo cáo kết quả năm 2026",
			"Kính gửi Sở Khoa học và Công nghệ. Đến 08:00 thứ Sáu, ngày 11/12/2026, trợ lý chưa ghi nhận đã gửi báo cáo kết quả năm 2026 (QĐ 827, V.12), "+
				"hạn hết thứ Tư, ngày 09/12/2026. Đề nghị anh/chị gửi hoặc cho biết ngày gửi.\n\nCác đơn vị chưa gửi, có sẵn dự thảo công văn đôn đốc:\n"+
				"- Báo cáo kết quả năm 2026, hạn hết thứ Tư, ngày 09/12/2026, quá hạn 2 ngày làm việc: Sở CT; Tỉnh Đoàn.",
			append(strings.Split(asked, ", "), "Công văn: Sở CT = congvan:SCT", "Công văn: Tỉnh Đoàn = congvan:TINHDOAN")...)
	})
}

// TestWhatStaffAskedForIsSaid with its content, and the day that they accepted.
func TestWhatStaffAskedForIsSaid(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		o := storage.Obligation{Source: "own/1", Kind: storage.OwnObligation, Year: 2026, Agency: "SCT", Title: "CLB khởi nghiệp: số liệu", Asked: "Số câu lạc bộ đang hoạt động.", DueOn: "2026-12-04"}
		a.in(func(ctx context.Context, tx *storage.Tx) error {
			if _, err := storage.MakeObligation(ctx, tx, &o, nil, december(1, 7)); err != nil {
				return err
			}
			promise := storage.Answer{Obligation: o.ID, Person: a.people["an"], Kind: storage.AnswerPromise, Day: "2026-12-13"}
			if err := storage.AddAnswer(ctx, tx, &promise, december(1, 7)); err != nil {
				return err
			}
			_, err := storage.DecideAnswer(ctx, tx, &o, &promise, storage.AnswerAccepted, a.people["staff"], "", december(1, 7))
			return err
		})
		for _, silent := range []time.Time{december(1, 8), december(3, 8), december(10, 8)} {
			if got := a.run(silent); len(got) != 0 {
				t.Errorf("before the day %v", got)
			}
		}
		got := a.run(december(11, 8)) // a Friday: the 13th is a Sunday
		if want := "Kính gửi Sở Công Thương. Ngày hẹn gửi CLB khởi nghiệp: số liệu (NV-2026-0001): hết Chủ nhật, ngày 13/12/2026, " +
			"hôm nay là ngày làm việc cuối.\nNội dung: Số câu lạc bộ đang hoạt động."; got["an"].Text != want {
			t.Errorf("got\n%s\nwant\n%s", got["an"].Text, want)
		}
		a.send()
		got = a.run(december(14, 9))
		if want := "Kính gửi Sở Công Thương. Đến 09:00 thứ Hai, ngày 14/12/2026, Sở Khoa học và Công nghệ chưa nhận được CLB khởi nghiệp: số liệu (NV-2026-0001), " +
			"ngày hẹn hết Chủ nhật, ngày 13/12/2026. Đề nghị anh/chị gửi hoặc cho biết ngày gửi.\nNội dung: Số câu lạc bộ đang hoạt động."; got["an"].Text != want {
			t.Errorf("got\n%s\nwant\n%s", got["an"].Text, want)
		}
		if text := got["staff"].Text; !strings.HasSuffix(text, "- CLB khởi nghiệp: số liệu, ngày hẹn hết Chủ nhật, ngày 13/12/2026, quá hạn 1 ngày làm việc: Sở CT.") {
			t.Errorf("staff read %s", text)
		}
	})
}

// TestASubmissionTakesAQueuedReminderBack the same morning: what else was in the message is told in another.
func TestASubmissionTakesAQueuedReminderBack(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.owe(december(1, 7), "SCT", "TINHDOAN")
		if got := a.run(december(2, 8)); len(got) != 2 {
			t.Fatalf("told %v", got)
		}
		a.submit("SCT", december(2, 8))
		if got := a.queued(); len(got) != 0 {
			t.Errorf("still told %v", got)
		}
		got := a.run(december(2, 9))
		if len(got) != 1 || !strings.HasPrefix(got["binh"].Text, "Kính gửi Tỉnh Đoàn Quảng Ngãi. ") {
			t.Errorf("told %v", got)
		}
	})
}

// TestWhatComesAfterTheMorningsMessageWaits has something be due from somebody who has their message of this morning.
func TestWhatComesAfterTheMorningsMessageWaits(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.owe(december(1, 7), "TINHDOAN")
		a.run(december(4, 8)) // a Friday, T-3
		a.send()
		a.owe(december(4, 9), "SCT")
		if got := a.run(december(4, 10)); len(got) != 1 || got["an"].Text == "" { // who has no message yet
			t.Errorf("on Friday %v", got)
		}
		a.send()
		for _, off := range []time.Time{december(4, 17), december(5, 9), december(6, 9), december(7, 7)} {
			if got := a.run(off); len(got) != 0 {
				t.Errorf("at %s %v", off, got)
			}
		}
		if got := a.run(december(7, 8)); len(got) != 1 || !strings.HasPrefix(got["binh"].Text, "Kính gửi Sở Công Thương. ") {
			t.Errorf("on Monday %v", got)
		}
	})
}

// TestAReminderThatDidNotGoOutIsToldAsThingsStand has the process that sends be away from Wednesday morning on.
func TestAReminderThatDidNotGoOutIsToldAsThingsStand(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.owe(december(1, 7), "SCT")
		a.run(december(2, 8))
		got := a.run(december(3, 8))
		if text := got["an"].Text; len(got) != 2 || !strings.Contains(text, "còn 4 ngày làm việc") {
			t.Errorf("on Thursday %v", got)
		}
		a.in(func(ctx context.Context, tx *storage.Tx) error {
			n, latest := 0, int64(0)
			if err := tx.GetContext(ctx, &n, `SELECT COUNT(*) FROM deliveries`); err != nil || n != 2 {
				t.Errorf("%d messages, %v", n, err)
			}
			err := tx.GetContext(ctx, &latest, `SELECT MAX(not_after) FROM deliveries`)
			if latest != december(3, 17).UnixMilli() {
				t.Errorf("sent until %s", time.UnixMilli(latest))
			}
			return err
		})
	})
}

// TestStepsOfItsOwn also broken ones, which hold up nobody else.
func TestStepsOfItsOwn(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.owe(december(1, 7), "SCT", "TINHDOAN")
		for agency, steps := range map[string]string{"SCT": "[{name: T-5, days: -5, to: [approver]}]", "TINHDOAN": "[{"} {
			a.in(func(ctx context.Context, tx *storage.Tx) error {
				o := a.owed[agency]
				_, err := storage.SetReminderSteps(ctx, tx, &o, steps, december(1, 7))
				return err
			})
		}
		if got := a.run(december(2, 8)); len(got) != 0 {
			t.Errorf("at T-7 %v", got)
		}
		if got := a.run(december(4, 8)); len(got) != 1 || !strings.Contains(got["approver"].Text, "Sở CT") {
			t.Errorf("at T-5 %v", got)
		}
		a.send()
		if got := a.run(december(10, 8)); len(got) != 0 {
			t.Errorf("overdue %v", got)
		}
	})
}

// TestWhoJoinsLaterHearsOfTheNextStep also when an obligation is looked at again meanwhile.
func TestWhoJoinsLaterHearsOfTheNextStep(t *testing.T) {
	onEachAgenda(t, func(t *testing.T, a *agenda) {
		a.owe(december(1, 7), "TINHDOAN")
		a.run(december(2, 8))
		a.send()
		a.in(func(ctx context.Context, tx *storage.Tx) error {
			if err := storage.AddOfficer(ctx, tx, a.people["an"], "TINHDOAN", false, december(2, 9)); err != nil {
				return err
			}
			o, _, err := storage.FindObligation(ctx, tx, a.owed["TINHDOAN"].Code)
			if err != nil {
				return err
			}
			_, err = storage.SetReminderSteps(ctx, tx, &o, "", december(2, 9))
			return err
		})
		if got := a.run(december(3, 8)); len(got) != 0 {
			t.Errorf("told %v", got)
		}
		if got := a.run(december(4, 8)); len(got) != 2 {
			t.Errorf("told %v", got)
		}
	})
}
