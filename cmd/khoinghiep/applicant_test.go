package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// receiptTitle begins the message that ends a registration.
const receiptTitle = "Đã nhận đăng ký"

// applicant is a person who registers a startup. They answer each question once, when it comes: an answer
// that gets lost is never given again, so nobody gets to the end without it.
type applicant struct {
	account
	name, phone, project string
	begun                bool
	answered             int // how many of the questions
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
	askedName    = 1
	askedProject = 4
	askedField   = 5
	askedReview  = 7
)

func (f *applicant) questions() []question {
	return []question{
		{title: "Đồng ý xử lý dữ liệu", says: "Đồng ý, tôi đủ 16 tuổi", press: true},
		{title: "Họ và tên", says: f.name, review: f.name},
		{title: "Số điện thoại", says: strings.ReplaceAll(f.phone, " ", ""), review: f.phone},
		{title: "Nơi thực hiện", says: "Ba Vinh", review: "Xã Ba Vinh"},
		{title: "Tên dự án", says: f.project, review: f.project},
		{title: "Lĩnh vực", says: "Du lịch, dịch vụ", press: true, review: "Du lịch, dịch vụ"},
		{title: "Giai đoạn", says: "Đã bán thử", press: true, review: "Đã bán thử"},
		{title: "Xem lại", says: "Gửi đăng ký", press: true},
	}
}

// applicants makes n of them, no two alike.
func applicants(n int, open func(name string) account) []*applicant {
	people := make([]*applicant, n)
	for i := range people {
		surnames := []string{"Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đinh", "Hồ", "Bùi", "Đặng", "Phan"}
		given := []string{"An", "Bình", "Chi", "Dũng", "Hà", "Khánh", "Lan", "Minh", "Quý", "Thảo"}
		name := surnames[i/len(given)%len(surnames)] + " Văn " + given[i%len(given)]
		people[i] = &applicant{
			account: open(name), name: name,
			phone: fmt.Sprintf("0912 345 %03d", i), project: fmt.Sprintf("Tinh dầu sả số %d", i),
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
		f.send("/dangky")
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
		return f.press(q.says)
	}
	f.send(q.says)
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
		texts := f.read()
		if slices.ContainsFunc(titles, func(title string) bool { return countTitled(texts, title) > 0 }) {
			return nil
		}
		if err := f.next(ctx); err != nil {
			return fmt.Errorf("none of %q came: %w", titles, err)
		}
	}
}

// titled counts the messages with a title.
func (f *applicant) titled(title string) int { return countTitled(f.read(), title) }

// countTitled counts the texts with a title; a form puts the step before it.
func countTitled(texts []string, title string) int {
	n := 0
	for _, text := range texts {
		if head, _, _ := strings.Cut(text, "\n"); strings.Contains(head, title) {
			n++
		}
	}
	return n
}
