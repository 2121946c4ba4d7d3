package zalo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"khoinghiep/bot"
)

const (
	downloadLimit   = 20 << 20 // bytes; Zalo's own limit is not known [?]
	downloadTimeout = time.Minute
)

var errTooBig = errors.New("the file is larger than 20 MB")

// Download fetches a file that a person sent. Its id is a link whose host is not known beforehand [?], so that any public
// https address will do, and none inside our own network, after redirects either; unless Zalo itself is inside, which is a
// test. ctx also holds for reading, which ends after a minute at the latest; a file over 20 MB is an error, here or while it
// is read.
func (c *Channel) Download(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if f.Size > downloadLimit {
		return nil, fmt.Errorf("zalo download: %w", errTooBig)
	}
	ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
	body, err := c.open(ctx, f.ID)
	if err != nil {
		cancel()
		return nil, fmt.Errorf("zalo download: %w", bare(err))
	}
	return &download{body: body, left: downloadLimit, cancel: cancel}, nil
}

func (c *Channel) open(ctx context.Context, address string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	if req.URL.Scheme != "https" && !inside(c.cfg.APIURL) {
		return nil, errInsecure
	}
	resp, err := c.downloads.Do(req)
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
