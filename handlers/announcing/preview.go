package announcing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// preview shows what is to be sent and what it would come to.
func (d Desk) preview(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement) (bot.Outgoing, error) {
	start := t.Now
	if a.StartAt > start.UnixMilli() {
		start = time.UnixMilli(a.StartAt).In(start.Location())
	}
	p, err := storage.PreviewAudience(ctx, tx, a.Audience, outgoing(t, a), t.Ways, start)
	if err != nil {
		return bot.Outgoing{}, err
	}
	may, err := d.mayApprove(ctx, tx, t, a)
	if err != nil {
		return bot.Outgoing{}, err
	}
	head := "CHƯA GỬI · " + a.Code
	if a.State == storage.AnnouncementProposed {
		head = "CHƯA GỬI · CHỜ DUYỆT · " + a.Code
	}
	return bot.Outgoing{
		Title:   head,
		Text:    strings.Join([]string{d.content(a), d.counts(p), d.timing(a, p, t.Now)}, "\n\n"),
		Buttons: d.previewButtons(a, p, may),
	}, nil
}

// content is the message and for whom it is.
func (d Desk) content(a storage.Announcement) string {
	lines := []string{a.Message.Title, a.Message.Text}
	if f := a.Message.File; f != nil {
		lines = append(lines, "Kèm: "+f.Name)
	}
	lines = append(lines, "", "Loại: "+handlers.Label(handlers.Categories(), a.Category), "Người nhận: "+d.conditions(a))
	if a.Urgent {
		lines = append(lines, "KHẨN: người đã nhận một thông báo trong ngày vẫn nhận; gửi từ 06:00 đến 21:30.")
	}
	return strings.Join(lines, "\n")
}

// conditions names those on people, as the form's review does.
func (d Desk) conditions(a storage.Announcement) string {
	parts := []string{}
	for _, f := range d.filters()[1:] {
		value := a.Answers[f.Key]
		switch {
		case value == "":
			continue
		case f.Show != nil:
			value = f.Show(value)
		default:
			labels := []string{}
			for v := range strings.SplitSeq(value, ",") {
				labels = append(labels, handlers.Label(f.Choices(nil), v))
			}
			value = strings.Join(labels, ", ")
		}
		parts = append(parts, "· "+f.Label+": "+value)
	}
	if len(parts) == 0 {
		return "tất cả"
	}
	return "có đủ các điều kiện sau\n" + strings.Join(parts, "\n")
}

// previewButtons are what can be done by who looks; may says whether they may approve.
func (d Desk) previewButtons(a storage.Announcement, p storage.Preview, may bool) []bot.Button {
	proposed := a.State == storage.AnnouncementProposed
	buttons := []bot.Button{button("Gửi thử", test, a, "")}
	switch {
	case p.Agreed == 0:
	case may && (proposed || d.Alone):
		buttons = append(buttons, button("Duyệt gửi", approve, a, revision(a)))
	case !proposed:
		buttons = append(buttons, button("Trình duyệt", propose, a, revision(a)))
	}
	if may && proposed {
		buttons = append(buttons, button("Trả lại", sendBack, a, revision(a)))
	}
	return append(buttons,
		bot.Button{Label: "Sửa", Data: fmt.Sprintf("%s:%d", composing, a.ID), Row: true},
		button("Hủy", askDiscard, a, ""))
}
