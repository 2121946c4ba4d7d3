package contests

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// votablePage is how many entries are shown at once: with the other buttons, what a small screen shows.
const votablePage = 6

// shuffled puts entries into an order of a chat's own, the same each time: nobody stands first for all.
func shuffled(list []storage.Entry, a bot.Address) []storage.Entry {
	place := func(e storage.Entry) []byte {
		sum := sha256.Sum256([]byte(a.String() + " " + e.Code))
		return sum[:]
	}
	return slices.SortedFunc(slices.Values(list), func(a, b storage.Entry) int { return bytes.Compare(place(a), place(b)) })
}

// mostVoted lists the entries that have votes, the most first; equal ones by their names.
func mostVoted(list []storage.Entry, votes func(storage.Entry) int64, most int) []storage.Entry {
	list = slices.DeleteFunc(slices.Clone(list), func(e storage.Entry) bool { return votes(e) == 0 })
	slices.SortFunc(list, func(a, b storage.Entry) int {
		return cmp.Or(cmp.Compare(votes(b), votes(a)), cmp.Compare(viet.Fold(a.Name), viet.Fold(b.Name)))
	})
	return list[:min(most, len(list))]
}

// listVotable shows a page of the entries of a competition, "CODE" or "CODE:PAGE", and waits for a name to look for.
func (o Office) listVotable(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	code, number, _ := strings.Cut(rest, ":")
	c, _, err := find(ctx, tx, code)
	switch {
	case err != nil:
		return err
	case c.VotePublished > 0:
		return o.showCounts(ctx, tx, t, code)
	case !c.VoteOpen(t.Now):
		return storage.ErrNoVote
	}
	list, err := storage.VotableEntries(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	page, _ := strconv.Atoi(number)     // not a number: the first page
	page = min(max(page, 0), len(list)) // before it is multiplied: a forged one may overflow
	from := min(page*votablePage, len(list))
	m := bot.Outgoing{Title: "Bình chọn · " + c.Name, Text: voteUntil(c, t) + " Mỗi người một phiếu, đổi được đến lúc đó. Bạn chọn dự án để xem, hoặc gõ tên dự án để tìm."}
	m.Buttons = votableButtons(shuffled(list, t.In.From)[from:min(from+votablePage, len(list))])
	if from+votablePage < len(list) {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tiếp", Data: voteData(listVotable, code, strconv.Itoa(page+1)), Row: true})
	}
	if len(list) == 0 {
		m.Text = "Cuộc thi này chưa có dự án nào để bình chọn."
	}
	m.Buttons = append(m.Buttons, allButton())
	t.PutAside()
	t.Session.Name, t.Session.Memo = voting, map[string]string{memoVote: code}
	t.Say(m)
	return nil
}

func votableButtons(list []storage.Entry) (buttons []bot.Button) {
	for _, e := range list {
		buttons = append(buttons, bot.Button{Label: e.Name, Data: entryVote(showVotable, e), Row: true})
	}
	return buttons
}

// search looks for what was typed in the names of the entries that are shown.
func (o Office) search(ctx context.Context, tx *storage.Tx, t *handlers.Turn) error {
	if code, isCode := voteCode(t.In.Text); isCode {
		return o.followVoteCode(ctx, tx, t, code)
	}
	c, _, err := find(ctx, tx, t.Session.Memo[memoVote])
	if err != nil {
		return err
	}
	list, err := storage.VotableEntries(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	wanted := viet.Fold(t.In.Text)
	list = slices.DeleteFunc(list, func(e storage.Entry) bool { return wanted == "" || !strings.Contains(viet.Fold(e.Name), wanted) })
	switch {
	case len(list) == 1:
		return votableCard(ctx, tx, t, list[0], c, "")
	case len(list) == 0:
		t.Say(bot.Outgoing{Text: "Mình không thấy dự án nào có tên như vậy. Bạn gõ lại một phần tên, hoặc xem danh sách.", Buttons: []bot.Button{othersButton(c), allButton()}})
		return nil
	}
	m := bot.Outgoing{Title: "Bình chọn · " + c.Name, Text: "Các dự án có tên như vậy:"}
	if len(list) > votablePage {
		m.Text = "Có nhiều dự án tên như vậy; dưới đây là một số. Bạn gõ thêm để tìm đúng dự án."
	}
	m.Buttons = append(votableButtons(shuffled(list, t.In.From)[:min(votablePage, len(list))]), othersButton(c))
	t.Say(m)
	return nil
}
