package staff

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// verdict is what staff make of a registration.
type verdict struct {
	storage.Review
	done string                             // "Đã xác nhận", before the code
	tell func(storage.Startup) bot.Outgoing // what the founder is told
}

// confirmStartup takes a registration on.
func confirmStartup(ctx context.Context, tx *storage.Tx, t *handlers.Turn, seen storage.Seen) error {
	v := verdict{storage.Review{Status: storage.StatusConfirmed}, "Đã xác nhận", func(s storage.Startup) bot.Outgoing {
		return bot.Outgoing{
			Title: "Hồ sơ " + s.Code + " đã được xác nhận",
			Text: "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi đã xem và xác nhận dự án “" + s.Name + "” của bạn. " +
				"Bạn bổ sung hồ sơ để được giới thiệu chương trình phù hợp.",
			Buttons: []bot.Button{
				{Label: "Hoàn thiện hồ sơ", Data: "hoanthien:" + s.Code, Row: true},
				{Label: "Xem hồ sơ", Data: "hoso:" + s.Code, Row: true},
			},
		}
	}}
	if ok, err := decide(ctx, tx, t, seen, v); !ok || err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "review-confirmed", seen.Code, t.Now)
}

// decide keeps a verdict on a startup as it was seen, and has its founder told. Whoever comes too late is told why, and
// nothing changes: ok is false.
func decide(ctx context.Context, tx *storage.Tx, t *handlers.Turn, seen storage.Seen, v verdict) (ok bool, err error) {
	if v.Person, err = storage.EnsurePerson(ctx, tx, t.In.From, t.Now); err != nil {
		return false, err
	}
	s, ok, err := storage.DecideStartup(ctx, tx, seen, v.Review, t.Now)
	if err != nil {
		return false, err
	}
	if !ok {
		return false, tooLate(ctx, tx, t, seen)
	}
	t.Say(bot.Outgoing{Text: v.done + " " + s.Code + ". " + next(s), Buttons: []bot.Button{waitingButton()}})
	return true, tellFounder(ctx, tx, t, s, v.Person, v.tell(s))
}

func next(s storage.Startup) string {
	if s.Origin == storage.OriginPaper {
		return "Hồ sơ này nhập từ giấy: anh/chị gọi cho người đăng ký để báo."
	}
	return "Người đăng ký sẽ được báo."
}

// tellFounder queues what a founder is told about s; not for whoever decides about their own.
func tellFounder(ctx context.Context, tx *storage.Tx, t *handlers.Turn, s storage.Startup, by int64, m bot.Outgoing) error {
	if s.Person == by {
		return nil
	}
	m.Template = &bot.Template{Name: storage.Reviewed, Params: map[string]string{"ma": s.Code, "ket_qua": handlers.StatusName(s.Status)}}
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("review/%d/%d", s.ID, s.Revision), Person: s.Person, Message: m,
		Queue: storage.QueueNotices, Hours: storage.LongDay, Again: true,
	}, t.Now)
}

// tooLate tells why nothing was decided: a colleague was first, or the founder changed something.
func tooLate(ctx context.Context, tx *storage.Tx, t *handlers.Turn, seen storage.Seen) error {
	s, ok, err := storage.FindRegistered(ctx, tx, seen.Code)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(goneFor())
		return nil
	}
	review, _, err := storage.FindReview(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	text := "Hồ sơ này vừa thay đổi. Anh/chị xem bản mới rồi quyết định."
	if review.Revision > seen.Revision {
		text = decided(review, t) + " Quyết định vừa rồi của anh/chị chưa được ghi."
	}
	t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{cardButton(s.Code), waitingButton()}})
	return nil
}
