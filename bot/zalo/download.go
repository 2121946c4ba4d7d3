package zalo

import (
	"context"
	"fmt"
	"io"
	"strings"

	"khoinghiep/bot"
)

// Download fetches a file that a person sent. Its id is a link whose host is not known beforehand [?], so that any public
// https address will do, and none inside our own network, after redirects either; unless Zalo itself is inside, which is a
// test.
func (c *Channel) Download(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if f.Size > bot.FetchLimit {
		return nil, fmt.Errorf("zalo download: %w", bot.ErrTooBig)
	}
	if !strings.HasPrefix(f.ID, "https://") && !inside(c.cfg.APIURL) {
		return nil, fmt.Errorf("zalo download: %w", errInsecure)
	}
	body, err := bot.Fetch(ctx, c.downloads, f.ID)
	if err != nil {
		return nil, fmt.Errorf("zalo download: %w", bare(err))
	}
	return body, nil
}
