package handlers

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/storage"
)

// OfferRequest tells all staff of a free request, but those whose business it is already. The source says why.
func (t *Turn) OfferRequest(ctx context.Context, tx *storage.Tx, r storage.Request, source, text string, but ...int64) error {
	staff, err := storage.PeopleWith(ctx, tx, storage.Staff, t.Now)
	if err != nil {
		return err
	}
	about, err := AboutAsker(ctx, tx, r)
	if err != nil {
		return err
	}
	n := storage.Notice{Source: source, Queue: storage.QueueNotices, Message: bot.Outgoing{
		Title: "Yêu cầu " + RequestTitle(r), Text: about + text,
		Buttons: []bot.Button{{Label: "Nhận trả lời", Data: "yeucau:nhan:" + r.Code, Row: true}},
	}}
	for _, n.Person = range staff {
		if slices.Contains(append(but, r.Person), n.Person) {
			continue
		}
		if err := storage.Notify(ctx, tx, n, t.Now); err != nil {
			return err
		}
	}
	return nil
}

// AboutAsker is a line with the startups of who asks; "" for none.
func AboutAsker(ctx context.Context, tx *storage.Tx, r storage.Request) (string, error) {
	codes, err := storage.StartupCodes(ctx, tx, r.Person)
	if err != nil || len(codes) == 0 {
		return "", err
	}
	return "Hồ sơ: " + strings.Join(codes, ", ") + "\n", nil
}

// ShowSaid is a message of a request in a line.
func ShowSaid(m storage.RequestMessage) string {
	switch {
	case m.Text != "":
		return m.Text
	case m.File.Name != "":
		return "(tệp " + m.File.Name + ")"
	}
	return "(ảnh)"
}
