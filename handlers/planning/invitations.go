package planning

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
)

// inviteFor is how long an invitation of an agency is good: a printed one takes days to get there.
const inviteFor = 30 * 24 * time.Hour

// inviteTo makes a code for an agency, and a text to forward with it.
func (o Office) inviteTo(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Agency, head bool) error {
	o, err := o.on(ctx, t, today(t))
	if err != nil {
		return err
	}
	code, err := newInvitation(ctx, tx, t, a, head)
	if err != nil {
		return err
	}
	t.Say(bot.Outgoing{Text: "Mã mời dùng một lần. Anh/chị chuyển tin dưới đây cho đúng người; nếu cần mời nhiều người, anh/chị lấy mỗi người một mã."})
	t.Say(t.CodeCard(fmt.Sprintf("Kính gửi %s. %s Người nhận gửi mã này cho trợ lý, hoặc mở liên kết. Mã dùng đến %s.",
		a.Name, o.purpose(head), viet.ShowMoment(t.Now.Add(inviteFor))), code))
	return storage.AddAudit(ctx, tx, t.In.From, "invite-officer", a.ID, t.Now)
}

func newInvitation(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Agency, head bool) (code string, err error) {
	data := a.ID
	if head {
		data += "/head"
	}
	return storage.NewCode(ctx, tx, storage.OfficerCode, data, t.Now, t.Now.Add(inviteFor))
}

// purpose tells what somebody is invited to.
func (o Office) purpose(head bool) string {
	who := "mời đơn vị cử cán bộ đầu mối nhận nhắc hạn và gửi"
	if head {
		who = "mời lãnh đạo đơn vị theo dõi việc gửi"
	}
	return fmt.Sprintf("Sở Khoa học và Công nghệ %s kế hoạch, báo cáo theo %s qua trợ lý tự động.", who, o.Plan.Citation)
}

// printInvitations makes a sheet of paper for each agency that owes something and has nobody who answers for it.
func (o Office) printInvitations(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	if !t.Can.Files {
		t.Say(noFiles("đơn vị"))
		return nil
	}
	idle, err := storage.IdleAgencies(ctx, tx)
	if err != nil {
		return err
	}
	if len(idle) == 0 {
		t.Say(bot.Outgoing{Text: "Đơn vị nào có việc phải gửi cũng đã có cán bộ đầu mối, nên không cần giấy mời."})
		return nil
	}
	if o, err = o.on(ctx, t, today(t)); err != nil {
		return err
	}
	blocks := []export.Block{}
	for i, a := range idle {
		code, err := newInvitation(ctx, tx, t, a, false)
		if err != nil {
			return err
		}
		if i > 0 {
			blocks = append(blocks, export.PageBreak{})
		}
		blocks = append(blocks, o.invitationSheet(a, code, t)...)
	}
	content, err := export.DOCX(blocks...)
	if err != nil {
		return err
	}
	give(t, fmt.Sprintf("Giấy mời cho %d đơn vị, mỗi đơn vị một trang với mã riêng, dùng đến %s. Mã là của riêng từng đơn vị: anh/chị giữ kỹ tệp này.",
		len(idle), t.Now.Add(inviteFor).Format("02/01/2006")), "giay-moi-"+today(t)+".docx", docxType, content)
	return storage.AddAudit(ctx, tx, t.In.From, "print-invitations", strconv.Itoa(len(idle))+" agencies", t.Now)
}

func (o Office) invitationSheet(a storage.Agency, code string, t *handlers.Turn) []export.Block {
	blocks := []export.Block{
		export.Letterhead("SKHCN", "V/v cử cán bộ đầu mối nhận nhắc hạn, gửi kế hoạch và báo cáo", t.Now),
		export.Paragraph{Text: "\nKính gửi: " + a.Name, Align: export.Centered, After: 12},
		body(o.purpose(false)),
		body("Cán bộ đầu mối được nhắc trước hạn, gửi tệp báo cáo hoặc số văn bản đã gửi ngay trong cuộc trò chuyện, và biết kết quả tiếp nhận. Việc này miễn phí, không thay văn bản chính thức."),
		body("Mã của đơn vị, dùng một lần đến hết ngày " + t.Now.Add(inviteFor).Format("02/01/2006") + ":"),
		export.Paragraph{Text: storage.ShowCode(code), Bold: true, Size: 20, Align: export.Centered, After: 12},
	}
	if page := t.Page("/m/" + code); page != "" {
		blocks = append(blocks, body("Mở liên kết sau trên điện thoại hoặc máy tính: "+page))
	}
	return append(blocks,
		body("Hoặc mở trợ lý của Sở Khoa học và Công nghệ trên Zalo, Telegram hay trang web, rồi gửi mã trên. Nhờ đơn vị chỉ giao mã cho người được cử."),
		export.Paragraph{},
		export.Signature([]string{"- Như trên;", "- Lưu: VT."}, "GIÁM ĐỐC"))
}

// body is a paragraph of a letter.
func body(text string) export.Paragraph { return export.Paragraph{Text: text, Indent: true, After: 6} }
