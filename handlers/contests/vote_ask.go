package contests

import (
	"context"
	"fmt"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// countsShownFor is how long the list of competitions leads to counts that came out.
const countsShownFor = 30 * 24 * time.Hour

// votedContests are those that the list has because of their public vote: it goes on, or its counts came out lately.
func votedContests(ctx context.Context, tx *storage.Tx, t *handlers.Turn) ([]storage.Competition, error) {
	going, err := storage.VotesGoingOn(ctx, tx, t.Now)
	if err != nil {
		return nil, err
	}
	published, err := storage.VotesPublished(ctx, tx, t.Now.Add(-countsShownFor))
	return append(going, published...), err
}

// voteButtons lead from a competition to its public vote, or to the counts.
func voteButtons(c storage.Competition, t *handlers.Turn) []bot.Button {
	switch {
	case c.VotePublished > 0:
		return []bot.Button{countsButton(c)}
	case c.VoteOpen(t.Now):
		return []bot.Button{{Label: "Bình chọn", Data: voteData(listVotable, c.Code), Row: true}}
	}
	return nil
}

// askForVotes gives the captain of an entry something to forward, with the link that leads to it.
func (o Office) askForVotes(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	e, c, err := storage.VotableEntry(ctx, tx, d.ID)
	if err != nil || !c.VoteOpen(t.Now) {
		return firstOf(err, storage.ErrNoVote)
	}
	code := e.VoteCode()
	text := fmt.Sprintf("Mời bạn bình chọn cho dự án “%s”, %s. %s Mỗi người một phiếu. Bạn nhắn trợ lý khởi nghiệp Quảng Ngãi mã %s", e.Name, c.Name, voteUntil(c, t), code)
	if url := t.Page("/bc/" + code); url != "" {
		text += ", hoặc mở:\n" + url
	} else {
		text += "."
	}
	t.Say(bot.Outgoing{Text: "Bạn chuyển tin dưới đây cho bạn bè, người quen."}, bot.Outgoing{Text: text, Buttons: []bot.Button{backButton(d)}})
	return nil
}
