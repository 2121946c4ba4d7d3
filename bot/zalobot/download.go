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

var errAddress = errors.New("the photo is not at a public https address")

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
// once.
func (c *Channel) Download(ctx context.Context, f bot.File) (io.ReadCloser, error) {
	if !c.plain && !strings.HasPrefix(f.ID, "https://") {
		return nil, fmt.Errorf("zalobot download: %w", errAddress)
	}
	body, err := bot.Fetch(ctx, c.photos, f.ID)
	if err != nil {
		return nil, fmt.Errorf("zalobot download: %w", c.redact(err))
	}
	return body, nil
}
