package planning

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// What the buttons of Report do, before a year.
const (
	showReport = "nam"
	asDocument = "word"
	asSheet    = "excel"
	chooseText = "sua" // with a page
	markSent   = "dagui"
	markDraft  = "nhap"
)

// reportYears is how many years of reports can be asked for by name, from the plan's first one on.
const reportYears = 15

// Report is the consolidated report of a year, which grows by itself as agencies send theirs: at any time as a document and
// as a sheet, marked as a draft until staff mark it as sent.
func (o Office) Report() *handlers.Conversation {
	words := []string{"báo cáo tổng hợp", "xem báo cáo tổng hợp"}
	first, _ := strconv.Atoi(o.Plan.From[:4])
	for year := first; year < first+reportYears; year++ {
		words = append(words, fmt.Sprintf("báo cáo %d", year), fmt.Sprintf("báo cáo tổng hợp %d", year))
	}
	return &handlers.Conversation{
		Name: reporting, Label: "Báo cáo tổng hợp", Role: storage.Staff, Menu: true, Words: words,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.openReport(ctx, tx, t, argument) })
			return nil
		},
		Asks:   true,
		Listen: hears(o.typedSending),
	}
}

var yearAtEnd = regexp.MustCompile(`\b(20\d\d)$`)

// reportYear is the year that a button or the words name, else the one that is reported next.
func (o Office) reportYear(t *handlers.Turn, text string) int {
	if text == "" {
		text = yearAtEnd.FindString(viet.Clean(t.In.Text))
	}
	if year, err := strconv.Atoi(text); err == nil && year >= 2000 && year < 2100 {
		return year
	}
	if t.Now.Month() < 4 { // the last year's is still what is worked on
		return t.Now.Year() - 1
	}
	return t.Now.Year()
}

func (o Office) openReport(ctx context.Context, tx *storage.Tx, t *handlers.Turn, argument string) error {
	if t.Session.Name == reporting {
		t.Session.Drop()
	}
	action, rest, _ := strings.Cut(argument, ":")
	text, page, _ := strings.Cut(rest, ":")
	year := o.reportYear(t, text)
	r, err := o.gather(ctx, tx, t, year)
	if err != nil {
		return err
	}
	switch action {
	case asDocument, asSheet:
		return sendReport(ctx, tx, t, r, action)
	case chooseText:
		return listParts(ctx, tx, t, r, page)
	case markSent:
		return askSending(ctx, tx, t, r)
	case markDraft:
		if _, err := storage.MarkReportDraft(ctx, tx, year); err != nil {
			return err
		}
		if err := storage.AddAudit(ctx, tx, t.In.From, "report-draft", strconv.Itoa(year), t.Now); err != nil {
			return err
		}
		r.sent = false
	}
	t.Say(reportCard(r))
	return storage.AddAudit(ctx, tx, t.In.From, "view-report", strconv.Itoa(year), t.Now)
}

func (r report) button(label, action string) bot.Button {
	return row(label, reporting, action, strconv.Itoa(r.year))
}

func reportCard(r report) bot.Outgoing {
	m := bot.Outgoing{Title: fmt.Sprintf("Báo cáo tổng hợp năm %d: %s", r.year, r.mark())}
	m.Text = strings.Join(r.numbers(), "\n")
	m.Buttons = []bot.Button{r.button("Tải Word", asDocument), {Label: "Tải Excel", Data: r.button("", asSheet).Data}, r.button("Sửa lời báo cáo", chooseText)}
	if r.sent {
		m.Text += "\nĐã gửi: " + r.sending.Document
		m.Buttons = append(m.Buttons, r.button("Bỏ đánh dấu đã gửi", markDraft))
	} else {
		m.Buttons = append(m.Buttons, r.button("Đánh dấu đã gửi", markSent))
	}
	before, after := report{year: r.year - 1}, report{year: r.year + 1}
	m.Buttons = append(m.Buttons, before.button(fmt.Sprintf("Năm %d", before.year), showReport), bot.Button{Label: fmt.Sprintf("Năm %d", after.year), Data: after.button("", showReport).Data})
	return m
}

