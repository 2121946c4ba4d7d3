package staff

import (
	"context"
	"fmt"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// compareTwins shows a startup beside the one that it may repeat.
func compareTwins(ctx context.Context, tx *storage.Tx, t *handlers.Turn, places *viet.Places, code string) error {
	late, ok, err := storage.FindRegistered(ctx, tx, code)
	if err != nil {
		return err
	}
	early, found, err := storage.FindRegistered(ctx, tx, late.Twin)
	if err != nil {
		return err
	}
	if !ok || !found {
		t.Say(goneFor())
		return nil
	}
	t.Say(sideBySide(early, late, places, t))
	return storage.AddAudit(ctx, tx, t.In.From, "compare-startups", early.Code+" "+late.Code, t.Now)
}

func sideBySide(early, late storage.RegisteredStartup, places *viet.Places, t *handlers.Turn) bot.Outgoing {
	return bot.Outgoing{
		Title: "Hai hồ sơ có thể trùng",
		Text: "A. " + describe(early, places, t) + "\n\nB. " + describe(late, places, t) + "\n\n" +
			likeness(early, late) + " " + whatMoves(early.Startup, late.Startup),
		Buttons: []bot.Button{
			{Label: "Giữ A, gộp B", Data: "phieu:" + merge + ":" + seenOf(early.Startup) + ":" + seenOf(late.Startup), Row: true},
			{Label: "Giữ B, gộp A", Data: "phieu:" + merge + ":" + seenOf(late.Startup) + ":" + seenOf(early.Startup)},
			{Label: "Không trùng", Data: "phieu:" + noTwin + ":" + seenOf(late.Startup), Row: true},
			cardButton(early.Code),
			cardButton(late.Code),
		},
	}
}

func likeness(a, b storage.RegisteredStartup) string {
	if viet.Fold(a.Name) == viet.Fold(b.Name) {
		return "Hai hồ sơ cùng tên dự án."
	}
	return "Hai hồ sơ cùng số điện thoại và nơi thực hiện."
}

// whatMoves tells what becomes of the one that does not stay.
func whatMoves(a, b storage.Startup) string {
	if a.Person == b.Person {
		return "Hồ sơ gộp chuyển tệp, lịch sử và những mục hồ sơ kia chưa có sang hồ sơ được giữ."
	}
	return "Hai hồ sơ của hai người: hồ sơ gộp chỉ được đánh dấu trùng, tệp và thông tin không chuyển cho người kia."
}

func mergeTwins(ctx context.Context, tx *storage.Tx, t *handlers.Turn, keep, end storage.Seen) error {
	by, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	kept, gone, ok, err := storage.MergeStartups(ctx, tx, keep, end, by, t.Now)
	if err != nil {
		return err
	}
	if !ok {
		t.Say(bot.Outgoing{
			Text:    "Một trong hai hồ sơ vừa thay đổi nên chưa gộp. Anh/chị xem lại từng hồ sơ.",
			Buttons: []bot.Button{cardButton(keep.Code), cardButton(end.Code)},
		})
		return nil
	}
	if err := tellFounder(ctx, tx, t, gone, by, mergedNotice(kept, gone)); err != nil {
		return err
	}
	t.Say(bot.Outgoing{
		Text:    fmt.Sprintf("Đã gộp %s vào %s. %s", gone.Code, kept.Code, next(gone)),
		Buttons: []bot.Button{cardButton(kept.Code), waitingButton()},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "review-merged", gone.Code+" into "+kept.Code, t.Now)
}

// mergedNotice tells the founder of gone. Of somebody else's startup they learn that it exists, and no more.
func mergedNotice(kept, gone storage.Startup) bot.Outgoing {
	if kept.Person == gone.Person {
		return bot.Outgoing{
			Title:   fmt.Sprintf("Hồ sơ %s đã gộp vào %s", gone.Code, kept.Code),
			Text:    "Hai hồ sơ của bạn là cùng một dự án nên cán bộ gộp lại. Tệp và thông tin của bạn vẫn còn, ở " + kept.Code + ".",
			Buttons: []bot.Button{{Label: "Mở " + kept.Code, Data: "hoso:" + kept.Code, Row: true}},
		}
	}
	return bot.Outgoing{
		Title: "Hồ sơ " + gone.Code + " trùng với hồ sơ khác",
		Text: "Dự án “" + gone.Name + "” đã có một hồ sơ khác ở Sở Khoa học và Công nghệ, nên cán bộ theo dõi ở hồ sơ đó và dừng xử lý hồ sơ của bạn. " +
			"Nếu đây là dự án riêng của bạn, bạn bấm “Gặp cán bộ”.",
		Buttons: []bot.Button{{Label: "Gặp cán bộ", Data: "gap:", Row: true}},
	}
}

func dismissTwin(ctx context.Context, tx *storage.Tx, t *handlers.Turn, seen storage.Seen) error {
	ok, err := storage.ClearTwin(ctx, tx, seen)
	if err != nil {
		return err
	}
	if !ok {
		return tooLate(ctx, tx, t, seen)
	}
	t.Say(bot.Outgoing{Text: "Đã ghi nhận " + seen.Code + " là dự án riêng.", Buttons: []bot.Button{cardButton(seen.Code), waitingButton()}})
	return storage.AddAudit(ctx, tx, t.In.From, "clear-twin", seen.Code, t.Now)
}
