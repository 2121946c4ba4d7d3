package contests

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// The text that people agree to when they enter. Whoever changes a word of it gives it a new version: proofs name the
// version and keep the text's hash (Law 91/2025/QH15).
const (
	contestVersion = "2026-11-thi-b"
	contestText    = "Khi dự thi, mình lưu câu trả lời và tệp trong hồ sơ dự thi, tên bạn và tên thành viên nhóm, để ban tổ chức và ban giám khảo của cuộc thi này xem và chấm, và để thành viên mà bạn nhận vào nhóm xem. " +
		"Hồ sơ không công khai, được giữ nhiều nhất 24 tháng kể từ lần sửa cuối. Bạn nhắn “dữ liệu” để xem, “rút đồng ý” để rút lại, “xóa dữ liệu” để xóa. Bạn có đồng ý không?"
)

// The same where the public votes: what it sees is told.
const (
	votedContestVersion = "2026-11-thi-bc-b"
	votedContestText    = "Khi dự thi, mình lưu câu trả lời và tệp trong hồ sơ dự thi, tên bạn và tên thành viên nhóm, để ban tổ chức và ban giám khảo của cuộc thi này xem và chấm, và để thành viên mà bạn nhận vào nhóm xem. " +
		"Cuộc thi có bình chọn: tên dự án, bảng dự thi và số phiếu được công khai. Phần còn lại không công khai. Hồ sơ được giữ nhiều nhất 24 tháng kể từ lần sửa cuối. " +
		"Bạn nhắn “dữ liệu” để xem, “rút đồng ý” để rút lại, “xóa dữ liệu” để xóa. Bạn có đồng ý không?"
)

// consentOf is the text that who enters agrees to.
func consentOf(d competition.Definition) (version, text string) {
	if d.Vote != nil {
		return votedContestVersion, votedContestText
	}
	return contestVersion, contestText
}

// problem is what is wrong, in words for who is told.
type problem = viet.Problem

// startups are those of who writes that can enter.
func startups(ctx context.Context, tx *storage.Tx, t *handlers.Turn) ([]storage.Startup, error) {
	list, err := storage.StartupsOf(ctx, tx, t.In.From)
	return slices.DeleteFunc(list, func(s storage.Startup) bool { return !mayEnter(s) }), err
}

func mayEnter(s storage.Startup) bool {
	return s.Open() && s.Status != storage.StatusStopped && s.Status != storage.StatusDeclined
}

// chooseOwn asks with which startup to enter, and then whether who enters agrees to what is kept.
func (o Office) chooseOwn(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, chosen, _ := strings.Cut(rest, ":")
	c, d, err := find(ctx, tx, code)
	if err != nil {
		return err
	}
	own, err := startups(ctx, tx, t)
	if err != nil {
		return err
	}
	if len(own) == 1 && chosen == "" {
		chosen = own[0].Code
	}
	switch i := slices.IndexFunc(own, func(s storage.Startup) bool { return s.Code == chosen }); {
	case len(own) == 0:
		t.Say(registerFirst())
	case i < 0:
		t.Say(askWhich(c, own))
	case o.outside(d, own[i]):
		t.Say(bot.Outgoing{Text: fmt.Sprintf("Cuộc thi này dành cho dự án thực hiện ở: %s. Dự án “%s” ghi nơi khác. Nếu ghi chưa đúng, bạn sửa ở “Hoàn thiện hồ sơ”.",
			o.placeNames(d), own[i].Name), Buttons: []bot.Button{{Label: "Hoàn thiện hồ sơ", Data: "hoanthien:" + own[i].Code, Row: true}, allButton()}})
	default:
		return o.askConsent(ctx, tx, t, c, d, own[i])
	}
	return nil
}

func (o Office) outside(d competition.Definition, s storage.Startup) bool {
	return len(d.Places) > 0 && !slices.Contains(d.Places, s.Place)
}

func registerFirst() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Để dự thi, bạn đăng ký dự án hoặc ý tưởng trước, chừng hai phút. Đăng ký xong, bạn bấm “Dự thi” hoặc gõ “cuộc thi”; những gì đã điền được chép sang.",
		Buttons: []bot.Button{{Label: "Đăng ký dự án", Data: "dangky:", Row: true}, allButton()},
	}
}

