package contests

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const (
	allowing         = "giamhothi"
	guardianCodeFor  = 7 * 24 * time.Hour
	guardianSaid     = "giamho" // what a button of Enter does in an errand: what the guardian said
	childKey         = "ten_em"
	toEnter, toJoin  = "thi", "nhom"
	guardianNo       = "khong"
	guardianVersion  = "2026-11-gh-thi-a" // of the text below, as contestText has
	guardianQuestion = "Em chưa đủ 16 tuổi, nên nhờ bạn đồng ý cho em dự thi. Nếu bạn đồng ý, mình lưu họ tên, số điện thoại của bạn, tên em, câu trả lời và tệp trong hồ sơ dự thi, " +
		"để ban tổ chức và ban giám khảo của cuộc thi này xem và chấm, và để nhóm của em xem. Hồ sơ không công khai, được giữ nhiều nhất 24 tháng kể từ lần sửa cuối. " +
		"Bạn nhắn “rút đồng ý” để rút lại, “gặp cán bộ” để xem, sửa hoặc xóa thông tin của em. Bạn có đồng ý không?"
)

// plea is what somebody under 16 asks a guardian for, as the guardian's code has it: "thi CT-2026-0001 KN-2026-0001 CHILD" or
// "nhom ENTRY CHILD", with the child's id.
type plea struct {
	code storage.Code
	kind string
	args []string
}

func readPlea(code storage.Code) plea {
	words := strings.Fields(code.Data) // we wrote it
	return plea{code, words[0], words[1:]}
}

func (p plea) child() int64 {
	id, _ := strconv.ParseInt(p.args[len(p.args)-1], 10, 64) // we wrote it
	return id
}

// askGuardian gives somebody under 16 a code for a guardian. about says what it is for.
func askGuardian(ctx context.Context, tx *storage.Tx, t *handlers.Turn, about string, words ...string) error {
	code, err := storage.NewCode(ctx, tx, storage.ContestGuardianCode, strings.Join(words, " "), t.Now, t.Now.Add(guardianCodeFor))
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Bạn chưa đủ 16 tuổi, nên cha, mẹ hoặc người giám hộ cần đồng ý trước. Bạn chuyển tin dưới đây cho người lớn; khi người lớn trả lời, mình nhắn bạn ngay."},
		t.CodeCard("Gửi cha, mẹ hoặc người giám hộ: em muốn "+about+" và cần người lớn đồng ý. Bạn mở trợ lý này trên máy của bạn rồi gõ mã trên. Mã dùng một lần, trong 7 ngày.", code))
	return nil
}

// Allow is how a parent or guardian agrees that somebody under 16 enters a competition or joins a team.
func (o Office) Allow() *handlers.Conversation {
	return &handlers.Conversation{
		Name: allowing, Words: []string{"đồng ý cho em dự thi", "đồng ý cho con dự thi"}, Form: allowForm(), Answered: refuseChild,
		Code: storage.ContestGuardianCode, Follow: followGuardianCode,
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			if !t.Resume(allowing) {
				t.Say(handlers.NeedsCode())
			}
			return nil
		},
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			key := t.Session.Form.Answers[handlers.CodeAnswer]
			t.Session.Drop()
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explained(t, o.allow(ctx, tx, t, key, kept)) })
			return nil
		},
	}
}

func allowForm() *form.Form {
	consent := form.One(consentKey, "Đồng ý của cha, mẹ hoặc người giám hộ", guardianQuestion,
		form.Choice{Value: agreed, Label: "Đồng ý, tôi là cha, mẹ, người giám hộ"}, form.Choice{Value: refused, Label: "Không đồng ý"})
	consent.Uncounted = true
	child := form.Name(childKey, "Họ và tên em", "Em tên gì? Tên này được ghi trong hồ sơ dự thi của nhóm.")
	return &form.Form{
		Name: allowing, Title: "Đồng ý cho em dự thi", Submit: "Gửi đồng ý",
		Fields: slices.Concat([]form.Field{consent}, handlers.GuardianFields("Họ và tên đầy đủ của bạn là gì?", "Cán bộ gọi bạn số nào khi cần trao đổi về em?"), []form.Field{child}),
	}
}

// followGuardianCode tells what the child asks for, and begins the form, with the child's name if that is known, unless it is the child
// who tries the code.
func followGuardianCode(ctx context.Context, t *handlers.Turn, code storage.Code) error {
	p := readPlea(code)
	me, err := t.Person(ctx)
	switch {
	case err != nil:
		return err
	case me.ID == p.child():
		t.Say(bot.Outgoing{Text: "Mã này dành cho cha, mẹ hoặc người giám hộ. Bạn chuyển mã cho người lớn để họ gõ ở máy của họ nhé."})
		return nil
	}
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		about, err := p.about(ctx, tx)
		if err != nil {
			return err
		}
		if about != "" {
			t.Say(bot.Outgoing{Text: "Em muốn " + about + "."})
		}
		child, err := storage.PersonOf(ctx, tx, p.child())
		known := form.Answers{handlers.CodeAnswer: code.Key}
		if child.Name != "" {
			known[childKey] = child.Name
		}
		t.Begin(allowing, known)
		return err
	})
	return nil
}

// about is what the child asks for, in words; "" for what is no more.
func (p plea) about(ctx context.Context, tx *storage.Tx) (string, error) {
	if p.kind == toEnter {
		c, ok, err := storage.FindCompetition(ctx, tx, p.args[0])
		if err != nil || !ok {
			return "", err
		}
		s, ok, err := storage.FindRegistered(ctx, tx, p.args[1])
		if err != nil || !ok {
			return "", err
		}
		return enterWords(c, s.Startup), nil
	}
	e, c, ok, err := p.team(ctx, tx)
	if err != nil || !ok {
		return "", err
	}
	return joinWords(e, c), nil
}

