package agency

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Keys of what is sent.
const (
	numberKey = "so_van_ban"
	dayKey    = "ngay"
	fileKey   = "tep"
)

const documentExample = "123/BC-SCT ngày 05/12/2026"

func sendForm() *form.Form {
	number := form.Text(numberKey, "Số, ký hiệu", "Văn bản đã gửi có số, ký hiệu nào? Nếu chỉ gửi tệp, anh/chị bỏ qua.", "123/BC-SCT")
	day := form.PastDate(dayKey, "Ngày văn bản", "Văn bản đó ghi ngày nào?")
	day.Skip = func(a form.Answers) bool { return a[numberKey] == "" }
	file := form.Files(fileKey, "Tệp", "Anh/chị gửi tệp kèm theo, nếu có.")
	number.Optional, file.Optional, file.Most = true, true, 1
	return &form.Form{
		Officer: true,
		Name:    sending, Title: "Gửi kế hoạch, báo cáo", Submit: "Gửi",
		Fields: []form.Field{number, day, file},
	}
}

// begin opens the form about an obligation, with answers that are known from what was sent before.
func (d Office) begin(t *handlers.Turn, f *form.Form, known func(before storage.Submission) form.Answers) func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
	return func(ctx context.Context, tx *storage.Tx, o storage.Obligation) error {
		if settled(o) {
			return d.open(ctx, tx, t, o, alreadySettled)
		}
		before, _, err := storage.LastSubmission(ctx, tx, o.ID)
		if err != nil {
			return err
		}
		t.Say(bot.Outgoing{Text: o.Code + " · " + fullName(o)})
		answers := known(before)
		answers[codeKey] = o.Code
		t.Begin(f.Name, answers)
		return storage.AddAudit(ctx, tx, t.In.From, "begin-submission", o.Code, t.Now)
	}
}

// answersOfSubmission are what was sent, as the form has it.
func answersOfSubmission(s storage.Submission) form.Answers {
	a := form.Answers{numberKey: s.Document, fileKey: ""}
	if s.DocumentOn != "" {
		a[dayKey] = s.DocumentOn
	}
	if f, ok := s.File(); ok {
		if list, err := json.Marshal([]bot.File{f}); err == nil {
			a[fileKey] = string(list)
		}
	}
	return a
}

func (d Office) submitForm(t *handlers.Turn, f *form.Form, kept form.Answers) error {
	if key, problem := problemOf(kept, t.Now); problem != "" {
		t.AskAgain(f, *t.Session.Form, key, problem)
		return nil
	}
	files, err := filesOf(kept)
	if err != nil {
		return err
	}
	s := storage.Submission{Draft: t.Session.Form.Draft, Document: kept[numberKey], DocumentOn: kept[dayKey]}
	if len(files) > 0 {
		s.Hash, s.FileName = files[0].ID, files[0].Name
	}
	code := t.Session.Form.Answers[codeKey]
	if code == "" { // of a file that came first, in a draft that was brought here from another chat
		t.PutAside()
		d.offer(t)
		return nil
	}
	d.submit(t, code, s)
	return nil
}

// filesOf are the files in an answer to the question for them.
func filesOf(a form.Answers) (files []bot.File, err error) {
	if a[fileKey] == "" {
		return nil, nil
	}
	if err := json.Unmarshal([]byte(a[fileKey]), &files); err != nil {
		return nil, fmt.Errorf("decode what is sent: %w", err)
	}
	return files, nil
}

// problemOf finds what no question can see alone: the question to ask again, and why; "" when all is well.
func problemOf(kept form.Answers, now time.Time) (key, problem string) {
	switch {
	case kept[numberKey] == "" && kept[fileKey] == "":
		return numberKey, "Cần có một tệp, hoặc số và ngày của văn bản đã gửi. Anh/chị ghi số văn bản, hoặc bỏ qua rồi gửi tệp ở dòng “Tệp”."
	case isFuture(kept[dayKey], now):
		return dayKey, dayNotCome
	}
	return "", ""
}

const dayNotCome = "Ngày này chưa tới. Anh/chị xem lại ngày của văn bản."

func isFuture(day string, now time.Time) bool { return day > now.Format(time.DateOnly) }

// documentForm is a document's number and day as officers write them: "Số 123/BC-SCT, ngày 05/12/2026".
var documentForm = regexp.MustCompile(`(?i)^(?:số:?\s*)?(\d+\s*/\s*[^\s,;]+)[\s,;]+(?:(?:ký )?ng[àa]y )?(\d.*?)[. ]*$`)

// readDocument reads the number and the day of a document from one text.
func readDocument(text string) (number, day string, ok bool) {
	m := documentForm.FindStringSubmatch(viet.Clean(text))
	if m == nil {
		return "", "", false
	}
	day, err := viet.Date(m[2])
	return m[1], day, err == nil
}

// splitDocument takes the day as well from whoever writes it behind the number.
func splitDocument(f *form.Form) func(ctx context.Context, t *handlers.Turn, before form.Answers) error {
	return func(_ context.Context, t *handlers.Turn, before form.Answers) error {
		p := t.Session.Form
		number, day, ok := readDocument(p.Answers[numberKey])
		if !ok || before[numberKey] == p.Answers[numberKey] {
			return nil
		}
		p.Answers = maps.Clone(p.Answers)
		p.Answers[numberKey], p.Answers[dayKey] = number, day
		t.Unsay()
		t.Say(f.Show(p, t.Who())...)
		return nil
	}
}
