package announcing

import (
	"context"
	"fmt"
	"slices"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// mayApprove reports whether who writes has the right to approve, and is not the one who wrote a, unless they work alone.
func (d Desk) mayApprove(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement) (bool, error) {
	may, err := storage.MayAct(ctx, tx, t.In.From, storage.Approver, t.Now)
	if !may || err != nil || d.Alone {
		return may, err
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	return me != a.Author, err
}

// approvers are those who may approve a, but for whom acts.
func (d Desk) approvers(ctx context.Context, tx *storage.Tx, a storage.Announcement, me int64, now time.Time) ([]int64, error) {
	people, err := storage.PeopleWith(ctx, tx, storage.Approver, now)
	return slices.DeleteFunc(people, func(id int64) bool { return id == me || id == a.Author && !d.Alone }), err
}

// propose asks those who approve for it.
func (d Desk) propose(ctx context.Context, tx *storage.Tx, t *handlers.Turn, a storage.Announcement, seen string) (bool, error) {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return false, err
	}
	others, err := d.approvers(ctx, tx, a, me, t.Now)
	switch {
	case err != nil:
		return false, err
	case len(others) == 0:
		t.Say(bot.Outgoing{Text: "Chưa có ai khác duyệt được. Anh/chị nhờ quản trị mời một người vào vai trò người duyệt, rồi trình lại. Thông báo vẫn được giữ.",
			Buttons: []bot.Button{button("Mở "+a.Code, openCard, a, "")}})
		return true, nil
	case seen != revision(a):
		return false, nil
	}
	ok, err := storage.MoveAnnouncement(ctx, tx, a.ID, storage.AnnouncementProposed, storage.AnnouncementDraft)
	if !ok || err != nil {
		return false, err
	}
	for _, other := range others {
		err := tellOther(ctx, tx, t, me, other, a, "proposed", bot.Outgoing{
			Title:   "Chờ anh/chị duyệt: thông báo " + a.Code,
			Text:    a.Message.Title + "\nAnh/chị mở để xem nội dung và người nhận, rồi duyệt hoặc trả lại.",
			Buttons: []bot.Button{button("Mở "+a.Code, openCard, a, "")},
		})
		if err != nil {
			return false, err
		}
	}
	t.Say(bot.Outgoing{Text: fmt.Sprintf("Đã trình duyệt thông báo %s. Mình báo cho anh/chị khi có kết quả.", a.Code), Buttons: []bot.Button{listButton()}})
	return true, nil
}
