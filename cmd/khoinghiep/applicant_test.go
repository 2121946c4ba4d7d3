package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage"
)

// receiptTitle begins the message that ends a registration.
const receiptTitle = "Đã nhận đăng ký"

// applicant is a person who registers a startup on Telegram. They answer each question once, when it comes: an answer
// that gets lost is never given again, so nobody gets to the end without it.
type applicant struct {
	*telegramtest.Person
	phone, project string
	begun          bool
	answered       int // how many of the questions
}

// question is one question of the registration, what the applicant says to it, and what the review then shows of it.
type question struct {
	title  string
	says   string
	press  bool
	review string
}

// positions in questions.
const (
	askedName   = 1
	askedField  = 5
	askedReview = 7
)

func (f *applicant) questions() []question {
	return []question{
		{title: "Đồng ý xử lý dữ liệu", says: "Đồng ý, tôi đủ 16 tuổi", press: true},
		{title: "Họ và tên", says: f.Name, review: f.Name},
		{title: "Số điện thoại", says: strings.ReplaceAll(f.phone, " ", ""), review: f.phone},
		{title: "Nơi thực hiện", says: "Ba Vinh", review: "Xã Ba Vinh"},
		{title: "Tên dự án", says: f.project, review: f.project},
		{title: "Lĩnh vực", says: "Du lịch, dịch vụ", press: true, review: "Du lịch, dịch vụ"},
		{title: "Giai đoạn", says: "Đã bán thử", press: true, review: "Đã bán thử"},
		{title: "Xem lại", says: "Gửi đăng ký", press: true},
	}
}

// applicants makes n of them, no two alike.
func applicants(server *telegramtest.Server, n int) []*applicant {
	people := make([]*applicant, n)
	for i := range people {
		surnames := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đinh", "Hồ", "Bùi", "Đặng", "Phan"}
		given := []string{"An", "Bình", "Chi", "Dũng", "Hà", "Khánh", "Lan", "Minh", "Quý", "Thảo"}
		name := surnames[i/len(given)%len(surnames)] + " Văn " + given[i%len(given)]
		people[i] = &applicant{
			Person: server.Person(name), phone: fmt.Sprintf("0912 345 %03d", i), project: fmt.Sprintf("Tinh dầu sả số %d", i),
		}
	}
	return people
}

// register goes from where the applicant is to the receipt.
func register(ctx context.Context, f *applicant) error {
	if err := f.answerUntil(ctx, len(f.questions())); err != nil {
		return err
	}
	return f.await(ctx, receiptTitle)
}

// answerUntil answers the questions before the nth, and waits for that one.
func (f *applicant) answerUntil(ctx context.Context, n int) error {
	list := f.questions()
	if !f.begun {
		f.begun = true
		f.Send("/dangky")
	}
	for f.answered < n {
		if err := f.answerNext(ctx); err != nil {
			return err
		}
	}
	if n == len(list) {
		return nil
	}
	return f.await(ctx, list[n].title)
}

// answerNext waits for the next question and answers it.
func (f *applicant) answerNext(ctx context.Context) error {
	q := f.questions()[f.answered]
	if err := f.await(ctx, q.title); err != nil {
		return err
	}
	if f.answered == askedReview {
		if err := f.checkReview(); err != nil {
			return err
		}
	}
	f.answered++
	if q.press {
		return f.Press(q.says)
	}
	f.Send(q.says)
	return nil
}

// writeUntil answers on until a message with the title comes in place of the next question.
func (f *applicant) writeUntil(ctx context.Context, title string) error {
	list := f.questions()
	for f.titled(title) == 0 {
		if f.answered == len(list) {
			return fmt.Errorf("everything is answered and %q did not come", title)
		}
		if err := f.answerNext(ctx); err != nil {
			return err
		}
		next := receiptTitle
		if f.answered < len(list) {
			next = list[f.answered].title
		}
		if err := f.await(ctx, title, next); err != nil {
			return err
		}
	}
	return nil
}

// await waits for a message with one of the titles.
func (f *applicant) await(ctx context.Context, titles ...string) error {
	for {
		received := f.Received()
		if slices.ContainsFunc(titles, func(title string) bool { return f.titled(title) > 0 }) {
			return nil
		}
		if err := f.WaitFor(ctx, received+1); err != nil {
			return fmt.Errorf("none of %q came: %w", titles, err)
		}
	}
}

// titled counts the messages with a title; a form puts the step before it.
func (f *applicant) titled(title string) int {
	n := 0
	for _, m := range f.Inbox() {
		if head, _, _ := strings.Cut(m.Text, "\n"); strings.Contains(head, title) {
			n++
		}
	}
	return n
}

// checkReview holds the first review against what was typed.
func (f *applicant) checkReview() error {
	inbox := f.Inbox()
	i := slices.IndexFunc(inbox, func(m telegramtest.Message) bool { return strings.HasPrefix(m.Text, "Xem lại") })
	for _, q := range f.questions() {
		if line := q.title + ": " + q.review; q.review != "" && !strings.Contains(inbox[i].Text, line+"\n") {
			return fmt.Errorf("the review lacks %q:\n%s", line, inbox[i].Text)
		}
	}
	return nil
}

func (f *applicant) last() string {
	inbox := f.Inbox()
	if len(inbox) == 0 {
		return ""
	}
	return inbox[len(inbox)-1].Text
}

// checkKept demands that what each applicant typed is registered once, under the code that they were told.
func checkKept(t *testing.T, s *storage.Store, people []*applicant) {
	t.Helper()
	for _, f := range people {
		here := bot.Address{Channel: "telegram", Chat: f.Chat()}
		own, err := s.StartupsAt(t.Context(), here)
		if err != nil {
			t.Fatal(err)
		}
		if len(own) != 1 || own[0].Name != f.project {
			t.Errorf("%s has registered %+v, want %q once", f.Name, own, f.project)
			continue
		}
		if f.titled(receiptTitle+" "+own[0].Code) == 0 {
			t.Errorf("%s has %s and was not told so", f.Name, own[0].Code)
		}
		p, _, err := s.PersonAt(t.Context(), here)
		if phone := "+84" + strings.ReplaceAll(f.phone, " ", "")[1:]; err != nil || p.Name != f.Name || p.Phone != phone {
			t.Errorf("kept %q %q (%v), want %q %q", p.Name, p.Phone, err, f.Name, phone)
		}
	}
}
