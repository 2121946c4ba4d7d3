package planning

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
	"khoinghiep/storage/plan"
	"khoinghiep/storage/storagetest"
)

// keep is a folder for the documents made here, to be looked at with a word processor.
var keep = flag.String("keep", "", "a folder to keep the documents in")

// desk is an office with a database in which agencies owe reports.
type desk struct {
	t      *testing.T
	store  *storage.Store
	office Office
	turn   *handlers.Turn
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	store, err := storage.Open(t.Context(), storagetest.SQLiteURL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := plan.LoadCalendar()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.December, 14, 9, 0, 0, 0, time.FixedZone("", 7*3600))
	return &desk{t: t, store: store, office: Office{Plan: catalogue, Calendar: calendar}, turn: &handlers.Turn{Now: now, Store: store}}
}

func (d *desk) inTx(f func(tx *storage.Tx) error) {
	d.t.Helper()
	if err := d.store.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// owes has an agency of the plan owe its report for 2026.
func (d *desk) owes(id, due string, tasks ...string) storage.Obligation {
	d.t.Helper()
	o := storage.Obligation{Source: "report/" + id, Kind: storage.ReportObligation, Year: 2026, Agency: id, Title: "Báo cáo kết quả năm 2026", Clause: "QĐ 827, V.12", DueOn: due}
	d.inTx(func(tx *storage.Tx) error {
		if _, _, err := d.office.agency(d.t.Context(), tx, d.turn, id); err != nil {
			return err
		}
		_, err := storage.MakeObligation(d.t.Context(), tx, &o, tasks, d.turn.Now)
		return err
	})
	return o
}

// tells has an agency tell of a task.
func (d *desk) tells(o storage.Obligation, task, narrative, figures string) {
	d.t.Helper()
	d.inTx(func(tx *storage.Tx) error {
		ok, err := storage.KeepLine(d.t.Context(), tx, storage.Line{
			Obligation: o.ID, Task: task, Status: storage.LineDone, Narrative: narrative, Figures: figures, Documents: "45/KH-SCT"}, d.turn.Now)
		if err == nil && !ok {
			err = errors.New("the obligation has no such task")
		}
		return err
	})
}

func (d *desk) writes(part, text string) {
	d.t.Helper()
	d.inTx(func(tx *storage.Tx) error {
		return storage.KeepReportText(d.t.Context(), tx, storage.ReportText{Year: 2026, Part: part, Text: text, Person: 1}, d.turn.Now)
	})
}

func (d *desk) report(year int) (r report) {
	d.t.Helper()
	d.inTx(func(tx *storage.Tx) (err error) {
		r, err = d.office.gather(d.t.Context(), tx, d.turn, year)
		return err
	})
	return r
}

// read gives the paragraphs of a document.
func read(t *testing.T, name string, blocks []export.Block) []string {
	t.Helper()
	content, err := export.DOCX(blocks...)
	if err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	return paragraphs(t, body)
}

func paragraphs(t *testing.T, body io.Reader) []string {
	t.Helper()
	list, inText, text := []string{}, false, ""
	for decoder := xml.NewDecoder(body); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return list
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			inText = token.Name.Local == "t"
		case xml.CharData:
			if inText {
				text += string(token)
			}
		case xml.EndElement:
			if inText = false; token.Name.Local == "p" {
				list, text = append(list, text), ""
			}
		}
	}
}

// sample is a year in which one agency told of its tasks, and two did not report.
func sample(t *testing.T) (*desk, storage.Obligation) {
	t.Helper()
	d := newDesk(t)
	told := d.owes("SCT", "2026-12-09", "7.1", "7.2")
	d.owes("TINHDOAN", "2026-12-09", "1.5", "1.6")
	d.owes("SNNMT", "2026-12-18", "7.2")
	d.tells(told, "7.1", "Đã mở chuyên mục xuất khẩu.", "24 bản tin")
	return d, told
}

