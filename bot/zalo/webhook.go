package zalo

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"khoinghiep/bot"
)

const (
	signatureHeader = "X-ZEvent-Signature"
	timestampHeader = "X-ZEvent-Timestamp"
	eventLimit      = 1 << 20 // bytes of one webhook call
)

// Variant is where the timestamp that a webhook call is signed with comes from. Sources differ [?].
type Variant string

// The variants of a signature.
const (
	BodyTimestamp   Variant = "body"   // the event's own field
	HeaderTimestamp Variant = "header" // X-ZEvent-Timestamp
)

// Patience is how long the answer to a webhook call may take: Zalo wants it within 2 s [2+], the way included.
func (*Channel) Patience() time.Duration { return 1500 * time.Millisecond }

// Receive verifies and decodes one webhook call: none or one Incoming. A call that is not signed by Zalo, or is of another
// app or account, wraps bot.ErrForged; one that is too long or not an event is an error too. The unsigned {} by which Zalo's
// console tries an address [1] is nothing.
//
// There is no limit to an event's age: Zalo itself tries again for more than an hour [2+].
func (c *Channel) Receive(r *http.Request) ([]bot.Incoming, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, eventLimit))
	if err != nil {
		return nil, fmt.Errorf("zalo webhook: reading the event: %w", err)
	}
	if string(bytes.TrimSpace(body)) == "{}" {
		return nil, nil
	}
	var e event
	malformed := parse(body, &e) // also the depth of JSON is limited there
	variant, ok := c.signed(r.Header, body, e.Timestamp)
	if !ok || !c.concerns(e) {
		return nil, fmt.Errorf("zalo webhook: %w", bot.ErrForged)
	}
	if malformed != nil {
		return nil, fmt.Errorf("zalo webhook: decoding the event: %w", malformed)
	}
	c.cfg.Matched(variant)
	in, ok := c.decode(e)
	if !ok {
		return nil, nil
	}
	return []bot.Incoming{in}, nil
}

// signed finds the variant in which Zalo signed the call: "mac=" and the hex SHA-256 of the app's id, the body, a timestamp
// and the account's secret, one after the other [2+]. A timestamp of digits only keeps anybody from moving the end of the
// body there.
func (c *Channel) signed(h http.Header, body []byte, stamp text) (Variant, bool) {
	given, err := hex.DecodeString(strings.TrimPrefix(h.Get(signatureHeader), "mac="))
	if err != nil {
		return "", false
	}
	stamps := map[Variant]string{BodyTimestamp: string(stamp), HeaderTimestamp: h.Get(timestampHeader)}
	for _, variant := range c.cfg.Variants {
		if hmac.Equal(given, c.signature(body, stamps[variant])) && digits(stamps[variant]) {
			return variant, true
		}
	}
	return "", false
}

func (c *Channel) signature(body []byte, stamp string) []byte {
	sum := sha256.New()
	for _, part := range [][]byte{[]byte(c.cfg.AppID), body, []byte(stamp), []byte(c.cfg.OASecret)} {
		_, _ = sum.Write(part) // a hash takes everything
	}
	return sum.Sum(nil)
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// concerns tells that an event is of our app and, where we know its id, of our account.
func (c *Channel) concerns(e event) bool {
	return (e.App == "" || string(e.App) == c.cfg.AppID) && (c.cfg.OA == "" || e.of(c.cfg.OA))
}
