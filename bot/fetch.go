package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// FetchLimit is the most bytes of a file that are taken from a platform: as many as Telegram hands out. Zalo's own limits are
// not known [?].
const FetchLimit = 20 << 20

// fetchTimeout is for a whole file.
const fetchTimeout = time.Minute

// ErrTooBig is what becomes of a file over FetchLimit.
var ErrTooBig = errors.New("the file is larger than 20 MB")

// Fetch gets a file from its address on a platform. ctx also holds for reading, which ends after a minute at the latest; reading
// past FetchLimit fails instead of ending, so that no file is cut in silence.
func Fetch(ctx context.Context, client *http.Client, address string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	body, err := open(ctx, client, address)
	if err != nil {
		cancel()
		return nil, err
	}
	return &fetched{body: body, left: FetchLimit, cancel: cancel}, nil
}

func open(ctx context.Context, client *http.Client, address string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		return nil, fmt.Errorf("the server answers %s", resp.Status)
	}
	return resp.Body, nil
}

// fetched is a file on its way.
type fetched struct {
	body   io.ReadCloser
	left   int // bytes that may still come
	cancel context.CancelFunc
}

func (f *fetched) Read(p []byte) (int, error) {
	n, err := f.body.Read(p[:min(len(p), f.left+1)])
	f.left -= n
	if f.left < 0 {
		return 0, ErrTooBig
	}
	return n, err
}

func (f *fetched) Close() error {
	defer f.cancel()
	return f.body.Close()
}
