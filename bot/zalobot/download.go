package zalobot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"

	"khoinghiep/bot"
)

const (
	downloadLimit   = 20 << 20 // bytes of one photo; ours, Zalo's is not known [?]
	downloadTimeout = time.Minute
)

var (
	errTooBig  = errors.New("the photo is larger than 20 MB")
	errAddress = errors.New("the photo is not at a public https address")
)

// newPhotoClient gives an HTTP client that connects to public addresses only, by https and without a proxy: the address of
// a photo comes through Zalo from a person's device, which may have made it up. anywhere lifts that.
func newPhotoClient(anywhere bool) *http.Client {
	dialer := &net.Dialer{Timeout: 5 * time.Second}
	client := &http.Client{Transport: &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: 5 * time.Second, DisableKeepAlives: true,
	}}
	if !anywhere {
		dialer.Control = func(_, address string, _ syscall.RawConn) error { return publicOnly(address) }
		client.CheckRedirect = encryptedOnly
	}
	return client
}

// encryptedOnly ends a chain of redirects that is long or leads away from https.
func encryptedOnly(req *http.Request, via []*http.Request) error {
	if req.URL.Scheme != "https" || len(via) >= 5 {
		return errAddress
	}
	return nil
}

// publicOnly refuses addresses, after names were resolved, that lead into a private network or to this machine.
func publicOnly(address string) error {
	place, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("reading an address to connect to: %w", err)
	}
	if ip := place.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return errAddress
	}
	return nil
}

// Download fetches a photo that a person sent; its ID is its address. How long that works is not known [?], so fetch at
// once. ctx also holds for reading, which ends after a minute at the latest; a photo over 20 MB is an error while it is read.
func (c *Channel) Download(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if !c.plain && !strings.HasPrefix(f.ID, "https://") {
		return nil, fmt.Errorf("zalobot download: %w", errAddress)
	}
	ctx, cancel := context.WithTimeout(ctx, downloadTimeout)
	body, err := c.open(ctx, f.ID)
	if err != nil {
		cancel()
		return nil, fmt.Errorf("zalobot download: %w", c.redact(err))
	}
	return &download{body: body, left: downloadLimit, cancel: cancel}, nil
}

func (c *Channel) open(ctx context.Context, address string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return nil, err
	}
	resp, err := c.photos.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		_ = resp.Body.Close()
		return nil, fmt.Errorf("the server answers %s", resp.Status)
	}
	return resp.Body, nil
}

// download is a photo on its way; reading past the limit fails instead of ending, so that none is cut in silence.
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
