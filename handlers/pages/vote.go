package pages

import (
	"errors"
	"net/http"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Votable shows what is public of an entry, by the code that its captain forwards: its name, track and competition. Votes are
// cast in the chat.
func (p *Events) Votable(w http.ResponseWriter, r *http.Request) {
	e, c, err := p.Store.VotableAt(r.Context(), r.PathValue("code"))
	switch {
	case errors.Is(err, storage.ErrNoVote):
		p.write(w, http.StatusNotFound, shownEvent{Title: "Không có dự án này", Text: "Bạn xem lại liên kết, hoặc nhắn trợ lý “bình chọn”."})
		return
	case err != nil:
		p.refuse(w, err, "")
		return
	}
	now := p.Clock()
	until := viet.ShowMoment(time.UnixMilli(c.VoteAt).In(now.Location()))
	what := shownEvent{Title: e.Name, About: c.Name + " · bảng " + e.Track, Text: "Bình chọn đến " + until + ". Mỗi người một phiếu."}
	switch {
	case now.UnixMilli() >= c.VoteAt:
		what.Text = "Bình chọn đã kết thúc lúc " + until + "."
	case c.VoteOpen(now):
		what.Code, what.Aim, what.Do = e.VoteCode(), "bình chọn", "Bình chọn"
		what.Telegram, what.WebChat = p.ways(r, "binhchon-"+e.VoteCode())
	}
	p.write(w, http.StatusOK, what)
}
