package agency

import (
	"context"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// HeadMark stands behind the agency's id in the data of a code for the head of the agency, who agreed to hear of deadlines.
const HeadMark = "/head"

// Join has whoever sends a code of an agency answer for it. It has no label: only the code leads to it.
func Join() *handlers.Conversation {
	return &handlers.Conversation{
		Name: joining, Code: storage.OfficerCode,
		Open: func(_ context.Context, t *handlers.Turn, _ string) error {
			t.Say(bot.Outgoing{Text: "Anh/chị gõ mã mời cán bộ đầu mối đã nhận, hoặc mở liên kết có mã đó."})
			return nil
		},
		Follow: func(_ context.Context, t *handlers.Turn, code storage.Code) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return join(ctx, tx, t, code) })
			return nil
		},
	}
}

func join(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code storage.Code) error {
	id, head := strings.CutSuffix(code.Data, HeadMark)
	a, known, err := storage.FindAgency(ctx, tx, id)
	if err != nil {
		return err
	}
	_, ok, err := storage.UseCode(ctx, tx, storage.OfficerCode, code.Key, t.Now)
	switch {
	case err != nil:
		return err
	case !known || !ok:
		t.Say(handlers.WrongCode())
		return nil
	}
	person, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	if err := storage.NamePerson(ctx, tx, person, t.In.Name); err != nil {
		return err
	}
	if err := storage.AddOfficer(ctx, tx, person, a.ID, head, t.Now); err != nil {
		return err
	}
	t.Say(welcome(a, head))
	if err := storage.AddAudit(ctx, tx, t.In.From, "join-agency", a.ID, t.Now); err != nil {
		return err
	}
	return t.TellOfRoles(ctx, tx)
}

func welcome(a storage.Agency, head bool) bot.Outgoing {
	as := "cán bộ đầu mối của "
	if head {
		as = "lãnh đạo "
	}
	return bot.Outgoing{
		Title: "Kính chào anh/chị, " + as + a.Name,
		Text: "Đây là trợ lý tự động của Sở Khoa học và Công nghệ tỉnh Quảng Ngãi. Mình nhắc các hạn gửi kế hoạch, báo cáo của đơn vị và nhận bản gửi ngay tại đây: " +
			"anh/chị chỉ cần gửi tệp, hoặc cho biết số văn bản đã gửi.\n" +
			"Mình lưu tên hiển thị và những gì anh/chị gửi; nhắn “dữ liệu” để xem. Khi thôi làm đầu mối, anh/chị nhắn “gặp cán bộ”.",
		Buttons: []bot.Button{listButton()},
	}
}
