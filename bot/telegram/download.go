package telegram

import (
	"context"
	"fmt"
	"io"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// Download fetches a file that a person sent, as bot.Fetch does.
func (c *Channel) Download(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if f.Size > bot.FetchLimit {
		return nil, fmt.Errorf("telegram download: %w", bot.ErrTooBig)
	}
	var file tgbotapi.File
	if err := c.ask(ctx, "getFile", tgbotapi.Params{"file_id": f.ID}, &file); err != nil {
		return nil, err
	}
	if file.FileSize > bot.FetchLimit {
		return nil, fmt.Errorf("telegram download: %w", bot.ErrTooBig)
	}
	body, err := bot.Fetch(ctx, c.http, c.files+file.FilePath)
	if err != nil {
		return nil, fmt.Errorf("telegram download: %w", c.redact(err))
	}
	return body, nil
}
