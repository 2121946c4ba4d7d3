package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestOfficersOfAnotherAgencySeeAndTouchNothing does everything that a conversation of officers, or of those who hold events
// and competitions, can be asked to do, as an officer of another agency: with the buttons that its transcript shows, and with every guess at codes, verbs and ids. They
// get what a program says in which the agency owes nothing, to the letter, and nothing of it changes.
func TestOfficersOfAnotherAgencySeeAndTouchNothing(t *testing.T) {
	t.Parallel()
	for _, c := range allConversations(t) {
		if c.Role != storage.Officer && (c.Role != storage.Organiser || c.Form != nil) {
			continue // the form of an event begins with a draft of its own
		}
		t.Run(c.Name, func(t *testing.T) {
			t.Parallel()
			h := newStaffHouse(t, c)
			h.actions = append(h.actions, guesses(c)...)
			house, empty := h.open(h.cfg.databaseURL), h.open(storagetest.SQLiteURL(t))
			chats, before := h.enter(outsider, house, empty), h.dump()
			for i, in := range h.actions {
				if got, want := house.answer(chats[i], in), empty.answer(chats[i], in); got != want {
					t.Errorf("%s:\n%s\nwhere there is nothing:\n%s", describe(in), got, want)
				}
			}
			after := h.dump()
			delete(before, "audit") // that they looked at what is theirs
			delete(after, "audit")
			expectSame(t, outsider.name, before, after)
		})
	}
}

// outsider is an officer of an agency that owes and holds nothing in any transcript.
var outsider = visitor{name: "an officer of another agency", granted: storage.Officer, agency: "LHH"}

// guesses are arguments that a conversation of officers may have of what is not theirs.
func guesses(c *handlers.Conversation) []bot.Incoming {
	list := []bot.Incoming{}
	if c.Role == storage.Organiser {
		return guessesOfHosts(c)
	}
	for n := range 5 {
		code := fmt.Sprintf("NV-2026-%04d", n)
		for _, argument := range []string{
			code, "nam:" + code, code + ":", code + ":sua", code + ":vanban", code + ":tep", code + ":tep:abc", code + ":7.1", code + ":7.1:ket_qua",
			code + ":1.5:tinh_trang", strings.ToLower(code), fmt.Sprintf("BG-2026-%04d", n), fmt.Sprint(n), fmt.Sprint(-n), "khac:" + code, "%", "SCT",
		} {
			list = append(list, bot.Incoming{Button: c.Button(argument)})
		}
		list = append(list, bot.Incoming{Text: code}, bot.Incoming{Text: "/" + c.Name + " " + code}, bot.Incoming{Start: c.Name + "-" + code})
	}
	return append(list, bot.Incoming{Button: c.Button("khac")}, bot.Incoming{Button: c.Button("thoi")}, bot.Incoming{Files: []bot.File{{ID: "abc", Name: "a.pdf"}}})
}

// guessesOfHosts are those of what is held.
func guessesOfHosts(c *handlers.Conversation) []bot.Incoming {
	list := []bot.Incoming{}
	for _, code := range []string{"CT-2026-0001", "CT-2026-0002", "SK-2026-0001", "SK-2026-0002", "%", ""} {
		for _, verb := range []string{"mo", "mau", "sua", "ds", "han", "bgk", "moibgk", "chia", "nhac", "ketqua", "congbo", "bangdiem", "khach", "huy", "xong", "bao"} {
			list = append(list, bot.Incoming{Button: c.Button(verb + ":" + code)}, bot.Incoming{Button: c.Button(verb + ":" + strings.ToLower(code) + ":1")})
		}
		for _, argument := range []string{"giahan:" + code + ":0:1900000000000", "bobgk:" + code + ":1", "congbo:" + code + ":qua", "ghi:abc:0", code} {
			list = append(list, bot.Incoming{Button: c.Button(argument)})
		}
		list = append(list, bot.Incoming{Text: "/" + c.Name + " " + code}, bot.Incoming{Start: c.Name + "-" + code})
	}
	return append(list, bot.Incoming{Files: []bot.File{{ID: "abc", Name: "a.xlsx"}}})
}

