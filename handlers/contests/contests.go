// Package contests has the conversations about competitions: of those who enter, and of those who run them.
package contests

import (
	"context"
	"errors"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Office is where competitions are run.
type Office struct {
	Places  *viet.Places
	Profile *form.Form // of startups: what is known of who enters

	paper bool // staff enter what came on paper, see PaperEntry
}

// Names of the conversations.
const (
	entering = "cuocthi"
	joining  = "nhapdoi"
)

// What the buttons of Enter do. What follows is the code of a competition, or the id of an entry.
const (
	showContest  = "xem"
	chooseOwn    = "thi" // with the code of a startup, when it is chosen
	agreeToEnter = "dongy"
	showEntry    = "hs"
	chooseTrack  = "bang" // with the number of a track, when it is chosen
	askItem      = "muc"  // with the key of an item, as all below
	pickChoice   = "chon" // and the number of the choice
	emptyItem    = "trong"
	submitEntry  = "nop"
	askWithdraw  = "rut"
	withdraw     = "rutthat"
	showTeam     = "nhom"
	invite       = "moi"
	confirm      = "nhan" // with the id of a member, as below
	remove       = "bo"
	askForVotes  = "xinphieu"
)

// step is something that a button of Enter does in the transaction of the turn; rest is what follows its verb.
type step func(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error

// Enter is how people take part in competitions: what is open, their entries, and each entry item by item, where every
// answer is kept at once. Whose an entry is is asked in the transaction that shows or changes it.
func (o Office) Enter() *handlers.Conversation {
	steps := map[string]step{
		showContest: o.showContest, chooseOwn: o.chooseOwn, agreeToEnter: o.begin,
		showEntry: o.openEntry, chooseTrack: o.chooseTrack, askItem: o.askItem, pickChoice: o.pickChoice, emptyItem: o.emptyItem,
		submitEntry: o.submit, askWithdraw: o.askWithdraw, withdraw: o.withdraw,
		showTeam: o.showTeam, invite: o.invite, confirm: o.confirm, remove: o.remove, guardianSaid: o.hearGuardian,
		askForVotes: o.askForVotes,
	}
	return &handlers.Conversation{
		Name: entering, Label: "Cuộc thi", Menu: true,
		Words: []string{"dự thi", "thi khởi nghiệp", "các cuộc thi", "hồ sơ dự thi"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			do, ok := steps[verb]
			if !ok {
				do = o.list
			}
			o.act(t, func(ctx context.Context, tx *storage.Tx) error { return do(ctx, tx, t, rest) })
			return nil
		},
		Asks:   true,
		Listen: o.hear,
	}
}

// act does something with entries: for who writes, or as staff.
func (o Office) act(t *handlers.Turn, do storage.Effect) {
	if o.paper {
		t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error { return explainedToHost(t, paperProblem(do(ctx, tx))) })
		return
	}
	t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explained(t, do(ctx, tx)) })
}

// explained tells who writes why something is not done; any other error is ours.
func explained(t *handlers.Turn, err error) error {
	var problem viet.Problem
	switch {
	case errors.As(err, &problem):
		t.Say(bot.Outgoing{Text: problem.Error(), Buttons: []bot.Button{allButton()}})
	case errors.Is(err, storage.ErrNoEntry):
		t.Session.Drop()
		t.Say(bot.Outgoing{Text: "Mình không thấy hồ sơ dự thi này trong các hồ sơ của bạn.", Buttons: []bot.Button{allButton()}})
	case errors.Is(err, storage.ErrLate):
		t.Session.Drop()
		t.Say(bot.Outgoing{Text: "Cuộc thi đã đóng nhận hồ sơ, nên mình không ghi thêm gì nữa. Hồ sơ đã nộp trước đó vẫn được tính.", Buttons: []bot.Button{allButton()}})
	case errors.Is(err, storage.ErrNoVote):
		t.Say(bot.Outgoing{Text: "Hiện dự án này không có trong bình chọn.", Buttons: []bot.Button{allButton()}})
	case errors.Is(err, storage.ErrNotOpened):
		t.Say(bot.Outgoing{Text: "Cuộc thi này chưa mở nhận hồ sơ.", Buttons: []bot.Button{allButton()}})
	case errors.Is(err, storage.ErrTooMany):
		t.Say(bot.Outgoing{Text: "Bạn đã có đủ số hồ sơ mà cuộc thi cho mỗi người. Muốn thi bằng dự án khác, bạn rút hồ sơ cũ trước.", Buttons: []bot.Button{allButton()}})
	default:
		return err
	}
	return nil
}

func allButton() bot.Button {
	return bot.Button{Label: "Các cuộc thi", Data: entering + ":", Row: true}
}

// came is when what who writes just did came to be.
func came(ctx context.Context, tx *storage.Tx, t *handlers.Turn) (storage.Arrival, error) {
	at := t.In.At
	if at.IsZero() {
		at = t.Now
	}
	return storage.Beating(ctx, tx, at, !t.In.Receipt, t.Now)
}