func TestReportKeepsTheOrderOfThePlan(t *testing.T) {
	t.Parallel()
	d, _ := sample(t)
	text := read(t, "bao-cao.docx", d.report(2026).document())
	last := -1
	for _, want := range []string{
		"BẢN NHÁP, lập lúc 09:00 14/12/2026", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "I. TỔNG QUAN",
		"Đến 09:00, thứ Hai, ngày 14/12/2026: 3 đơn vị phải báo cáo, 0 đã gửi (0 đã nhận), 3 chưa gửi, trong đó 2 quá hạn.", "II. KẾT QUẢ THỰC HIỆN NHIỆM VỤ",
		"1. Nhận thức và văn hóa khởi nghiệp", "7. Tiếp cận thị trường", "Chủ trì: Sở Công Thương.", "Sở Công Thương: Đã mở chuyên mục xuất khẩu.",
		"III. ĐƠN VỊ CHƯA BÁO CÁO", "1. Sở Công Thương: hạn hết thứ Tư, ngày 09/12/2026, quá hạn 3 ngày làm việc.",
		"3. Sở Nông nghiệp và Môi trường: hạn hết thứ Sáu, ngày 18/12/2026, còn 4 ngày làm việc.",
		"IV. KẾT LUẬN, KIẾN NGHỊ", "Nơi nhận:", "PHỤ LỤC", "24 bản tin", "45/KH-SCT",
	} {
		at := slices.Index(text, want)
		if at <= last {
			t.Errorf("%q is at %d, after %d:\n%s", want, at, last, strings.Join(text, "\n"))
		}
		last = max(at, last)
	}
	at := 0
	for _, task := range d.office.Plan.Tasks {
		next := slices.IndexFunc(text[at:], func(p string) bool { return strings.HasPrefix(p, task.ID+". "+task.Title+" (QĐ 827, "+task.Clause) })
		if (next >= 0) != task.In(2026) {
			t.Errorf("task %s, done in 2026: %t, is at %d after %d", task.ID, task.In(2026), next, at)
		}
		at += max(next, 0)
	}
}

// TestReportKeepsWhatStaffWrote makes the report again after an agency told something else: the appendix follows, the
// words of staff stay.
func TestReportKeepsWhatStaffWrote(t *testing.T) {
	t.Parallel()
	d, told := sample(t)
	ours := "Lời của Sở về thị trường."
	d.writes(storage.TaskPart("7.1"), ours)
	d.writes(storage.OverviewPart, "Tổng quan do Sở viết.")
	d.writes(storage.ConclusionsPart, "Kiến nghị do Sở viết.")
	d.tells(told, "7.1", "Nay đã khác.", "30 bản tin")
	text := read(t, "bao-cao-da-sua.docx", d.report(2026).document())
	for _, want := range []string{ours, "Tổng quan do Sở viết.", "Kiến nghị do Sở viết.", "Nay đã khác.", "30 bản tin"} {
		if !slices.Contains(text, want) {
			t.Errorf("%q is not in the report", want)
		}
	}
	for _, gone := range []string{"Sở Công Thương: Nay đã khác.", "24 bản tin", "Đã mở chuyên mục xuất khẩu."} {
		if slices.Contains(text, gone) {
			t.Errorf("%q is in the report", gone)
		}
	}
	d.writes(storage.TaskPart("7.1"), "")
	if text := read(t, "ket-qua.docx", d.report(2026).results()); !slices.Contains(text, "Sở Công Thương: Nay đã khác.") {
		t.Error("what staff took away is not made of what the agency told")
	}
}

func TestReportIsADraftUntilSent(t *testing.T) {
	t.Parallel()
	d, _ := sample(t)
	d.inTx(func(tx *storage.Tx) error {
		for i, want := range []bool{true, false} {
			ok, err := storage.MarkReportSent(t.Context(), tx, storage.ReportSending{Year: 2026, Document: "512/BC-SKHCN"}, d.turn.Now)
			if err != nil || ok != want {
				t.Errorf("marked %d times: %t (%v)", i+1, ok, err)
			}
		}
		return nil
	})
	r := d.report(2026)
	if text := strings.Join(read(t, "bao-cao-da-gui.docx", r.document()), "\n"); strings.Contains(text, "NHÁP") || r.mark() != "đã gửi" {
		t.Errorf("what was sent is marked %q:\n%s", r.mark(), text)
	}
}