// agencies is a hall where officers of two agencies are: "an" of SCT, "binh" of LHH, "chi" of both.
func openAgencies(t *testing.T) *hall {
	t.Helper()
	cfg := testConfig(storagetest.SQLiteURL(t), "")
	cfg.still, cfg.filesDir = true, t.TempDir()
	h := openHallAt(t, cfg, func() time.Time { return time.Date(2026, time.November, 23, 9, 0, 0, 0, time.FixedZone("", 7*60*60)) })
	for chat, agencies := range map[string][]string{"an": {"SCT"}, "binh": {"LHH"}, "chi": {"SCT", "LHH"}} {
		for _, agency := range agencies {
			h.say(chat, inviteOfficer(t, h.app, agency))
		}
	}
	return h
}

// drops has somebody send a PDF file.
func (h *hall) drops(chat, name string) {
	h.t.Helper()
	h.do(chat, bot.Incoming{Files: []bot.File{h.file(name)}})
	h.settle()
}

// file is a PDF file that the hall, as a channel, brought home.
func (h *hall) file(name string) bot.File {
	h.t.Helper()
	f, err := h.app.files.Put(h.t.Context(), strings.NewReader("%PDF-1.7 "+name), name)
	if err != nil {
		h.t.Fatal(err)
	}
	return f
}

// does says or presses something, and gives the answer.
func (h *hall) does(chat string, in bot.Incoming) string {
	h.t.Helper()
	seen := len(h.all(chat))
	h.do(chat, in)
	h.settle()
	return strings.Join(h.all(chat)[seen:], "\n")
}

// removes takes an agency from an officer, as staff do.
func (h *hall) removes(chat, agency string) {
	h.t.Helper()
	h.inTx(func(tx *storage.Tx) error {
		_, err := storage.RemoveOfficer(h.t.Context(), tx, h.person(chat), agency)
		return err
	})
}

func (h *hall) inTx(f func(tx *storage.Tx) error) {
	h.t.Helper()
	if err := h.app.store.InTx(h.t.Context(), f); err != nil {
		h.t.Fatal(err)
	}
}

// untouched fails when anything was sent or answered about an obligation.
func (h *hall) untouched(o storage.Obligation) {
	h.t.Helper()
	h.inTx(func(tx *storage.Tx) error {
		now, _, err := storage.FindObligation(h.t.Context(), tx, o.Code)
		if err != nil {
			return err
		}
		_, sent, err := storage.LastSubmission(h.t.Context(), tx, o.ID)
		if err != nil {
			return err
		}
		answers, err := storage.AnswersTo(h.t.Context(), tx, o.ID)
		if now.State != o.State || now.Revision != o.Revision || sent || len(answers) > 0 {
			h.t.Errorf("was %+v, is %+v; sent %v, answers %v", o, now, sent, answers)
		}
		return err
	})
}

// TestAFileOfOneIsNotSentForAnother has an officer with a file that waits press forged buttons of another agency.
func TestAFileOfOneIsNotSentForAnother(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	theirs, own := oblige(t, h.app, "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1"), oblige(t, h.app, "LHH 2026-12-09 Báo cáo kết quả năm 2026")
	h.drops("binh", "của Liên hiệp hội.pdf")
	forged := strings.Replace(h.button("binh", "Đúng, gửi"), own.Code, theirs.Code, 1)
	if got := h.does("binh", bot.Incoming{Button: forged}); !strings.HasPrefix(got, "Mình không thấy việc này") {
		t.Error(got)
	}
	h.drops("an", "của Sở Công Thương.pdf")
	stolen := strings.Replace(h.button("an", "Đúng, gửi"), theirs.Code, own.Code, 1)
	if got := h.does("binh", bot.Incoming{Button: stolen}); strings.Contains(got, "Phiếu nhận") {
		t.Error(got)
	}
	h.untouched(theirs)
	h.untouched(own)
}

