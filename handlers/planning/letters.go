package planning

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/export"
	"khoinghiep/storage/plan"
)

// Letters drafts letters that urge agencies (công văn đôn đốc): about one obligation, whose code the button carries, or one to
// each agency about all that is late or due next, see urgentBefore.
func (o Office) Letters() *handlers.Conversation {
	return &handlers.Conversation{
		Name: letters, Label: "Công văn đôn đốc", Role: storage.Staff,
		Words: []string{"công văn", "đôn đốc", "soạn công văn đôn đốc"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return o.draftLetters(ctx, tx, t, argument) })
			return nil
		},
	}
}

func (o Office) draftLetters(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	list, err := o.lettersAbout(ctx, tx, t, code)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		t.Say(bot.Outgoing{Text: "Không có việc nào trễ hạn hay sát hạn cần công văn.", Buttons: []bot.Button{row("Tiến độ", progress, "")}})
		return nil
	}
	if !t.Can.Files {
		t.Say(noFiles("công văn đôn đốc"))
		return nil
	}
	blocks, agencies := []export.Block{}, []string{}
	for _, owed := range list {
		if slices.Contains(agencies, owed.Agency) {
			continue
		}
		if len(agencies) > 0 {
			blocks = append(blocks, export.PageBreak{})
		}
		agencies = append(agencies, owed.Agency)
		theirs := slices.DeleteFunc(slices.Clone(list), func(other storage.Obligation) bool { return other.Agency != owed.Agency })
		letter, err := o.letter(ctx, t, theirs)
		if err != nil {
			return err
		}
		blocks = append(blocks, letter...)
	}
	content, err := export.DOCX(blocks...)
	if err != nil {
		return err
	}
	name := "cong-van-don-doc-" + today(t)
	if len(agencies) == 1 {
		name += "-" + list[0].Code
	}
	give(t, fmt.Sprintf("Dự thảo công văn đôn đốc gửi %d đơn vị. Anh/chị xem lại, ghi số và ngày rồi trình ký.", len(agencies)), name+".docx", docxType, content)
	return storage.AddAudit(ctx, tx, t.In.From, "draft-letters", strings.Join(agencies, " "), t.Now)
}

// lettersAbout lists what letters are about: one open obligation, or all that are urgent. The department writes none to itself.
func (o Office) lettersAbout(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) ([]storage.Obligation, error) {
	if code == "" {
		list, err := storage.LateObligations(ctx, tx, o.urgentBefore(t))
		return slices.DeleteFunc(list, func(owed storage.Obligation) bool { return owed.Agency == storage.Department }), err
	}
	owed, ok, err := storage.FindObligation(ctx, tx, code)
	if err != nil || !ok || owed.State != storage.ObligationOpen || owed.Agency == storage.Department {
		return nil, err
	}
	return []storage.Obligation{owed}, nil
}

// urgentBefore is the day before which the last day is of what letters are about without being asked: staff are told of it on the
// working day before that last day, if not earlier.
func (o Office) urgentBefore(t *handlers.Turn) string {
	return o.Calendar.AddWorkingDays(t.Now, 1).AddDate(0, 0, 1).Format(time.DateOnly)
}

// urgent reports whether a letter about something open is offered.
func (o Office) urgent(owed storage.Obligation, t *handlers.Turn) bool {
	return owed.Agency != storage.Department && owed.Last() < o.urgentBefore(t)
}

// letter urges one agency to send what it owes.
func (o Office) letter(ctx context.Context, t *handlers.Turn, list []storage.Obligation) ([]export.Block, error) {
	why, err := o.ground(ctx, t, list)
	if err != nil {
		return nil, err
	}
	titles, items := []string{}, []export.Block{}
	for _, owed := range list {
		titles = append(titles, viet.LowerFirst(owed.Title))
		items = append(items, body("- "+about(owed)+": hạn gửi "+lastDay(owed)+", "+o.left(owed, t.Now)+";"))
	}
	last := items[len(items)-1].(export.Paragraph)
	last.Text = strings.TrimSuffix(last.Text, ";") + "."
	items[len(items)-1] = last
	blocks := []export.Block{
		export.Letterhead("SKHCN", "V/v gửi "+strings.Join(titles, ", "), t.Now),
		export.Paragraph{Text: "\nKính gửi: " + list[0].Owner, Align: export.Centered, After: 12},
		body(why),
		body("Đến " + viet.ShowDate(today(t)) + ", Sở Khoa học và Công nghệ chưa nhận được của Quý cơ quan:"),
	}
	blocks = append(blocks, items...)
	return append(blocks,
		body("Để kịp tổng hợp, báo cáo cấp có thẩm quyền, Sở Khoa học và Công nghệ đề nghị Quý cơ quan gửi các nội dung trên trong thời gian sớm nhất; trường hợp có vướng mắc, đề nghị cho biết ngày gửi và người phụ trách."),
		body("Quý cơ quan gửi qua hệ thống quản lý văn bản, hoặc gửi tệp và số văn bản qua trợ lý tự động của Sở Khoa học và Công nghệ."),
		body("Sở Khoa học và Công nghệ mong Quý cơ quan quan tâm, phối hợp./."),
		export.Paragraph{},
		export.Signature([]string{"- Như trên;", "- Lãnh đạo Sở (báo cáo);", "- Lưu: VT."}, "GIÁM ĐỐC")), nil
}

// ground tells why the agency owes it: the plan, in the version that decides about what is due first, or what the department asked for.
func (o Office) ground(ctx context.Context, t *handlers.Turn, list []storage.Obligation) (string, error) {
	i := slices.IndexFunc(list, func(o storage.Obligation) bool { return o.Kind != storage.OwnObligation })
	if i < 0 {
		return "Sở Khoa học và Công nghệ đã đề nghị Quý cơ quan cung cấp thông tin phục vụ việc xây dựng hệ sinh thái khởi nghiệp đổi mới sáng tạo của tỉnh.", nil
	}
	o, err := o.on(ctx, t, plan.DecidingDay(list[i].Year, list[i].DueOn))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Theo %s về %s, cơ quan chủ trì nhiệm vụ gửi kế hoạch và báo cáo hằng năm về Sở Khoa học và Công nghệ để tổng hợp.", o.Plan.Citation, o.Plan.Name), nil
}