// TestReportNamesTasksByThePlanOfItsYear loads a version of the plan from March 2026 on, in which a task has another title.
func TestReportNamesTasksByThePlanOfItsYear(t *testing.T) {
	t.Parallel()
	d, _ := sample(t)
	shipped, err := os.ReadFile("../../storage/plan/catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d.loads(strings.NewReplacer("version: 827-2022", "version: 900-2027", "from: 2022-06-27", "from: 2026-03-01", "Thông tin thị trường", "Tin thị trường").Replace(string(shipped)))
	for year, want := range map[int]string{2026: "Thông tin thị trường, nhất là xuất khẩu", 2027: "Tin thị trường, nhất là xuất khẩu"} {
		r := d.report(year)
		if i := slices.IndexFunc(r.tasks, func(task reportTask) bool { return task.ID == "7.1" }); r.tasks[i].Title != want {
			t.Errorf("in %d the task is called %q", year, r.tasks[i].Title)
		}
	}
}

// loads has a version of the plan be in force from March 2026 on.
func (d *desk) loads(body string) {
	d.t.Helper()
	d.inTx(func(tx *storage.Tx) error {
		_, err := storage.LoadPlan(d.t.Context(), tx, storage.PlanVersion{Version: "900-2027", From: "2026-03-01", Body: body}, d.turn.Now)
		return err
	})
}

func TestReportSheetsOpen(t *testing.T) {
	t.Parallel()
	d, told := sample(t)
	d.tells(told, "7.2", "=HYPERLINK(\"http://x\")", "+84")
	content, err := export.XLSX(d.report(2026).sheets()...)
	if err != nil {
		t.Fatal(err)
	}
	if *keep != "" {
		if err := os.WriteFile(filepath.Join(*keep, "bao-cao.xlsx"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if rows := sheet(t, content); rows[1][0] != "Báo cáo tổng hợp năm 2026: BẢN NHÁP" {
		t.Errorf("marked %q", rows[1])
	}
	if content, err = export.XLSX(d.report(2026).taskSheet()); err != nil {
		t.Fatal(err)
	}
	rows := sheet(t, content)
	want := []string{"7.2", "Bao bì và chứng nhận cho sản phẩm", "QĐ 827, III.7.2", "Sở Công Thương", "chưa gửi", "đã xong", "=HYPERLINK(\"http://x\")", "+84", "45/KH-SCT"}
	if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
		t.Errorf("no row %q in %q", want, rows)
	}
}

// sheet reads the first sheet of a workbook.
func sheet(t *testing.T, content []byte) [][]string {
	t.Helper()
	rows, err := export.Read(bytes.NewReader(content), 1000)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestLetterNamesWhatIsLate(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	late := d.owes("SCT", "2026-12-09", "7.1")
	d.inTx(func(tx *storage.Tx) (err error) {
		late, _, err = storage.FindObligation(t.Context(), tx, late.Code)
		return err
	})
	text := d.letter(late)
	for _, want := range []string{
		"Độc lập - Tự do - Hạnh phúc", "V/v gửi báo cáo kết quả năm 2026", "tháng 12 năm 2026", "Kính gửi: Sở Công Thương",
		"Theo Quyết định số 827/QĐ-UBND ngày 27/6/2022 của Chủ tịch Ủy ban nhân dân tỉnh về Kế hoạch xây dựng hệ sinh thái",
		"- Báo cáo kết quả năm 2026 (QĐ 827, V.12): hạn gửi hết thứ Tư, ngày 09/12/2026, quá hạn 3 ngày làm việc.", "Nơi nhận:", "GIÁM ĐỐC",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the letter:\n%s", want, text)
		}
	}
}

func (d *desk) letter(late storage.Obligation) string {
	d.t.Helper()
	blocks, err := d.office.letter(d.t.Context(), d.turn, []storage.Obligation{late})
	if err != nil {
		d.t.Fatal(err)
	}
	return strings.Join(read(d.t, "cong-van.docx", blocks), "\n")
}

// TestLettersAndReportsCiteThePlanOfTheirYear of which the one for 2027 is another decision's.
func TestLettersAndReportsCiteThePlanOfTheirYear(t *testing.T) {
	t.Parallel()
	d, _ := sample(t)
	shipped, err := os.ReadFile("../../storage/plan/catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d.loads(strings.NewReplacer("version: 827-2022", "version: 900-2027", "from: 2022-06-27", "from: 2026-03-01", "Quyết định số 827/QĐ-UBND ngày 27/6/2022", "Quyết định số 900/QĐ-UBND ngày 01/3/2026").Replace(string(shipped)))
	for year, want := range map[int]string{2026: "Theo Quyết định số 827/QĐ-UBND ngày 27/6/2022 của", 2027: "Theo Quyết định số 900/QĐ-UBND ngày 01/3/2026 của"} {
		late := storage.Obligation{Kind: storage.ReportObligation, Year: year, Owner: "Sở Công Thương", Title: "Báo cáo kết quả năm", DueOn: fmt.Sprintf("%d-12-09", year)}
		for _, text := range []string{d.letter(late), strings.Join(read(t, fmt.Sprintf("bao-cao-%d.docx", year), d.report(year).document()), "\n")} {
			if !strings.Contains(text, want) {
				t.Errorf("%q is not in\n%s", want, text)
			}
		}
	}
}

func TestInvitationHasItsCode(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	text := strings.Join(read(t, "giay-moi.docx", d.office.invitationSheet(storage.Agency{Name: "Sở Công Thương"}, "BCDFGHJKLMNPQRST", d.turn)), "\n")
	for _, want := range []string{"Kính gửi: Sở Công Thương", "BCDF-GHJK-LMNP-QRST", "13/01/2027"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the invitation:\n%s", want, text)
		}
	}
}