// TestOfSeveralFilesTheFirstIsTaken sends albums, and several files in one message: one reply, which says so.
func TestOfSeveralFilesTheFirstIsTaken(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	o := oblige(t, h.app, "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1")
	one, two := h.file("một.pdf"), h.file("hai.pdf")
	for what, ask := range map[string]string{"offered": "menu", "waited for": "gửi báo cáo"} {
		h.does("an", bot.Incoming{Text: ask})
		got := h.does("an", bot.Incoming{Files: []bot.File{one}, Group: what})
		if rest := h.does("an", bot.Incoming{Files: []bot.File{two}, Group: what}); rest != "" {
			t.Errorf("the rest of an album, %s: %s", what, rest)
		}
		if !strings.Contains(got, "chỉ lấy tệp đầu") || !strings.Contains(got, "một.pdf") {
			t.Errorf("an album, %s: %s", what, got)
		}
	}
	got := h.does("an", bot.Incoming{Files: []bot.File{two, one}})
	if !strings.Contains(got, "chỉ lấy tệp đầu") || !strings.Contains(got, "hai.pdf") || strings.Contains(got, "một.pdf") {
		t.Errorf("two in one message: %s", got)
	}
	if got := h.does("binh", bot.Incoming{Files: []bot.File{one}}); strings.Contains(got, o.Title) {
		t.Errorf("somebody who owes nothing: %s", got)
	}
}

// TestARemovedOfficerLosesEverythingAtOnce removes an officer in the middle of each thing that can be in hand.
func TestARemovedOfficerLosesEverythingAtOnce(t *testing.T) {
	t.Parallel()
	for name, inHand := range map[string][]string{
		"what is waited for":      {"guibaocao:CODE"},
		"a form":                  {"guibaocao:CODE:vanban", "123/BC-SCT ngày 20/11/2026"},
		"another day":             {"henngay:CODE", "15/12/2026"},
		"not theirs, they say":    {"khongthuoc:CODE", "Không phải của chúng tôi."},
		"a question about a task": {"nhiemvu:CODE:7.1:ket_qua"},
		"a card":                  {"vieccuatoi:CODE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := openAgencies(t)
			o := oblige(t, h.app, "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1")
			oblige(t, h.app, "LHH 2026-12-10 Số liệu riêng")
			for _, who := range []string{"an", "chi"} { // who has nothing left, and who still serves another agency
				for _, step := range inHand {
					h.does(who, stepOf(step, o.Code))
				}
				h.removes(who, "SCT")
				h.triesAll(who, o)
			}
			h.untouched(o)
			h.inTx(func(tx *storage.Tx) error {
				lines, err := storage.LinesOf(t.Context(), tx, o.ID)
				if len(lines) != 1 || lines[0].At != 0 {
					t.Errorf("lines %+v", lines)
				}
				return err
			})
		})
	}
}

// triesAll has somebody go on with what they had in hand, and press buttons kept from better days: nothing is told of o.
func (h *hall) triesAll(who string, o storage.Obligation) {
	h.t.Helper()
	for _, in := range []bot.Incoming{
		{Text: "gửi"}, {Text: "124/BC-SCT ngày 20/11/2026"}, {Text: "Đã làm xong."}, {Text: "gửi"}, {Text: "việc của tôi"}, {Text: "việc đang dở"},
		{Button: "vieccuatoi:" + o.Code}, {Button: "guibaocao:" + o.Code}, {Button: "nhachan:nam:" + o.Code}, {Button: "nhiemvu:" + o.Code + ":7.1"},
	} {
		got := h.does(who, in)
		if strings.Contains(got, o.Title) || who == "an" && (strings.Contains(got, o.Code) || h.button(who, "Điền tiếp: Hẹn ngày gửi") != "") {
			h.t.Errorf("%s, %s: %s", who, describe(in), got)
		}
	}
}

// stepOf is a press, when it names a conversation, or a text.
func stepOf(step, code string) bot.Incoming {
	if strings.Contains(step, ":CODE") {
		return bot.Incoming{Button: strings.ReplaceAll(step, "CODE", code)}
	}
	return bot.Incoming{Text: step}
}

