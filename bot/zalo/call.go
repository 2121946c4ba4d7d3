package zalo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"
)

const (
	callTimeout   = 20 * time.Second
	uploadTimeout = time.Minute // 5 MB, Zalo's most, at 1 Mbit/s
	answerLimit   = 1 << 20     // bytes of one answer; a few hundred are usual
)

// newClient gives an HTTP client for many small calls to one host: the default keeps only two connections to reuse.
// It has no overall time-out, each call brings its own, and follows no redirect, which would take the token elsewhere.
func newClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2:   true,
			TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConnsPerHost: 64,
			IdleConnTimeout:     90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// answer is what came back from one request.
type answer struct {
	status int // 0: nothing came
	header http.Header
	body   []byte
	err    error // why nothing came, or not all of it
	sent   bool  // there was a connection, so that Zalo may have taken the request
}

// fetch makes one request and reads the whole answer, so that the connection can be used again.
func (c *Channel) fetch(req *http.Request) answer {
	a := answer{}
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { a.sent = false }, // also before net/http tries again what a stale connection did not take
		GotConn: func(httptrace.GotConnInfo) { a.sent = true },
	}
	resp, err := c.cfg.HTTP.Do(req.WithContext(httptrace.WithClientTrace(req.Context(), trace)))
	if err != nil {
		a.err = bare(err)
		return a
	}
	defer func() { _ = resp.Body.Close() }()
	a.sent, a.status, a.header = true, resp.StatusCode, resp.Header
	a.body, a.err = io.ReadAll(io.LimitReader(resp.Body, answerLimit))
	return a
}

// bare takes the address out of an error of net/http: that of a file may hold a key to it.
func bare(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// request builds the HTTP request of a call with an access token.
type request func(ctx context.Context, token string) (*http.Request, error)

// authorised makes a call with the present access token. When Zalo refuses the token, it is refreshed once and the call
// repeated. Errors come out classified, see errors.go.
func (c *Channel) authorised(ctx context.Context, build request) (json.RawMessage, error) {
	if err := c.brake.check(c.cfg.Clock()); err != nil {
		return nil, err
	}
	g, err := c.grant(ctx)
	if err != nil {
		return nil, err
	}
	data, err := c.try(ctx, build, g.Access)
	if !errors.Is(err, errToken) {
		return data, err
	}
	if g, err = c.replaced(ctx, g); err != nil {
		return nil, err
	}
	return c.try(ctx, build, g.Access)
}

func (c *Channel) try(ctx context.Context, build request, token string) (json.RawMessage, error) {
	req, err := build(ctx, token)
	if err != nil {
		return nil, fmt.Errorf("make a request: %w", err)
	}
	a := c.fetch(req)
	c.brake.note(a.header, c.cfg.Clock())
	return a.result()
}

// post calls url with body in JSON and gives the data of the reply.
func (c *Channel) post(ctx context.Context, url string, body any) (json.RawMessage, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return c.authorised(ctx, func(ctx context.Context, token string) (*http.Request, error) {
		return newRequest(ctx, url, token, "application/json", encoded)
	})
}

func newRequest(ctx context.Context, url, token, contentType string, body []byte) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("access_token", token) // bare, without "Bearer" [2+]
	return req, nil
}
