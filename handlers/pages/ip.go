package pages

import (
	"net"
	"net/http"
	"strings"
)

// clientIP is where a request comes from. Behind a proxy of ours, which is on this machine or in this network, it is what
// the proxy added last to X-Forwarded-For; from elsewhere that header proves nothing. Of an IPv6 address the network
// counts, as one home has a whole one.
func clientIP(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip := net.ParseIP(host)
	if ip != nil && (ip.IsLoopback() || ip.IsPrivate()) {
		forwarded := strings.Join(r.Header.Values("X-Forwarded-For"), ",")
		if last := net.ParseIP(strings.TrimSpace(forwarded[strings.LastIndex(forwarded, ",")+1:])); last != nil {
			ip = last
		}
	}
	switch {
	case ip == nil:
		return host
	case ip.To4() == nil:
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return ip.String()
}