// TestColleaguesSeeWhatStaffDecided shows an officer what a colleague sent and answered, and what became of it.
func TestColleaguesSeeWhatStaffDecided(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	o := oblige(t, h.app, "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1")
	card := func() string { return h.does("chi", bot.Incoming{Button: "vieccuatoi:" + o.Code}) }
	expect := func(what string, parts ...string) {
		t.Helper()
		got := card()
		for _, part := range parts {
			if !strings.Contains(got, part) {
				t.Errorf("%s: no %q in\n%s", what, part, got)
			}
		}
	}
	for _, step := range []string{"henngay:CODE", "15/12/2026", "bỏ qua", "gửi"} {
		h.does("an", stepOf(step, o.Code))
	}
	h.decides(o, storage.AnswerAccepted, "Gửi sớm hơn nếu được.")
	expect("another day", "còn 15 ngày làm việc, hạn: hết thứ Ba, ngày 15/12/2026 (ngày đã hẹn)", "Sở Khoa học và Công nghệ đồng ý: Gửi sớm hơn nếu được.")
	for _, step := range []string{"khongthuoc:CODE", "Không phải của chúng tôi.", "gửi"} {
		h.does("an", stepOf(step, o.Code))
	}
	h.decides(o, storage.AnswerDeclined, "")
	expect("not theirs", "Đã báo không thuộc nhiệm vụ đơn vị. Sở Khoa học và Công nghệ chưa đồng ý.")

	h.does("an", bot.Incoming{Text: "gửi báo cáo"})
	h.drops("an", "Báo cáo.pdf")
	h.judges("BG-2026-0001", "Thiếu phụ lục.")
	expect("returned", "🟢", "Tệp: Báo cáo.pdf", "đề nghị gửi lại, 09:00 thứ Hai, ngày 23/11/2026: Thiếu phụ lục.")
	h.drops("an", "Báo cáo đủ.pdf")
	h.does("an", bot.Incoming{Button: h.button("an", "Đúng, gửi")})
	h.judges("BG-2026-0002", "")
	expect("accepted", "✅ đã xong", "Tệp: Báo cáo đủ.pdf", "Sở Khoa học và Công nghệ đã nhận")
	for _, data := range []string{"guibaocao:CODE", "guibaocao:CODE:sua", "guibaocao:CODE:vanban", "henngay:CODE", "khongthuoc:CODE", "nhiemvu:CODE:7.1:ket_qua"} {
		if got := h.does("an", stepOf(data, o.Code)); !strings.Contains(got, "đã xong") || strings.Contains(got, "Bước") {
			t.Errorf("after it was accepted, %s: %s", data, got)
		}
	}
}

// TestAnotherChatOfAnOfficerIsAnOfficersToo joins a second chat, and goes on there with the file that waits in the first.
func TestAnotherChatOfAnOfficerIsAnOfficersToo(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	oblige(t, h.app, "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1")
	h.drops("an", "Báo cáo.pdf")
	code := h.code("an", func() { h.say("an", "nối chat") })
	h.say("an elsewhere", code)
	h.press("an elsewhere", "Nối")
	h.settle()
	if got := h.does("an elsewhere", bot.Incoming{Text: "việc của tôi"}); !strings.Contains(got, "NV-2026-0001 · Báo cáo kết quả năm 2026 của Sở Công Thương") {
		t.Error(got)
	}
	h.say("an elsewhere", "việc đang dở")
	h.press("an elsewhere", "Tiếp tục ở đây: Gửi kế hoạch, báo cáo")
	h.settle()
	if got := h.does("an elsewhere", bot.Incoming{Text: "gửi"}); !strings.HasPrefix(got, "Báo cáo kết quả năm 2026 của Sở Công Thương?") {
		t.Error(got)
	}
	if got := h.does("an elsewhere", bot.Incoming{Button: h.button("an elsewhere", "Đúng, gửi")}); !strings.Contains(got, "Phiếu nhận BG-2026-0001") {
		t.Error(got)
	}
}

