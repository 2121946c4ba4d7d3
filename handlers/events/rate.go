package events

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// memoEvent is where the dialog remembers which event a comment is about.
const memoEvent = "su_kien"

const longestComment = 500 // characters

// offerRating asks who was at an event that is over, and did not say yet how it was.
func offerRating(ctx context.Context, t *handlers.Turn) error {
	list, err := t.Store.EventsToRate(ctx, t.In.From, t.Now.Add(-rateFor))
	if err != nil || len(list) == 0 {
		return err
	}
	t.Say(storage.RatingCard(list[0]))
	return nil
}

// keepRating keeps the first tap, and asks for words.
func keepRating(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code, points string) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	n, _ := strconv.ParseInt(points, 10, 64) // not a number: out of range
	ok := false
	if 1 <= n && n <= storage.MostPoints {
		if ok, err = storage.Rate(ctx, tx, code, me, n); err != nil {
			return err
		}
	}
	if !ok {
		t.Say(bot.Outgoing{Text: t.Address("Sự kiện này chưa kết thúc, hoặc bạn chưa đến dự nên chưa chấm được."), Buttons: []bot.Button{listButton()}})
		return nil
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = visiting, map[string]string{memoEvent: code}
	t.Say(bot.Outgoing{
		Text:    t.Address(fmt.Sprintf("Cảm ơn bạn đã chấm %d điểm. Bạn góp ý thêm một câu để lần sau tốt hơn nhé, hoặc bấm “Thôi”.", n)),
		Buttons: []bot.Button{{Label: "Thôi", Data: "menu:", Row: true}},
	})
	return nil
}

// hearComment keeps the words.
func hearComment(ctx context.Context, t *handlers.Turn) error {
	if steered, err := t.Steer(ctx); steered || err != nil {
		return err
	}
	comment, err := viet.Text(t.In.Text, longestComment)
	var problem viet.Problem
	if errors.As(err, &problem) {
		t.Say(bot.Outgoing{Text: problem.Error()})
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a comment: %w", err)
	}
	code := t.Session.Memo[memoEvent]
	t.Session.Drop()
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		if _, err := storage.CommentOn(ctx, tx, code, me, comment); err != nil {
			return err
		}
		t.Say(bot.Outgoing{Text: t.Address("Mình đã chuyển góp ý cho ban tổ chức. Cảm ơn bạn."), Buttons: []bot.Button{listButton()}})
		return nil
	})
	return nil
}