func (p plea) team(ctx context.Context, tx *storage.Tx) (storage.Entry, storage.Competition, bool, error) {
	id, _ := strconv.ParseInt(p.args[0], 10, 64) // we wrote it
	return storage.FindEntry(ctx, tx, id)
}

func enterWords(c storage.Competition, s storage.Startup) string {
	return fmt.Sprintf("dự %s bằng dự án “%s”", c.Name, s.Name)
}

func joinWords(e storage.Entry, c storage.Competition) string {
	return fmt.Sprintf("vào nhóm “%s” dự %s", e.Name, c.Name)
}

// refuseChild acts on a guardian's no at the moment it is given.
func refuseChild(_ context.Context, t *handlers.Turn, _ form.Answers) error {
	if t.Session.Form.Answers[consentKey] != refused {
		return nil
	}
	key := t.Session.Form.Answers[handlers.CodeAnswer]
	t.Session.Drop()
	t.Unsay()
	t.Say(bot.Outgoing{Text: "Vâng, mình không lưu gì. Nếu đổi ý, bạn nhờ em gửi mã mới nhé."})
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		code, ok, err := storage.UseCode(ctx, tx, storage.ContestGuardianCode, key, t.Now)
		if err != nil || !ok {
			return err
		}
		return storage.AddErrands(ctx, tx, readPlea(code).child(), entering+":"+guardianSaid+":"+guardianNo, t.Now)
	})
	return nil
}

// allow uses the code up, and does what the child asked for, with the guardian's consent.
func (o Office) allow(ctx context.Context, tx *storage.Tx, t *handlers.Turn, key string, kept form.Answers) error {
	code, ok, err := storage.UseCode(ctx, tx, storage.ContestGuardianCode, key, t.Now)
	if err != nil {
		return err
	}
	p, answer := plea{}, ""
	if ok {
		p = readPlea(code)
		if p.kind == toEnter {
			answer, err = o.enterChild(ctx, tx, t, p)
		} else {
			answer, err = joinChild(ctx, tx, t, p, kept[childKey])
		}
	}
	switch {
	case err != nil:
		return err
	case answer == "":
		t.Say(handlers.WrongCode())
		return nil
	}
	if _, err := storage.AddGuardianOf(ctx, tx, p.child(), storage.Guardian{Name: kept["ho_ten"], Phone: kept["dien_thoai"]}, storage.Consent{
		Version: guardianVersion, Text: guardianQuestion, From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
	}, t.Now); err != nil {
		return err
	}
	t.Say(bot.Outgoing{Title: "Đã ghi nhận đồng ý của bạn", Text: "Mình đã báo để em làm tiếp. Khi đổi ý, bạn nhắn “rút đồng ý”. Muốn xem hoặc sửa thông tin của em, bạn nhắn “gặp cán bộ”."})
	return storage.AddErrands(ctx, tx, p.child(), entering+":"+guardianSaid+":"+answer, t.Now)
}

// enterChild begins the entry of somebody under 16; "" when what was asked for is no more.
func (o Office) enterChild(ctx context.Context, tx *storage.Tx, t *handlers.Turn, p plea) (answer string, err error) {
	c, d, err := find(ctx, tx, p.args[0])
	if err != nil {
		return "", err
	}
	s, ok, err := storage.FindRegistered(ctx, tx, p.args[1])
	if err != nil || !ok || !mayEnter(s.Startup) || s.Person != p.child() {
		return "", err
	}
	arrival, err := came(ctx, tx, t)
	if err != nil {
		return "", err
	}
	e, err := storage.BeginEntry(ctx, tx, c, s.Startup, o.known(d, s.Startup), d.Cap, arrival, t.Now)
	if err != nil {
		return "", err
	}
	return fmt.Sprint(e.ID), copyDocuments(ctx, tx, d, e, s.Startup, t.Now)
}

// joinChild asks the captain to take somebody under 16 into the team; "" when what was asked for is no more.
func joinChild(ctx context.Context, tx *storage.Tx, t *handlers.Turn, p plea, name string) (answer string, err error) {
	e, c, ok, err := p.team(ctx, tx)
	if err != nil || !ok {
		return "", err
	}
	if err := inTime(ctx, tx, t, c); err != nil {
		return "", err
	}
	child, err := storage.PersonOf(ctx, tx, p.child())
	if err != nil || child.ID == 0 {
		return "", err
	}
	if err := storage.NamePerson(ctx, tx, child.ID, name); err != nil {
		return "", err
	}
	_, err = askCaptain(ctx, tx, t, e, c, child.ID, name)
	return toJoin, err
}

// hearGuardian tells somebody under 16 what the guardian said: no, that the captain is asked, or which entry was begun.
func (o Office) hearGuardian(ctx context.Context, tx *storage.Tx, t *handlers.Turn, said string) error {
	switch {
	case t.In.Kind != bot.Errand: // forged
		return o.list(ctx, tx, t, "")
	case said == guardianNo:
		t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ chưa đồng ý cho bạn dự thi. Bạn trò chuyện thêm với người lớn nhé. Cần hỏi gì, bạn nhắn “gặp cán bộ”."})
		return nil
	case said == toJoin:
		t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ đã đồng ý. Yêu cầu vào nhóm đã gửi; khi trưởng nhóm xác nhận, mình nhắn bạn ngay."})
		return nil
	}
	d, err := o.own(ctx, tx, t, said)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ đã đồng ý cho bạn dự " + d.competition.Name + ". Hồ sơ dự thi đã mở, bạn điền tiếp nhé.",
		Buttons: []bot.Button{{Label: "Mở hồ sơ", Data: d.data(showEntry), Row: true}}})
	return nil
}