func sendReport(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r report, action string) error {
	if !t.Can.Files {
		t.Say(noFiles(fmt.Sprintf("báo cáo %d", r.year)))
		return nil
	}
	text := fmt.Sprintf("Báo cáo tổng hợp năm %d, %s, lập lúc %s.", r.year, r.mark(), clock(t.Now.UnixMilli(), t))
	name := fmt.Sprintf("bao-cao-tong-hop-%d-%s", r.year, today(t))
	if action == asSheet {
		content, err := export.XLSX(r.sheets()...)
		if err != nil {
			return err
		}
		give(t, text, name+".xlsx", xlsxType, content)
		return storage.AddAudit(ctx, tx, t.In.From, "export-report", strconv.Itoa(r.year)+" xlsx", t.Now)
	}
	content, err := export.DOCX(r.document()...)
	if err != nil {
		return err
	}
	give(t, text, name+".docx", docxType, content)
	return storage.AddAudit(ctx, tx, t.In.From, "export-report", strconv.Itoa(r.year)+" docx", t.Now)
}

func askSending(ctx context.Context, tx *storage.Tx, t *handlers.Turn, r report) error {
	listen(t, reporting, map[string]string{askedKey: markSent, subjectKey: strconv.Itoa(r.year)})
	t.Say(bot.Outgoing{Title: fmt.Sprintf("Báo cáo năm %d đã gửi", r.year), Text: "Anh/chị gõ số và ngày của văn bản đã gửi, ví dụ 512/BC-SKHCN ngày 14/12/2026; hoặc gõ “hủy”."})
	return storage.AddAudit(ctx, tx, t.In.From, "view-report", strconv.Itoa(r.year), t.Now)
}

// typedSending takes what was typed for the number and day of the report that was sent.
func (o Office) typedSending(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	text, subject := viet.Clean(t.In.Text), t.Session.Memo[subjectKey]
	if text == "" {
		t.Say(bot.Outgoing{Text: "Anh/chị trả lời bằng chữ giúp, hoặc gõ “hủy”."})
		return nil
	}
	t.Session.Drop()
	if cancelled(t) {
		return o.openReport(ctx, tx, t, showReport+":"+subject)
	}
	ok, err := o.markSent(ctx, tx, t, o.reportYear(t, subject), text)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{Text: "Báo cáo này đã được đánh dấu là đã gửi trước đó. Số văn bản vừa gõ chưa được ghi."})
	} else if err := storage.AddAudit(ctx, tx, t.In.From, "report-sent", subject, t.Now); err != nil {
		return err
	}
	return o.openReport(ctx, tx, t, showReport+":"+subject)
}

// markSent notes that the report was sent, and settles what the department owes for it; ok is false when that was noted before.
func (o Office) markSent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, year int, document string) (ok bool, err error) {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return false, err
	}
	ok, err = storage.MarkReportSent(ctx, tx, storage.ReportSending{Year: year, Document: document, Person: me}, t.Now)
	if !ok || err != nil {
		return false, err
	}
	owed, err := storage.ObligationsFor(ctx, tx, storage.ConsolidatedObligation, year)
	if err != nil {
		return false, err
	}
	for _, one := range owed {
		s := storage.Submission{Draft: fmt.Sprintf("%s/%d/%d", reporting, one.ID, t.Now.UnixMilli()), Document: document}
		sent, err := storage.Submit(ctx, tx, &one, &s, t.In.From, t.Now)
		if err != nil {
			return false, err
		}
		if !sent { // settled before
			continue
		}
		if _, err := storage.DecideSubmission(ctx, tx, &one, &s, me, "", t.Now); err != nil {
			return false, err
		}
	}
	return true, nil
}
