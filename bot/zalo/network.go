package zalo

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

var (
	errInside   = errors.New("the address is not one of the public network")
	errInsecure = errors.New("the address is not https")
)

// downloadClient fetches from anywhere outside; inside, too, when api is there. It uses no proxy: only the address that is
// dialled itself tells where a name leads.
func downloadClient(api string) *http.Client {
	if inside(api) {
		return &http.Client{}
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: outsideOnly}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: 5 * time.Second},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if req.URL.Scheme != "https" || len(via) > 3 {
				return errInsecure
			}
			return nil
		},
	}
}

// outsideOnly refuses to dial addresses of our own network.
func outsideOnly(_, address string, _ syscall.RawConn) error {
	if at, err := netip.ParseAddrPort(address); err != nil || !public(at.Addr().Unmap()) {
		return errInside
	}
	return nil
}

func public(a netip.Addr) bool {
	shared := netip.MustParsePrefix("100.64.0.0/10") // RFC 6598, between providers
	return a.IsGlobalUnicast() && !a.IsPrivate() && !shared.Contains(a)
}

// inside tells that a base address names this machine or our own network.
func inside(base string) bool {
	u, err := url.Parse(base)
	if err != nil {
		return false
	}
	a, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && !public(a.Unmap())
}
