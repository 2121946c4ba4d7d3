package contests

import (
	"context"
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// What the buttons of Manage do about the public vote, with the code of a competition.
const (
	openVote     = "bc"
	askWithout   = "bcbo"
	countAll     = "bcdu"
	publishVotes = "bccongbo"
)

// memoWithout is where the session remembers that the reason is asked for why votes of a competition are left out.
const memoWithout = "bo_phieu"

func (o Office) voteSteps() map[string]step {
	return map[string]step{openVote: o.openVote, askWithout: o.askWithout, countAll: o.countAll, publishVotes: o.publishVotes}
}

func voteManageButton(code string) bot.Button {
	return bot.Button{Label: "Phiếu bình chọn", Data: managing + ":" + openVote + ":" + code, Row: true}
}

// voteMayBecome refuses a change of the public vote that those who entered did not agree to, or that would go on with a vote
// whose counts may be known.
func voteMayBecome(before, after competition.Definition, now time.Time) error {
	switch {
	case before.Vote == nil && after.Vote != nil && !now.Before(before.Opens):
		return problem("Cuộc thi đã mở nhận hồ sơ mà không có bình chọn. Người dự thi chưa đồng ý công khai tên dự án, nên không thêm bình chọn được nữa.")
	case before.Vote != nil && !now.Before(*before.Vote) && (after.Vote == nil || !after.Vote.Equal(*before.Vote)):
		return problem("Bình chọn đã kết thúc, nên lúc kết thúc không đổi được nữa.")
	}
	return nil
}

// poll is a public vote that is over, with what was counted.
type poll struct {
	storage.Competition
	entries []storage.Entry
	votes   map[int64]competition.Votes // by entry
}

// tally counts the votes, or gives what came out.
func tally(ctx context.Context, tx *storage.Tx, c storage.Competition, entries []storage.Entry) (p poll, err error) {
	p = poll{Competition: c, entries: entries, votes: map[int64]competition.Votes{}}
	if c.VotePublished > 0 {
		for _, e := range entries {
			p.votes[e.ID] = competition.Votes{All: int(e.Votes), Flagged: int(e.Flagged)}
		}
		return p, nil
	}
	list, err := storage.Votes(ctx, tx, c.ID)
	if err != nil {
		return p, err
	}
	ballots := []competition.Ballot{}
	for _, v := range list {
		ballots = append(ballots, competition.Ballot{Entry: v.Entry, First: time.UnixMilli(v.FirstAt), At: time.UnixMilli(v.At), Known: time.UnixMilli(v.KnownAt)})
	}
	p.votes = competition.CountVotes(ballots)
	return p, nil
}

// counted is how many votes of an entry count.
func (p poll) counted(e storage.Entry) int64 {
	n := p.votes[e.ID]
	return storage.Entry{Votes: int64(n.All), Flagged: int64(n.Flagged)}.CountedVotes(p.Competition)
}

func (p poll) flagged() (n int) {
	for _, e := range p.entries {
		n += p.votes[e.ID].Flagged
	}
	return n
}

// readPoll reads a public vote that is over. It fails with a problem for one that is not: nobody is told a count before.
func readPoll(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) (p poll, err error) {
	c, _, err := hosted(ctx, tx, t, code)
	switch {
	case err != nil:
		return p, err
	case c.VoteAt == 0:
		return p, problem("Cuộc thi này không có bình chọn.")
	case !c.VoteOver(t.Now):
		return p, problem(voteUntil(c, t) + " Trước khi bình chọn kết thúc, không ai xem được số phiếu, kể cả ban tổ chức.")
	}
	entries, err := storage.EntriesOf(ctx, tx, c.ID, storage.EntrySubmitted)
	if err != nil {
		return p, err
	}
	return tally(ctx, tx, c, entries)
}

// openVote shows what was counted, with what is flagged.
func (o Office) openVote(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	letGo(t)
	p, err := readPoll(ctx, tx, t, code)
	if err != nil {
		return err
	}
	p.show(t, "")
	return storage.AddAudit(ctx, tx, t.In.From, "open-votes", code, t.Now)
}

func (p poll) show(t *handlers.Turn, note string) {
	lines := []string{note + voteUntil(p.Competition, t)}
	for _, e := range mostVoted(p.entries, func(e storage.Entry) int64 { return int64(p.votes[e.ID].All) }, mostCounts) {
		line := fmt.Sprintf("%s · %s: %d phiếu", e.Code, e.Name, p.votes[e.ID].All)
		if n := p.votes[e.ID].Flagged; n > 0 {
			line += fmt.Sprintf(", trong đó %d phiếu từ tài khoản mới trong các đợt dồn dập", n)
		}
		lines = append(lines, line+".")
	}
	if len(lines) == 1 {
		lines = append(lines, "Chưa có phiếu nào.")
	}
	if p.VoteWithout {
		lines = append(lines, fmt.Sprintf("Không tính %d phiếu từ tài khoản mới trong các đợt dồn dập.", p.flagged()))
	}
	m := bot.Outgoing{Title: "Bình chọn · " + p.Name, Text: strings.Join(lines, "\n")}
	data := func(verb string) string { return managing + ":" + verb + ":" + p.Code }
	switch {
	case p.VotePublished > 0:
		m.Text += "\nSố phiếu đã công bố lúc " + clock(time.UnixMilli(p.VotePublished), t.Now.Location()) + "."
	case p.VoteWithout:
		m.Buttons = append(m.Buttons, bot.Button{Label: "Công bố bình chọn", Data: data(publishVotes), Row: true}, bot.Button{Label: "Tính đủ các phiếu", Data: data(countAll), Row: true})
	default:
		m.Buttons = append(m.Buttons, bot.Button{Label: "Công bố bình chọn", Data: data(publishVotes), Row: true})
		if p.flagged() > 0 {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Không tính phiếu dồn dập", Data: data(askWithout), Row: true})
		}
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Tải bảng điểm, số phiếu", Data: juryData(giveScores, p.Code), Row: true}, manageButton())
	t.Say(m)
}

const alreadyPublished = problem("Số phiếu đã công bố, nên không đổi được nữa.")

// askWithout asks for the reason why the flagged votes are to be left out.
func (o Office) askWithout(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	p, err := readPoll(ctx, tx, t, code)
	switch {
	case err != nil:
		return err
	case p.VotePublished > 0:
		return alreadyPublished
	}
	t.PutAside()
	t.Session.Name, t.Session.Memo = managing, map[string]string{memoWithout: code}
	t.Say(bot.Outgoing{
		Text:    fmt.Sprintf("Không tính %d phiếu từ tài khoản mới trong các đợt dồn dập? Anh/chị gõ lý do; lý do được ghi vào nhật ký.", p.flagged()),
		Buttons: []bot.Button{{Label: "Vẫn tính", Data: managing + ":" + openVote + ":" + code, Row: true}},
	})
	return storage.AddAudit(ctx, tx, t.In.From, "open-votes", code, t.Now)
}

// longestReason is how many characters a reason may have.
const longestReason = 300

// leaveOut takes the reason, and leaves the flagged votes out.
func (o Office) leaveOut(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	reason, err := viet.Text(t.In.Text, longestReason)
	if err != nil {
		return err
	}
	letGo(t)
	return o.countAs(ctx, tx, t, code, true, reason)
}

func (o Office) countAll(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	return o.countAs(ctx, tx, t, code, false, "")
}

// countAs decides whether the flagged votes count, and shows what that comes to.
func (o Office) countAs(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string, without bool, reason string) error {
	p, err := readPoll(ctx, tx, t, code)
	if err != nil {
		return err
	}
	if ok, err := storage.CountWithout(ctx, tx, &p.Competition, without); err != nil || !ok {
		return firstOf(err, alreadyPublished)
	}
	p.show(t, "Đã ghi.\n")
	if without {
		return storage.AddAudit(ctx, tx, t.In.From, "leave-votes-out", code+" "+reason, t.Now)
	}
	return storage.AddAudit(ctx, tx, t.In.From, "count-all-votes", code, t.Now)
}

// publishVotes has the counts come out, and tells those who entered theirs.
func (o Office) publishVotes(ctx context.Context, tx *storage.Tx, t *handlers.Turn, code string) error {
	p, err := readPoll(ctx, tx, t, code)
	if err != nil {
		return err
	}
	counts := []storage.VoteCount{}
	for id, n := range p.votes {
		counts = append(counts, storage.VoteCount{Entry: id, Votes: n.All, Flagged: n.Flagged})
	}
	if ok, err := storage.PublishVotes(ctx, tx, &p.Competition, counts, t.Now); err != nil || !ok {
		return firstOf(err, alreadyPublished)
	}
	for _, e := range p.entries {
		if err := p.tell(ctx, tx, t, e); err != nil {
			return err
		}
	}
	p.show(t, "Đã công bố. Mọi người xem được ở “Cuộc thi”; người dự thi được báo số phiếu của mình.\n")
	return storage.AddAudit(ctx, tx, t.In.From, "publish-votes", code, t.Now)
}

func (p poll) tell(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Entry) error {
	return storage.Notify(ctx, tx, storage.Notice{
		Source: fmt.Sprintf("vote/%d/result/%d", p.ID, e.ID), Person: e.Person, Queue: storage.QueueNotices, Again: true,
		Message: bot.Outgoing{
			Title: "Kết quả bình chọn " + p.Name, Text: fmt.Sprintf("Dự án “%s” của bạn có %d phiếu bình chọn.", e.Name, p.counted(e)),
			Buttons: []bot.Button{countsButton(p.Competition)},
		},
	}, t.Now)
}
