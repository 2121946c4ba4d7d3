package handlers

import (
	"context"
	"log/slog"
	"time"

	"khoinghiep/bot"
)

// People are told once, in one line each, what happens to what they sent.
const (
	apology = "Xin lỗi, mình gặp trục trặc nên chưa xử lý được tin vừa rồi. Những gì bạn đã gửi trước đó vẫn còn. Bạn thử lại, hoặc gõ “menu” để xem các việc mình giúp được."
	busy    = "Hệ thống đang bận ít phút. Mình sẽ trả lời tin vừa rồi ngay khi chạy lại, bạn không cần gửi lại nhé."
)

const tellAfter = 3 * time.Second

// outage remembers, for one lane, since when storage has been unavailable and whether the person was told.
type outage struct {
	since time.Time
	told  bool
}

func (o *outage) over() { *o = outage{} }

// tell sends one line past the outbox, which is out of reach now, if the update has waited long since the time given; if the
// line cannot be sent either, so be it.
func (o *outage) tell(l *lane, since time.Time, cause error) {
	if o.since.IsZero() {
		slog.Warn("storage is unavailable, an update waits", "error", cause)
		o.since = since
	}
	if o.told || time.Since(o.since) < tellAfter {
		return
	}
	o.told = true
	ctx, cancel := context.WithTimeout(l.engine.ctx, sendTimeout)
	defer cancel()
	if _, err := l.channel.Send(ctx, l.address.Chat, bot.Outgoing{Text: busy}); err != nil {
		slog.Debug("tell of the outage", "error", err)
	}
}
