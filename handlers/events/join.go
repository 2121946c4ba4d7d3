package events

import (
	"context"
	"maps"
	"slices"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Keys of the form. The last has the index of the question after it.
const (
	consentKey = "dong_y"
	nameKey    = "ho_ten"
	phoneKey   = "dien_thoai"
	answerKey  = "tra_loi_"
)

// Where the answers in hand say which event is joined, and what its organisers ask, by index: keys of no field.
const (
	eventKey    = "su_kien"
	questionKey = "hoi_"
)

// The answers to the question of consent.
const (
	agreedTo = "co"
	minor    = "duoi16"
	refused  = "khong"
)

// tooYoung is said to whoever is under 16.
const tooYoung = "Bạn chưa đủ 16 tuổi nên mình không lưu tên bạn. Cha, mẹ hoặc người giám hộ đăng ký trong cuộc trò chuyện của họ và đi cùng bạn nhé."

// mostQuestions is how many questions an event may ask.
const mostQuestions = 3

// Join asks who joins an event for what is not known yet, and what the organisers want to know. Who has nothing to answer
// joins with the press.
func Join() *handlers.Conversation {
	return &handlers.Conversation{
		Name: joining, Label: "Tham gia sự kiện", Form: joinForm(), Answered: answerConsent,
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			if argument == "" {
				if t.Resume(joining) {
					return nil
				}
				return listOn(ctx, t, 0)
			}
			return begin(ctx, t, argument)
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			code := t.Session.Form.Answers[eventKey]
			t.Session.Drop()
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return keepGuest(ctx, tx, t, code, kept) })
			return nil
		},
	}
}

func joinForm() *form.Form {
	consent := form.One(consentKey, "Đồng ý lưu tên", handlers.AttendanceShort,
		form.Choice{Value: agreedTo, Label: "Đồng ý, tôi đủ 16 tuổi"},
		form.Choice{Value: minor, Label: "Tôi chưa đủ 16 tuổi"},
		form.Choice{Value: refused, Label: "Không đồng ý"})
	consent.Uncounted = true
	consent.Notes = []form.Note{{Label: "Bản đầy đủ", Text: handlers.AttendanceFull}}
	name := form.Name(nameKey, "Họ và tên", "Bạn tên gì? Ban tổ chức đón bạn bằng tên này.")
	name.Suggest = func(p form.Person) string { return p.Name }
	fields := []form.Field{consent, name, form.Phone(phoneKey, "Số điện thoại", "Ban tổ chức gọi bạn số nào khi có thay đổi gấp?")}
	fields = append(fields, askedFields()...)
	return &form.Form{Name: joining, Title: "Tham gia sự kiện", Submit: "Giữ chỗ", Fields: fields}
}

// begin joins at once, or asks.
func begin(ctx context.Context, t *handlers.Turn, code string) error {
	e, ok, err := t.Store.EventAt(ctx, code)
	if err != nil {
		return err
	}
	if !ok || !e.Joinable(t.Now) {
		t.Say(noEvent(t))
		return nil
	}
	p, err := t.Person(ctx)
	if err != nil {
		return err
	}
	if p.Minor {
		t.Say(bot.Outgoing{Text: t.Address(tooYoung), Buttons: []bot.Button{listButton()}})
		return nil
	}
	given, err := t.Store.ConsentsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	g, _, err := t.Store.GuestAt(ctx, t.In.From, e.ID)
	if err != nil {
		return err
	}
	agreed := slices.Contains(given, storage.Attendance)
	there := g.State != "" && g.State != storage.GuestLeft
	if there || agreed && p.Name != "" && p.Phone != "" && len(e.Questions) == 0 {
		t.Keep(func(ctx context.Context, tx *storage.Tx) error { return joinEvent(ctx, tx, t, e.Code, nil) })
		return nil
	}
	answers := known(p, agreed)
	maps.Copy(answers, asked(e))
	t.Begin(joining, answers)
	t.Say(bot.Outgoing{Title: "Tham gia: " + e.Name, Text: e.Where(t.Now.Location())})
	return nil
}

// answerConsent acts on the answer to the question of consent at the moment it is given.
func answerConsent(_ context.Context, t *handlers.Turn, before form.Answers) error {
	answer := t.Session.Form.Answers[consentKey]
	if answer == before[consentKey] {
		return nil
	}
	if before[consentKey] == agreedTo {
		t.Keep(handlers.KeepAttendance(t, false)) // gone back, and thought again
	}
	switch answer {
	case agreedTo:
		t.Keep(handlers.KeepAttendance(t, true))
	case minor:
		stop(t, "Cảm ơn bạn đã cho biết. "+tooYoung)
	case refused:
		stop(t, "Vâng, mình không lưu gì và không giữ chỗ. Sự kiện vẫn mở; khi đổi ý, bạn bấm “Tham gia” lại nhé.")
	}
	return nil
}

// stop ends the form without a trace, with one message.
func stop(t *handlers.Turn, text string) {
	t.Session.Drop()
	t.Unsay()
	t.Say(bot.Outgoing{Text: t.Address(text), Buttons: []bot.Button{listButton()}})
}

func keepGuest(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, kept form.Answers) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	agrees, err := storage.Agrees(ctx, tx, t.In.From, storage.Attendance)
	if err != nil {
		return err
	}
	if agrees {
		if err := storage.DescribePerson(ctx, tx, me, kept[nameKey], kept[phoneKey]); err != nil {
			return err
		}
	}
	return joinEvent(ctx, tx, t, code, answered(kept))
}
