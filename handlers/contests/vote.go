package contests

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const voting = "binhchon"

// What the buttons of Vote do. What follows is the code of a competition, or the id of an entry.
const (
	listVotable = "ds" // with a page
	showVotable = "xem"
	castVote    = "chon"
	agreeToVote = "dongy"
	takeBack    = "rut"
	showCounts  = "kq"
)

// memoVote is where the session remembers the competition whose entries are looked for in what is typed.
const memoVote = "binh_chon"

// Vote is where the public votes: for one entry of a competition, as a person, until the vote ends. It shows of entries their
// names and tracks, and of votes the own one alone; counts are shown once they came out.
func (o Office) Vote() *handlers.Conversation {
	steps := map[string]step{
		listVotable: o.listVotable, showVotable: o.openVotable, castVote: o.vote, agreeToVote: o.agreeToVote, takeBack: o.takeBack, showCounts: o.showCounts,
	}
	return &handlers.Conversation{
		Name: voting, Label: "Bình chọn", Words: []string{"vote", "bình chọn dự án"},
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			do, ok := steps[verb]
			if code, isCode := voteCode(argument); isCode {
				do, rest = o.followVoteCode, code
			} else if !ok {
				do = o.votes
			}
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explainedToVoter(t, do(ctx, tx, t, rest)) })
			return nil
		},
		Typed: voteCode,
		Asks:  true,
		Listen: func(ctx context.Context, t *handlers.Turn) error {
			if done, err := t.Steer(ctx); done || err != nil {
				return err
			}
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explainedToVoter(t, o.search(ctx, tx, t)) })
			return nil
		},
	}
}

// voteCode reads what storage.Entry.VoteCode gives, as people type it.
func voteCode(text string) (code string, ok bool) {
	code, ok = strings.CutPrefix(strings.ToUpper(viet.Fold(text)), "BC ")
	return "BC-" + code, ok && len(code) == 7 && !strings.Contains(code, " ")
}

// explainedToVoter tells who votes why something is not done; any other error is ours.
func explainedToVoter(t *handlers.Turn, err error) error {
	var wrong problem
	text := ""
	switch {
	case errors.As(err, &wrong):
		text = wrong.Error()
	case errors.Is(err, storage.ErrNoVote):
		text = "Mình không thấy dự án này trong các dự án đang được bình chọn."
	case errors.Is(err, storage.ErrVoteOver):
		text = "Bình chọn đã kết thúc, nên mình không ghi thêm gì nữa. Phiếu bạn đã chọn trước đó vẫn được tính."
	default:
		return err
	}
	t.Say(bot.Outgoing{Text: text, Buttons: []bot.Button{votesButton(), allButton()}})
	return nil
}

func votesButton() bot.Button {
	return bot.Button{Label: "Bình chọn", Data: voting + ":", Row: true}
}

func voteData(verb, what string, more ...string) string {
	return strings.Join(append([]string{voting, verb, what}, more...), ":")
}

func entryVote(verb string, e storage.Entry) string {
	return voteData(verb, strconv.FormatInt(e.ID, 10))
}

// votes shows where the public votes now: the list itself, when there is one.
func (o Office) votes(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	list, err := storage.VotesGoingOn(ctx, tx, t.Now)
	switch {
	case err != nil:
		return err
	case len(list) == 1:
		return o.listVotable(ctx, tx, t, list[0].Code)
	}
	m := bot.Outgoing{Title: "Bình chọn", Text: "Bạn bình chọn ở cuộc thi nào?"}
	for _, c := range list {
		m.Buttons = append(m.Buttons, bot.Button{Label: c.Name, Data: voteData(listVotable, c.Code), Row: true})
	}
	if len(list) == 0 {
		m.Text = "Hiện không có cuộc thi nào đang bình chọn."
	}
	m.Buttons = append(m.Buttons, allButton())
	t.Say(m)
	return nil
}

// followVoteCode shows the entry that a code or a link is about.
func (o Office) followVoteCode(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	e, c, err := storage.FindVotable(ctx, tx, code)
	if err != nil {
		return err
	}
	return votableCard(ctx, tx, t, e, c, "")
}

// votable finds an entry of a button.
func votable(ctx context.Context, tx *storage.Tx, number string) (storage.Entry, storage.Competition, error) {
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	return storage.VotableEntry(ctx, tx, id)
}

func (o Office) openVotable(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	e, c, err := votable(ctx, tx, number)
	if err != nil {
		return err
	}
	return votableCard(ctx, tx, t, e, c, "")
}

// votableCard shows what is public of an entry, and what who sees it may do.
func votableCard(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Entry, c storage.Competition, note string) error {
	mine, err := storage.OwnVote(ctx, tx, t.In.From, c.ID)
	if err != nil {
		return err
	}
	lines := []string{note + c.Name + ". Bảng: " + e.Track + ".", voteUntil(c, t)}
	m := bot.Outgoing{Title: e.Name}
	label := "Bình chọn cho dự án này"
	switch {
	case mine == e.ID:
		lines = append(lines, "Bạn đang bình chọn cho dự án này.")
	case mine != 0:
		label = "Chuyển phiếu sang dự án này"
		lines = append(lines, "Bạn đang bình chọn cho dự án khác; mỗi người một phiếu.")
	}
	switch {
	case !c.VoteOpen(t.Now):
		if c.VotePublished > 0 {
			m.Buttons = append(m.Buttons, countsButton(c))
		}
	case mine == e.ID:
		m.Buttons = append(m.Buttons, bot.Button{Label: "Rút phiếu", Data: entryVote(takeBack, e), Row: true}, othersButton(c))
	default:
		m.Buttons = append(m.Buttons, bot.Button{Label: label, Data: entryVote(castVote, e), Row: true}, othersButton(c))
	}
	m.Text = strings.Join(lines, "\n")
	m.Buttons = append(m.Buttons, allButton())
	t.Say(m)
	return nil
}

