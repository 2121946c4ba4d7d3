package founder

import (
	"context"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const guardianCodeFor = 7 * 24 * time.Hour

// Guardian is how a parent or guardian agrees that somebody under 16 registers: the child sends them a code, which opens
// this form in a chat of their own. Of the child nothing is kept before, but the chat that waits for the answer.
func Guardian() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "giamho", Words: []string{"đồng ý cho em", "đồng ý cho con", "người giám hộ"},
		Form: guardianForm(), Answered: answerForChild, Submit: submitGuardian,
		Code: storage.GuardianCode, Follow: followGuardianCode,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			switch {
			case t.In.Kind == bot.Errand:
				tellChild(t, argument)
			case !t.Resume("giamho"):
				t.Say(handlers.NeedsCode())
			}
			return nil
		},
	}
}

func guardianForm() *form.Form {
	consent := form.One(consentKey, "Đồng ý của cha, mẹ hoặc người giám hộ", handlers.GuardianShort,
		form.Choice{Value: agreed, Label: "Đồng ý, tôi là cha, mẹ, người giám hộ"},
		form.Choice{Value: refused, Label: "Không đồng ý"})
	consent.Uncounted = true
	consent.Notes = []form.Note{{Label: "Bản đầy đủ", Text: handlers.GuardianFull}}
	return &form.Form{
		Name: "giamho", Title: "Đồng ý cho em", Submit: "Gửi đồng ý",
		Fields: append([]form.Field{consent}, handlers.GuardianFields("Họ và tên đầy đủ của bạn là gì?", "Cán bộ gọi bạn số nào khi cần trao đổi về em?")...),
	}
}

// askGuardian ends a child's registration before anything is kept and gives the code to send on. With a guardian's consent
// the registration goes on.
func askGuardian(ctx context.Context, t *handlers.Turn) error {
	allowed, err := t.Store.GuardianAgreed(ctx, t.In.From)
	if err != nil || allowed {
		return err
	}
	stop(t, "Cảm ơn bạn đã cho biết. Bạn chưa đủ 16 tuổi nên cha, mẹ hoặc người giám hộ cần đồng ý trước. Mình chưa lưu gì của lần đăng ký này.\n"+
		"Bạn chuyển tin dưới đây cho cha, mẹ hoặc người giám hộ. Khi người lớn trả lời, mình nhắn bạn ngay.")
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		code, err := storage.NewCode(ctx, tx, storage.GuardianCode, t.In.From.String(), t.Now, t.Now.Add(guardianCodeFor))
		if err != nil {
			return err
		}
		t.Say(t.CodeCard("Gửi cha, mẹ hoặc người giám hộ: em muốn đăng ký dự án khởi nghiệp với Sở Khoa học và Công nghệ tỉnh Quảng Ngãi và cần người lớn đồng ý. "+
			"Bạn mở trợ lý này trên máy của bạn rồi gõ mã trên. Mã dùng một lần, trong 7 ngày.", code))
		return nil
	})
	return nil
}

func followGuardianCode(_ context.Context, t *handlers.Turn, code storage.Code) error {
	if code.Address() == t.In.From {
		t.Say(bot.Outgoing{Text: "Mã này dành cho cha, mẹ hoặc người giám hộ. Bạn chuyển mã cho người lớn để họ gõ ở máy của họ nhé."})
		return nil
	}
	t.Begin("giamho", form.Answers{handlers.CodeAnswer: code.Key})
	return nil
}

// answerForChild acts on a guardian's no at the moment it is given.
func answerForChild(_ context.Context, t *handlers.Turn, _ form.Answers) error {
	if t.Session.Form.Answers[consentKey] != refused {
		return nil
	}
	key := t.Session.Form.Answers[handlers.CodeAnswer]
	stop(t, "Vâng, mình không lưu gì. Nếu đổi ý, bạn nhờ em gửi mã mới nhé.")
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		code, ok, err := storage.UseCode(ctx, tx, storage.GuardianCode, key, t.Now)
		if err != nil || !ok {
			return err
		}
		return storage.AddErrand(ctx, tx, code.Address(), "giamho:khong", t.Now)
	})
	return nil
}

func submitGuardian(_ context.Context, t *handlers.Turn, kept form.Answers) error {
	key := t.Session.Form.Answers[handlers.CodeAnswer]
	t.Session.Drop()
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		g := storage.Guardian{Name: kept["ho_ten"], Phone: kept["dien_thoai"]}
		if _, ok, err := handlers.KeepGuardian(ctx, tx, t, key, g); err != nil || !ok {
			return err
		}
		t.Say(bot.Outgoing{Title: "Đã ghi nhận đồng ý của bạn", Text: "Mình đã báo để em điền tiếp. Khi đổi ý, bạn nhắn “rút đồng ý”. Muốn xem hoặc sửa thông tin của em, bạn nhắn “gặp cán bộ”."})
		return nil
	})
	return nil
}

// tellChild brings what the guardian said: "dongy", "khong", or "rut" later. After a yes the registration goes on with the name, unless something else is in
// hand here or a registration was begun meanwhile.
func tellChild(t *handlers.Turn, said string) {
	_, begun := t.Session.Aside["dangky"]
	switch {
	case said == "rut":
		dropDossier(t)
		t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ đã rút đồng ý, nên các đăng ký của bạn đã dừng xử lý. Cần hỏi gì, bạn nhắn “gặp cán bộ”."})
	case said != "dongy":
		t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ chưa đồng ý cho bạn đăng ký. Bạn trò chuyện thêm với người lớn nhé. Cần hỏi gì, bạn nhắn “gặp cán bộ”."})
	case begun || t.Session.Form != nil:
		t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ đã đồng ý. Khi sẵn sàng, bạn gõ “đăng ký dự án” và chọn “Tôi chưa đủ 16 tuổi” để điền tiếp."})
	default:
		t.Say(bot.Outgoing{Text: "Cha, mẹ hoặc người giám hộ đã đồng ý. Mình hỏi tiếp để đăng ký nhé."})
		t.Begin("dangky", form.Answers{consentKey: minor})
	}
}

// mayRegister asks at the moment of registering whether the consent that the draft began with still holds: it may have been
// withdrawn in another chat of the same person. Somebody under 16 needs a guardian's.
func mayRegister(ctx context.Context, tx *storage.Tx, t *handlers.Turn, kept form.Answers) (bool, error) {
	if kept[consentKey] != minor {
		agrees, err := storage.Agrees(ctx, tx, t.In.From, storage.Dossier)
		if err == nil && !agrees {
			t.Say(bot.Outgoing{Text: "Đồng ý lưu hồ sơ của bạn không còn hiệu lực, nên mình không lưu đăng ký này. Bạn gõ “đăng ký dự án” để bắt đầu lại."})
		}
		return agrees, err
	}
	agrees, err := storage.GuardianAgrees(ctx, tx, t.In.From)
	if err == nil && !agrees {
		t.Say(bot.Outgoing{Text: "Hiện không có đồng ý của cha, mẹ hoặc người giám hộ, nên mình không lưu đăng ký này. Bạn gõ “đăng ký dự án” để xin lại."})
	}
	return agrees, err
}
