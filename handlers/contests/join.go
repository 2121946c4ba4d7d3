package contests

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// The text that members agree to, with a version as contestText has.
const (
	memberVersion = "2026-11-nhom-a"
	memberText    = "Để vào nhóm, mình lưu tên bạn trong hồ sơ dự thi của nhóm, để trưởng nhóm, ban tổ chức và ban giám khảo xem; nhiều nhất 24 tháng kể từ lần sửa cuối của hồ sơ. " +
		"Bạn nhắn “dữ liệu” để xem, “rút đồng ý” để rút lại, “xóa dữ liệu” để xóa. Bạn có đồng ý không?"
)

// Keys and answers of the form.
const (
	consentKey = "dong_y"
	nameKey    = "ho_ten"
	agreed     = "co"
	minor      = "duoi16"
	refused    = "khong"
)

// Join is how somebody asks to be in a team: the captain's code leads to it, the captain confirms.
func (o Office) Join() *handlers.Conversation {
	f := joinForm()
	return &handlers.Conversation{
		Name: joining, Words: []string{"vào nhóm dự thi"}, Form: f, Answered: answerConsent,
		Code: storage.TeamCode, Follow: followTeamCode,
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			if !t.Resume(joining) {
				t.Say(bot.Outgoing{Text: "Để vào nhóm dự thi, bạn gõ mã mà trưởng nhóm gửi, hoặc mở liên kết có mã đó."})
			}
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			key := t.Session.Form.Answers[handlers.CodeAnswer]
			t.Session.Drop()
			t.Keep(func(ctx context.Context, tx *storage.Tx) error {
				return explained(t, ask(ctx, tx, t, key, kept[nameKey]))
			})
			return nil
		},
	}
}

func joinForm() *form.Form {
	consent := form.One(consentKey, "Đồng ý vào nhóm", memberText,
		form.Choice{Value: agreed, Label: "Đồng ý, tôi đủ 16 tuổi"},
		form.Choice{Value: minor, Label: "Tôi chưa đủ 16 tuổi"},
		form.Choice{Value: refused, Label: "Không đồng ý"})
	consent.Uncounted = true
	name := form.Name(nameKey, "Họ và tên", "Bạn tên gì? Tên này được ghi trong hồ sơ dự thi của nhóm.")
	name.Suggest = func(p form.Person) string { return p.Name }
	return &form.Form{Name: joining, Title: "Vào nhóm dự thi", Submit: "Gửi yêu cầu", Fields: []form.Field{consent, name}}
}

// followTeamCode begins the form, unless it is the captain who tries the code.
func followTeamCode(ctx context.Context, t *handlers.Turn, code storage.Code) error {
	id, _ := strconv.ParseInt(code.Data, 10, 64) // we wrote it
	mine, err := t.Store.IsCaptain(ctx, t.In.From, id)
	if err != nil {
		return err
	}
	me, err := t.Person(ctx)
	switch {
	case err != nil:
		return err
	case mine:
		t.Say(bot.Outgoing{Text: "Mã này dành cho thành viên. Bạn chuyển mã cho bạn ấy để gõ ở máy của bạn ấy nhé."})
		return nil
	case me.Minor:
		askForChild(t, code.Key)
		return nil
	}
	t.Begin(joining, form.Answers{handlers.CodeAnswer: code.Key})
	return nil
}

// answerConsent ends the form without a trace when somebody does not agree, and for somebody who is too young to asks a guardian.
func answerConsent(_ context.Context, t *handlers.Turn, _ form.Answers) error {
	answer, key := t.Session.Form.Answers[consentKey], t.Session.Form.Answers[handlers.CodeAnswer]
	if answer == agreed {
		return nil
	}
	t.Session.Drop()
	t.Unsay()
	if answer == minor {
		askForChild(t, key)
		return nil
	}
	t.Say(bot.Outgoing{Text: "Vâng, mình không lưu gì. Nếu đổi ý, bạn gõ lại mã nhé."})
	return nil
}

// askForChild uses the code up, and gives the child one for a guardian.
func askForChild(t *handlers.Turn, key string) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		e, c, ok, err := useTeamCode(ctx, tx, t, key)
		if err != nil || !ok {
			return explained(t, err)
		}
		me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		return askGuardian(ctx, tx, t, joinWords(e, c), toJoin, fmt.Sprint(e.ID), fmt.Sprint(me))
	})
}

// useTeamCode uses a code up and finds its entry; ok is false when the person was told that it is no good. It fails with
// storage.ErrLate once the team cannot grow any more.
func useTeamCode(ctx context.Context, tx *storage.Tx, t *handlers.Turn, key string) (e storage.Entry, c storage.Competition, ok bool, err error) {
	code, ok, err := storage.UseCode(ctx, tx, storage.TeamCode, key, t.Now)
	if err != nil {
		return e, c, false, err
	}
	id, _ := strconv.ParseInt(code.Data, 10, 64) // we wrote it
	e, c, there, err := storage.FindEntry(ctx, tx, id)
	switch {
	case err != nil:
		return e, c, false, err
	case !ok || !there:
		t.Say(handlers.WrongCode())
		return e, c, false, nil
	}
	return e, c, true, inTime(ctx, tx, t, c)
}

// inTime fails with storage.ErrLate when what who writes just did comes after the closing.
func inTime(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c storage.Competition) error {
	arrival, err := came(ctx, tx, t)
	if err == nil && !c.InTime(arrival) {
		err = storage.ErrLate
	}
	return err
}

// ask uses the code up, keeps the consent and the name, and tells the captain.
func ask(ctx context.Context, tx *storage.Tx, t *handlers.Turn, key, name string) error {
	e, c, ok, err := useTeamCode(ctx, tx, t, key)
	if err != nil || !ok {
		return err
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if err := storage.NamePerson(ctx, tx, me, name); err != nil {
		return err
	}
	err = storage.AddConsent(ctx, tx, storage.Consent{
		Person: me, Purpose: storage.Dossier, Given: true, Version: memberVersion, Text: memberText,
		From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
	})
	if err != nil {
		return err
	}
	asked, err := askCaptain(ctx, tx, t, e, c, me, name)
	if err != nil {
		return err
	}
	m := bot.Outgoing{Title: "Đã gửi yêu cầu vào nhóm", Text: fmt.Sprintf("Nhóm “%s”, %s. Khi trưởng nhóm xác nhận, mình nhắn bạn ngay.", e.Name, c.Name)}
	if !asked {
		m = bot.Outgoing{Title: "Bạn đã ở trong nhóm", Text: fmt.Sprintf("Nhóm “%s”, %s. Trưởng nhóm đã xác nhận bạn từ trước. Bạn gõ “cuộc thi” để xem hồ sơ của nhóm.", e.Name, c.Name)}
	}
	t.Say(m)
	return nil
}

// askCaptain keeps that somebody wants to be in the team, and tells the captain; asked is false for somebody who is in it already.
func askCaptain(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Entry, c storage.Competition, person int64, name string) (asked bool, err error) {
	m, err := storage.AskToJoin(ctx, tx, e.ID, person, name, t.Now)
	if err != nil || m.Confirmed {
		return false, err
	}
	return true, storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("entry/%d/asks/%d/%d", e.ID, person, t.Now.UnixMilli()), Person: e.Person, Queue: storage.QueueNotices,
		Message: bot.Outgoing{
			Title: "Có người xin vào nhóm", Text: fmt.Sprintf("%s xin vào nhóm “%s”, %s.", name, e.Name, c.Name),
			Buttons: []bot.Button{{Label: "Xem nhóm", Data: entryData(showTeam, e), Row: true}},
		},
	}, t.Now)
}