func othersButton(c storage.Competition) bot.Button {
	return bot.Button{Label: "Xem các dự án khác", Data: voteData(listVotable, c.Code), Row: true}
}

// voteUntil tells from when until when the public votes.
func voteUntil(c storage.Competition, t *handlers.Turn) string {
	end, zone := time.UnixMilli(c.VoteAt), t.Now.Location()
	switch {
	case !t.Now.Before(end):
		return "Bình chọn đã kết thúc lúc " + clock(end, zone) + "."
	case !c.Closed(t.Now):
		return "Bình chọn mở khi cuộc thi đóng nhận hồ sơ, đến " + clock(end, zone) + "."
	}
	return "Bình chọn đến " + clock(end, zone) + ", " + viet.TimeLeft(end, t.Now) + "."
}

// vote asks for consent before somebody's first vote, and casts the others at once.
func (o Office) vote(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	e, c, err := votable(ctx, tx, number)
	if err != nil {
		return err
	}
	agrees, err := agreesToVote(ctx, tx, t)
	switch {
	case err != nil:
		return err
	case agrees:
		return cast(ctx, tx, t, e, c)
	case !c.VoteOpen(t.Now):
		return votableCard(ctx, tx, t, e, c, "")
	}
	t.Say(bot.Outgoing{Title: "Bình chọn cho “" + e.Name + "”", Text: handlers.VotingText, Buttons: []bot.Button{
		{Label: "Đồng ý, tôi đủ 16 tuổi", Data: entryVote(agreeToVote, e), Row: true},
		{Label: "Không bình chọn", Data: entryVote(showVotable, e), Row: true},
	}})
	return nil
}

// agreesToVote reports whether who writes agreed to what is kept of votes, and keeps them from taking that back in another
// chat until the transaction ends.
func agreesToVote(ctx context.Context, tx *storage.Tx, t *handlers.Turn) (bool, error) {
	if ok, err := storage.Agrees(ctx, tx, t.In.From, storage.Voting); err != nil || !ok {
		return false, err // and nothing is kept, not even that there is somebody
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return false, err
	}
	if err := storage.LockPerson(ctx, tx, me); err != nil {
		return false, err
	}
	return storage.Agrees(ctx, tx, t.In.From, storage.Voting)
}

// agreeToVote casts the vote, and keeps the consent.
func (o Office) agreeToVote(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	e, c, err := votable(ctx, tx, number)
	if err != nil {
		return err
	}
	me, err := t.Person(ctx)
	switch {
	case err != nil:
		return err
	case me.Minor:
		return problem("Bạn chưa đủ 16 tuổi, nên mình không lưu phiếu của bạn.")
	}
	if err := cast(ctx, tx, t, e, c); err != nil {
		return err
	}
	return handlers.KeepVoting(t, true)(ctx, tx)
}

func cast(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Entry, c storage.Competition) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	arrival, err := came(ctx, tx, t)
	if err != nil {
		return err
	}
	if err := storage.CastVote(ctx, tx, e.ID, me, arrival, t.Now); err != nil {
		return err
	}
	if t.Session.Name == voting {
		t.Session.Drop() // no name is waited for any more
	}
	return votableCard(ctx, tx, t, e, c, "Đã ghi phiếu của bạn. Bạn đổi hoặc rút được đến lúc kết thúc; số phiếu được công bố sau đó.\n")
}

func (o Office) takeBack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	e, c, err := votable(ctx, tx, number)
	if err != nil {
		return err
	}
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil {
		return err
	}
	arrival, err := came(ctx, tx, t)
	if err != nil {
		return err
	}
	if err := storage.TakeVoteBack(ctx, tx, c, e.ID, me, arrival); err != nil {
		return err
	}
	return votableCard(ctx, tx, t, e, c, "Đã rút phiếu của bạn.\n")
}

// mostCounts is how many entries the counts that came out are shown of.
const mostCounts = 20

func countsButton(c storage.Competition) bot.Button {
	return bot.Button{Label: "Kết quả bình chọn", Data: voteData(showCounts, c.Code), Row: true}
}

// showCounts shows the counts that came out, the most votes first.
func (o Office) showCounts(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	c, _, err := find(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case c.VotePublished == 0:
		return problem("Số phiếu bình chọn chưa được công bố.")
	}
	list, err := storage.EntriesOf(ctx, tx, c.ID, storage.EntrySubmitted)
	if err != nil {
		return err
	}
	lines := []string{}
	for _, e := range mostVoted(list, func(e storage.Entry) int64 { return e.CountedVotes(c) }, mostCounts) {
		lines = append(lines, fmt.Sprintf("%s: %d phiếu", e.Name, e.CountedVotes(c)))
	}
	m := bot.Outgoing{Title: "Kết quả bình chọn · " + c.Name, Text: cmp.Or(strings.Join(lines, "\n"), "Chưa có phiếu nào."), Buttons: []bot.Button{allButton()}}
	t.Say(m)
	return nil
}
