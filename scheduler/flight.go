package scheduler

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

const (
	sendTimeout = 8 * time.Second
	fileTimeout = time.Minute // 20 MB at 3 Mbit/s
	mostTries   = 8           // then a delivery has failed; with the pauses between, about an hour
	mostDoubts  = 3           // then it stays unknown, also what may be sent again
)

// fly sends one delivery once its turn has come, unless taking ends before: then it goes back as it was.
func (l *line) fly(ctx, taking context.Context, d storage.Delivery) storage.Outcome {
	err := l.pace.wait(taking)
	l.waiting.Add(-1)
	if err != nil {
		return storage.Outcome{Delivery: back(d)}
	}
	messages, err := l.messages(ctx, d)
	if err != nil {
		slog.Error("a delivery cannot be sent", "channel", d.Channel, "error", err)
		return l.outcome(d, "", fmt.Errorf("%w: %w", bot.ErrRejected, err))
	}
	sending, cancel := context.WithTimeout(ctx, timeoutOf(messages))
	defer cancel()
	id := ""
	for i, m := range messages {
		if i > 0 {
			l.pace.took(1)
		}
		if id, err = l.channel.Send(sending, d.Chat, m); err != nil {
			break
		}
	}
	l.heed(err)
	return l.outcome(d, id, err)
}

func timeoutOf(messages []bot.Outgoing) time.Duration {
	if messages[len(messages)-1].File != nil {
		return fileTimeout
	}
	return sendTimeout
}

// back is a delivery that was not tried.
func back(d storage.Delivery) storage.Delivery {
	d.State = storage.DeliveryQueued
	return d
}

// outcome says what follows from how a send ended.
func (l *line) outcome(d storage.Delivery, messageID string, err error) storage.Outcome {
	var limited *bot.RateLimited
	switch now := l.sender.Clock(); {
	case err == nil:
		d.State, d.MessageID, d.Reason = storage.DeliverySent, messageID, ""
	case errors.As(err, &limited):
		d = back(d) // costs no attempt
	case errors.Is(err, bot.ErrWindowClosed), errors.Is(err, bot.ErrUnreachable) && d.Mode.Rank() > storage.ModePaid.Rank():
		d = back(d)
		d.Closed = max(d.Mode.Rank(), d.Closed+1) // perhaps another mode or channel is open
	case errors.Is(err, bot.ErrUnreachable):
		return storage.Outcome{Delivery: back(d), Gone: true} // perhaps another chat can be reached
	case errors.Is(err, bot.ErrRejected):
		d.State, d.Reason = storage.DeliveryFailed, storage.Refused
	case errors.Is(err, bot.ErrUnknown) && l.repeats(d):
		d = retry(d, now)
		d.Reason = storage.CutOff
	case errors.Is(err, bot.ErrUnknown):
		d.State, d.Reason = storage.DeliveryUnknown, storage.CutOff
	case d.Attempts+1 >= mostTries:
		d.State, d.Reason, d.Attempts = storage.DeliveryFailed, storage.TriedTooOften, d.Attempts+1
	default:
		d = retry(d, now)
	}
	if err != nil {
		slog.Warn("a delivery was not sent", "channel", d.Channel, "then", d.State, "error", err)
	}
	return storage.Outcome{Delivery: d}
}

// repeats tells that a delivery which may have arrived is sent again: never by itself where messages are charged for.
func (l *line) repeats(d storage.Delivery) bool {
	return d.Again && d.Attempts < mostDoubts && l.channel.Can().Free == 0
}

// retry queues a delivery for later: 5 s, 10 s and so on, up to 20 minutes.
func retry(d storage.Delivery, now time.Time) storage.Delivery {
	pause := min(5*time.Second<<d.Attempts, 20*time.Minute)
	d.State, d.NotBefore, d.Attempts = storage.DeliveryQueued, now.Add(pause).UnixMilli(), d.Attempts+1
	return d
}

// resent begins what may have arrived before.
const resent = "(Gửi lại, vì lần trước có thể chưa tới) "

// messages is a delivery as the channel can show it.
func (l *line) messages(ctx context.Context, d storage.Delivery) ([]bot.Outgoing, error) {
	m := bot.Outgoing{}
	if err := json.Unmarshal([]byte(d.Body), &m); err != nil {
		return nil, fmt.Errorf("decode a delivery: %w", err)
	}
	if d.Mode == storage.ModeTemplate || d.Mode == storage.ModePhone {
		return []bot.Outgoing{l.template(d, m)}, nil
	}
	m.Template = nil
	if d.Again && d.Reason == storage.CutOff {
		m.Text = resent + m.Text
	}
	if m.File != nil && m.File.ID != "" {
		if err := l.bring(ctx, &m); err != nil {
			return nil, err
		}
	}
	return bot.Split(form.Layout(m, l.channel.Can()), l.channel.Can().TextLimit), nil
}

// template is what stands for a message that may not go as it is.
func (l *line) template(d storage.Delivery, m bot.Outgoing) bot.Outgoing {
	has := func(string) bool { return false }
	if templater, ok := l.channel.(bot.Templater); ok {
		has = templater.HasTemplate
	}
	t := storage.TemplateOf(m, has)
	if d.Mode == storage.ModePhone {
		t.Phone = strings.TrimPrefix(d.Phone, "+")
	}
	return bot.Outgoing{Template: &t}
}

// bring puts the content of a kept file into a message, but where the channel keeps files as we do; or a link to it where
// the channel carries no files.
func (l *line) bring(ctx context.Context, m *bot.Outgoing) error {
	file := *m.File
	if !l.channel.Can().Files {
		m.File = nil
		if url := l.sender.Links.URL(file.ID, l.sender.Clock()); url != "" {
			m.Buttons = append(m.Buttons, bot.Button{Label: "Xem tệp", URL: url, Row: true})
		}
		return nil
	}
	if _, fetches := l.channel.(bot.Downloader); !fetches {
		return nil
	}
	content, err := l.sender.Files.Open(ctx, file.ID)
	if err != nil {
		return fmt.Errorf("open a file to send: %w", err)
	}
	defer func() { _ = content.Close() }()
	var data bytes.Buffer
	if _, err := io.Copy(&data, content); err != nil {
		return fmt.Errorf("read a file to send: %w", err)
	}
	file.Data, file.Size = data.Bytes(), int64(data.Len())
	m.File = &file
	return nil
}
