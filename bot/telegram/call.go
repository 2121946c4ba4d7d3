package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

const (
	callTimeout   = 20 * time.Second
	uploadTimeout = 2 * time.Minute // 50 MB, Telegram's most, at 4 Mbit/s
	answerLimit   = 16 << 20        // bytes of one answer; 100 updates are far below
)

// newClient gives an HTTP client for many small calls to one host: the default keeps only two connections to reuse.
// It has no overall time-out, each call brings its own, and follows no redirect: the Bot API has none, and the
// address holds the token.
func newClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
			ForceAttemptHTTP2:   true,
			TLSHandshakeTimeout: 5 * time.Second,
			MaxIdleConns:        256,
			MaxIdleConnsPerHost: 256,
			IdleConnTimeout:     90 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// call is one request to the Bot API. It is the library's HTTP client for that request, because the library knows no
// contexts and hides how far a failed request came.
type call struct {
	ctx     context.Context //nolint:containedctx // one request, whose client interface has no place for it
	client  *http.Client
	reached bool // there was a connection, so the server may have taken the request
	status  int  // of the answer; 0: none came
}

// Do implements tgbotapi.HTTPClient. It reads the whole answer, so that the connection is always used again and a cut
// answer is told from a malformed one.
func (c *call) Do(req *http.Request) (*http.Response, error) {
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { c.reached = false }, // also before net/http tries again what a stale connection did not take
		GotConn: func(httptrace.GotConnInfo) { c.reached = true },
	}
	resp, err := c.client.Do(req.WithContext(httptrace.WithClientTrace(c.ctx, trace)))
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	c.reached, c.status = true, resp.StatusCode
	body, err := io.ReadAll(io.LimitReader(resp.Body, answerLimit))
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// do calls a method and gives the raw result. All traffic with the Bot API except file downloads goes through here:
// errors come out classified (see errors.go) and without the token.
func (c *Channel) do(ctx context.Context, method string, params tgbotapi.Params, files ...tgbotapi.RequestFile) (json.RawMessage, error) {
	call := &call{ctx: ctx, client: c.http}
	api := c.api
	api.Client = call
	var resp *tgbotapi.APIResponse
	var err error
	if len(files) == 0 {
		resp, err = api.MakeRequest(method, params)
	} else {
		resp, err = api.UploadFiles(method, params, files)
	}
	if err != nil {
		return nil, fmt.Errorf("telegram %s: %w", method, classified(call.consequence(err), c.redact(err)))
	}
	return resp.Result, nil
}

// within is context.WithTimeout for calls, most of which have a caller with less time.
func within(ctx context.Context, most time.Duration) (context.Context, context.CancelFunc) {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= most {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, most)
}

// ask is do with the usual time-out and the result decoded into result.
func (c *Channel) ask(ctx context.Context, method string, params tgbotapi.Params, result any) error {
	ctx, cancel := within(ctx, callTimeout)
	defer cancel()
	raw, err := c.do(ctx, method, params)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, result); err != nil {
		return fmt.Errorf("telegram %s: reading the result: %w", method, err)
	}
	return nil
}

// tell is do with the usual time-out for methods whose result says nothing.
func (c *Channel) tell(ctx context.Context, method string, params tgbotapi.Params) error {
	ctx, cancel := within(ctx, callTimeout)
	defer cancel()
	_, err := c.do(ctx, method, params)
	return err
}
