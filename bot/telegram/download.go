package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

const (
	downloadLimit   = 20 << 20 // bytes, the most that Telegram hands out to bots
	downloadTimeout = time.Minute
)

var errTooBig = errors.New("the file is larger than 20 MB")

// Download fetches a file that a person sent. ctx also holds for reading, which ends after a minute at the latest; a
// file over 20 MB is an error, here or while it is read.
func (c *Channel) Download(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if f.Size > downloadLimit {
		return nil, fmt.Errorf("telegram download: %w", errTooBig)
	}
	var file tgbotapi.File
	if err := c.ask(ctx, "getFile", tgbotapi.Params{"file_id": f.ID}, &file); err != nil {
		return nil, err
	}
	if file.FileSize > downloadLimit {
		return nil, fmt.Errorf("telegram download: %w", errTooBig)
	}
	ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
	body, err := c.fetch(ctx, file.FilePath)
	if err != nil {
		cancel()
		return nil, fmt.Errorf("telegram download: %w", c.redact(err))
	}
	return &download{body: body, left: downloadLimit, cancel: cancel}, nil
}

func (c *Channel) fetch(ctx context.Context, path string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.files+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		return nil, fmt.Errorf("the server answers %s", resp.Status)
	}
	return resp.Body, nil
}

// download is a file on its way; reading past the limit fails instead of ending, so that no file is cut in silence.
type download struct {
	body   io.ReadCloser
	left   int // bytes that may still come
	cancel context.CancelFunc
}

func (d *download) Read(p []byte) (int, error) {
	n, err := d.body.Read(p[:min(len(p), d.left+1)])
	d.left -= n
	if d.left < 0 {
		return 0, errTooBig
	}
	return n, err
}

func (d *download) Close() error {
	defer d.cancel()
	return d.body.Close()
}