func askWhich(c storage.Competition, own []storage.Startup) bot.Outgoing {
	m := bot.Outgoing{Title: c.Name, Text: "Bạn dự thi bằng dự án nào?"}
	for _, s := range own {
		m.Buttons = append(m.Buttons, bot.Button{Label: s.Code + " · " + s.Name, Data: entering + ":" + chooseOwn + ":" + c.Code + ":" + s.Code, Row: true})
	}
	return m
}

// askConsent asks before anything is kept. An entry that there is already opens. For somebody under 16 a guardian
// is asked: what the guardian agreed to before is the registration.
func (o Office) askConsent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c storage.Competition, d competition.Definition, s storage.Startup) error {
	own, err := storage.EntriesAt(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	for _, e := range own {
		if e.Competition == c.ID && e.Startup == s.Code {
			return o.openEntry(ctx, tx, t, fmt.Sprint(e.ID))
		}
	}
	me, err := t.Person(ctx)
	switch {
	case err != nil:
		return err
	case me.Minor:
		return askGuardian(ctx, tx, t, enterWords(c, s), toEnter, c.Code, s.Code, fmt.Sprint(me.ID))
	}
	_, text := consentOf(d)
	t.Say(bot.Outgoing{Title: c.Name + " · " + s.Name, Text: text, Buttons: []bot.Button{
		{Label: "Đồng ý, dự thi", Data: strings.Join([]string{entering, agreeToEnter, c.Code, s.Code}, ":"), Row: true},
		{Label: "Không đồng ý", Data: entering + ":", Row: true},
	}})
	return nil
}

// begin keeps the consent and begins the entry, with the answers that are known of the startup.
func (o Office) begin(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, chosen, _ := strings.Cut(rest, ":")
	c, d, err := find(ctx, tx, code)
	if err != nil {
		return err
	}
	own, err := startups(ctx, tx, t)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(own, func(s storage.Startup) bool { return s.Code == chosen })
	me, err := t.Person(ctx)
	switch {
	case err != nil:
		return err
	case i < 0 || o.outside(d, own[i]) || me.Minor: // an old button
		return o.chooseOwn(ctx, tx, t, code)
	}
	arrival, err := came(ctx, tx, t)
	if err != nil {
		return err
	}
	e, err := storage.BeginEntry(ctx, tx, c, own[i], o.known(d, own[i]), d.Cap, arrival, t.Now)
	if err != nil {
		return err
	}
	if err := keepConsent(ctx, tx, t, d, own[i].Person); err != nil {
		return err
	}
	if err := copyDocuments(ctx, tx, d, e, own[i], t.Now); err != nil {
		return err
	}
	return o.showDossier(ctx, tx, t, e, c, "Mình đã mở hồ sơ dự thi và chép sang những gì bạn đã điền.\n")
}

func keepConsent(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d competition.Definition, person int64) error {
	version, text := consentOf(d)
	return storage.AddConsent(ctx, tx, storage.Consent{
		Person: person, Purpose: storage.Dossier, Given: true, Version: version, Text: text,
		From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
	})
}

// known are answers that the startup's file has under the same names.
func (o Office) known(d competition.Definition, s storage.Startup) storage.Profile {
	answers := storage.Profile{}
	for _, item := range d.Dossier() {
		for _, f := range o.Profile.Fields {
			value := s.Profile[f.Key]
			if value == "" || viet.Fold(f.Label) != viet.Fold(item.Label) || item.Kind == competition.Files {
				continue
			}
			if accepted, err := d.Accept(item, shown(f, value)); err == nil {
				answers[item.Key] = accepted
			}
		}
	}
	return answers
}

// shown is a kept value in words, where the field has choices.
func shown(f form.Field, value string) string {
	if f.Choices == nil {
		return value
	}
	labels := []string{}
	for _, one := range strings.Split(value, ",") {
		labels = append(labels, handlers.Label(f.Choices(form.Answers{}), one))
	}
	return strings.Join(labels, ", ")
}

// copyDocuments gives the first item that wants files those that the startup has.
func copyDocuments(ctx context.Context, tx *storage.Tx, d competition.Definition, e storage.Entry, s storage.Startup, now time.Time) error {
	items := d.Dossier()
	i := slices.IndexFunc(items, func(item competition.Item) bool { return item.Kind == competition.Files })
	has, err := storage.EntryFiles(ctx, tx, e.ID)
	if i < 0 || len(has) > 0 || err != nil {
		return err
	}
	documents, err := storage.DocumentsOf(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	return storage.SetEntryFiles(ctx, tx, e, items[i].Key, documents[:min(len(documents), items[i].Most)], now)
}