// TestDocumentsAreReadAsOfficersWriteThem sends, for the same obligation, one document after the other.
func TestDocumentsAreReadAsOfficersWriteThem(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	o := oblige(t, h.app, "SCT 2026-12-09 Báo cáo kết quả năm 2026: 7.1")
	for text, want := range map[string]string{
		"123/BC-SCT ngày 20/11/2026":            "Văn bản: 123/BC-SCT, thứ Sáu, ngày 20/11/2026",
		"Số: 123/BC-SCT, ký ngày 20-11-2026.":   "Văn bản: 123/BC-SCT, thứ Sáu, ngày 20/11/2026",
		"so 12 /BC-UBND 20.11.2026":             "",
		"123/BC-SCT; 20/11/2026":                "Văn bản: 123/BC-SCT, thứ Sáu, ngày 20/11/2026",
		"123/BC-SCT ngay 20 thang 11 nam 2026":  "Văn bản: 123/BC-SCT, thứ Sáu, ngày 20/11/2026",
		"số 123 /BC-SCT ngày 20 tháng 11, 2026": "Văn bản: 123 /BC-SCT, thứ Sáu, ngày 20/11/2026",
		"123/BC-SCT ngày 31/11/2026":            "",
		"123/BC-SCT":                            "",
		"Sẽ gửi ngày 30/11/2026":                "",
		"đã gửi 20/11/2026":                     "",
		"20/11/2026":                            "",
		"123/BC-SCT ngày 24/11/2026":            "Ngày này chưa tới",
	} {
		h.does("an", bot.Incoming{Button: "guibaocao:" + o.Code})
		got := h.does("an", bot.Incoming{Text: text})
		if want == "" && strings.Contains(got, "Phiếu nhận") || !strings.Contains(got, want) {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// TestTasksAreNamedByThePlanOfTheirTime loads a version of the plan from March 2026 on, in which a task has another title.
func TestTasksAreNamedByThePlanOfTheirTime(t *testing.T) {
	t.Parallel()
	h := openAgencies(t)
	shipped, err := os.ReadFile("../../storage/plan/catalogue.yaml")
	if err != nil {
		t.Fatal(err)
	}
	later := strings.NewReplacer("version: 827-2022", "version: 900-2027", "from: 2022-06-27", "from: 2026-03-01", "Thông tin thị trường", "Tin thị trường").Replace(string(shipped))
	h.inTx(func(tx *storage.Tx) error {
		_, err := storage.LoadPlan(t.Context(), tx, storage.PlanVersion{Version: "900-2027", From: "2026-03-01", Body: later}, h.app.engine.Clock())
		return err
	})
	for year, want := range map[string]string{"2026": "7.1 Thông tin thị trường", "2027": "7.1 Tin thị trường"} {
		o := oblige(t, h.app, "SCT "+year+"-12-09 Báo cáo kết quả năm "+year+": 7.1 99.9")
		got := h.does("an", bot.Incoming{Button: "vieccuatoi:" + o.Code})
		if !strings.Contains(got, want) || !strings.Contains(got, "Nhiệm vụ 99.9") {
			t.Errorf("%s: %s", year, got)
		}
	}
}

// decides has staff decide about the answer that waits.
func (h *hall) decides(o storage.Obligation, state storage.AnswerState, words string) {
	h.t.Helper()
	h.inTx(func(tx *storage.Tx) error {
		list, err := storage.OpenAnswers(h.t.Context(), tx, 0, 1)
		if err != nil || len(list) == 0 {
			return fmt.Errorf("no answer waits: %w", err)
		}
		now, _, err := storage.FindObligation(h.t.Context(), tx, o.Code)
		if err != nil {
			return err
		}
		_, err = storage.DecideAnswer(h.t.Context(), tx, &now, &list[0], state, 1, words, h.app.engine.Clock())
		return err
	})
}

// judges has staff return a submission with a reason, or accept it without one.
func (h *hall) judges(code, reason string) {
	h.t.Helper()
	h.inTx(func(tx *storage.Tx) error {
		s, o, ok, err := storage.FindSubmission(h.t.Context(), tx, code)
		if err != nil || !ok {
			return fmt.Errorf("find %s: %v, %w", code, ok, err)
		}
		_, err = storage.DecideSubmission(h.t.Context(), tx, &o, &s, 1, reason, h.app.engine.Clock())
		return err
	})
}
