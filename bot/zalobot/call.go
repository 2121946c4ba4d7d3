package zalobot

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
)

const (
	callTimeout = 20 * time.Second
	answerLimit = 1 << 20 // bytes of one answer; an update is far below
)

// newClient gives an HTTP client for many small calls to one host: the default keeps only two connections to reuse.
// It has no overall time-out, each call brings its own, and follows no redirect: the API has none, and the address
// holds the token.
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

// answer is what every method answers [2+].
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
}

// call is how far one request came.
type call struct {
	reached bool // there was a connection, so the server may have taken the request
	status  int  // of the answer; 0: none came
}

// post makes the request and reads the whole answer, so that the connection is always used again.
func (c *call) post(ctx context.Context, client *http.Client, url string, body []byte) ([]byte, error) {
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { c.reached = false }, // also before net/http tries again what a stale connection did not take
		GotConn: func(httptrace.GotConnInfo) { c.reached = true },
	}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(ctx, trace), http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	c.reached, c.status = true, resp.StatusCode
	return io.ReadAll(io.LimitReader(resp.Body, answerLimit))
}

// read takes the result out of an answer; errors come with HTTP status 200, too [1].
func (c *call) read(body []byte) (json.RawMessage, error) {
	var a answer
	if err := parse(body, &a); err != nil {
		return nil, fmt.Errorf("status %d: decoding the answer: %w", c.status, err)
	}
	if !a.OK {
		return nil, &refusal{code: c.code(a.Code), description: a.Description}
	}
	return a.Result, nil
}

// code is the error code, or the HTTP status where an answer lacks one.
func (c *call) code(given int) int {
	if given == 0 && c.status >= http.StatusMultipleChoices {
		return c.status
	}
	return given
}

// do calls a method and gives the raw result. All traffic with the API except downloads of photos goes through here:
// errors come out classified (see errors.go) and without the token.
func (c *Channel) do(ctx context.Context, method string, params any) (json.RawMessage, error) {
	request, err := json.Marshal(params)
	if err != nil {
		return nil, fmt.Errorf("zalobot %s: encoding the request: %w", method, err)
	}
	call, result := &call{}, json.RawMessage(nil)
	body, err := call.post(ctx, c.http, c.methods+method, request)
	if err == nil {
		result, err = call.read(body)
	}
	if err != nil {
		return nil, fmt.Errorf("zalobot %s: %w", method, classified(call.consequence(err), c.redact(err)))
	}
	return result, nil
}

// ask is do with the usual time-out and the result decoded into result.
func (c *Channel) ask(ctx context.Context, method string, params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	raw, err := c.do(ctx, method, params)
	if err != nil {
		return err
	}
	fill(result, raw)
	return nil
}

// fill decodes a result as far as it is what we expect; the rest stays empty. That it is JSON was found out before.
func fill(result any, raw json.RawMessage) { _ = json.Unmarshal(raw, result) }
