package planning

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// standing is where an obligation stands now, with its traffic light.
func (o Office) standing(owed storage.Obligation, t *handlers.Turn) string {
	switch {
	case owed.State == storage.ObligationAccepted:
		return "✅ đã nhận"
	case owed.State == storage.ObligationSent:
		return "📨 đã gửi, chờ xem"
	case owed.State == storage.ObligationStopped:
		return "⚪ không phải gửi"
	case owed.Last() < today(t):
		return "🔴 " + o.left(owed, t.Now)
	}
	return "🟡 " + o.left(owed, t.Now)
}

// left tells how many working days are left until the end of the last day, or by how many it is late.
func (o Office) left(owed storage.Obligation, now time.Time) string {
	last, err := time.ParseInLocation(time.DateOnly, owed.Last(), now.Location())
	switch day := now.Format(time.DateOnly); {
	case err != nil: // not of our making
		return "chưa rõ hạn"
	case owed.Last() < day:
		return "quá hạn" + workingDays(o.Calendar.WorkingDaysBetween(last, now))
	case owed.Last() == day:
		return "đến hạn hôm nay"
	}
	return "còn" + workingDays(o.Calendar.WorkingDaysBetween(now, last))
}

// workingDays tells a number of them after some words; over a weekend there may be none.
func workingDays(n int) string {
	if n == 0 {
		return " chưa đến một ngày làm việc"
	}
	return fmt.Sprintf(" %d ngày làm việc", n)
}

// obligationLine tells an obligation in one line.
func (o Office) obligationLine(owed storage.Obligation, t *handlers.Turn) string {
	return fmt.Sprintf("%s · %s · %s", owed.Code, owed.Title, o.standing(owed, t))
}

// about names what is to be sent, by whom and on what ground.
func about(o storage.Obligation) string {
	if o.Clause == "" {
		return o.Title
	}
	return o.Title + " (" + o.Clause + ")"
}

func lastDay(o storage.Obligation) string { return "hết " + viet.ShowDate(o.Last()) }

// submissionLine tells what was sent.
func submissionLine(s storage.Submission, t *handlers.Turn) string {
	parts := []string{}
	if s.Document != "" {
		parts = append(parts, "văn bản "+s.Document)
	}
	if s.DocumentOn != "" {
		parts = append(parts, "ngày "+shortDay(s.DocumentOn))
	}
	if s.Hash != "" {
		parts = append(parts, "tệp "+cmp.Or(s.FileName, "ảnh"))
	}
	return fmt.Sprintf("%s · %s gửi lúc %s: %s", s.Code, called(s.Sender), clock(s.At, t), strings.Join(parts, ", "))
}

// answerLine tells what an officer answered, and what was decided.
func answerLine(a storage.Answer, t *handlers.Turn) string {
	text := "Đã nắm, sẽ gửi"
	switch a.Kind {
	case storage.AnswerPromise:
		text = "Hẹn gửi " + viet.ShowDate(a.Day)
	case storage.AnswerNotOurs:
		text = "Không thuộc nhiệm vụ đơn vị"
	}
	if a.Reason != "" {
		text += ". Lý do: " + a.Reason
	}
	text = fmt.Sprintf("%s, %s: %s.", called(a.Officer), clock(a.At, t), strings.TrimSuffix(text, "."))
	switch {
	case a.Kind == storage.AnswerSeen:
		return text
	case a.State == storage.AnswerOpen:
		return text + " Chờ anh/chị quyết định."
	case a.State == storage.AnswerReplaced:
		return text + " Đã thay bằng lần sau."
	case a.State == storage.AnswerAccepted:
		text += " Đã đồng ý"
	default:
		text += " Không đồng ý"
	}
	if a.Decision == "" {
		return text + "."
	}
	return text + ": " + a.Decision
}

// shortDay gives "2006-01-02" as "02/01/2006".
func shortDay(iso string) string {
	_, day, _ := strings.Cut(viet.ShowDate(iso), "ngày ")
	return day
}

// lineStatuses are how far a task may be, in words.
func lineStatus(s storage.LineStatus) string {
	switch s {
	case storage.LineDone:
		return "đã xong"
	case storage.LineGoing:
		return "đang làm"
	case storage.LineWaiting:
		return "chưa bắt đầu"
	}
	return "chưa có thông tin"
}

func (o Office) taskTitle(id string) string {
	task, ok := o.Plan.Task(id)
	if !ok {
		return id
	}
	return id + ". " + task.Title
}

// inDocumentOrder puts lines in the order in which the plan has their tasks; those that it does not have any more come last.
func (o Office) inDocumentOrder(lines []storage.Line) []storage.Line {
	sorted, known := []storage.Line{}, map[string]bool{}
	for _, task := range o.Plan.Tasks {
		known[task.ID] = true
		for _, l := range lines {
			if l.Task == task.ID {
				sorted = append(sorted, l)
			}
		}
	}
	for _, l := range lines {
		if !known[l.Task] {
			sorted = append(sorted, l)
		}
	}
	return sorted
}

// goneObligation answers for an obligation that is not there.
func goneObligation() bot.Outgoing {
	return bot.Outgoing{Text: "Mình không thấy việc này. Anh/chị mở từ “Tiến độ” giúp.", Buttons: []bot.Button{row("Tiến độ", progress, "")}}
}

// currentDuty is the kind and year of what is due nearest to a day: "báo cáo" in December, "kế hoạch" in October.
func (o Office) currentDuty(day string, year int) (kind storage.ObligationKind, of int) {
	nearest := -1
	for y := year - 1; y <= year+1; y++ {
		for _, duty := range o.Plan.Duties(y) {
			if duty.Kind == plan.Consolidated {
				continue
			}
			days := daysBetween(day, duty.LastDay)
			if days = max(days, -days); nearest < 0 || days < nearest {
				nearest, kind, of = days, storage.ObligationKind(duty.Kind), duty.Year
			}
		}
	}
	return kind, of
}
