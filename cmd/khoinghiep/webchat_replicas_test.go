package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// webReplicas are the addresses at which the same web chat answers, and the way there.
type webReplicas struct {
	urls   []string
	client *http.Client
	calls  chan struct{} // yields at answers while somebody receives
}

func newWebReplicas(t *testing.T, urls ...string) *webReplicas {
	t.Helper()
	lines := &http.Transport{MaxIdleConnsPerHost: 100}
	t.Cleanup(lines.CloseIdleConnections)
	return &webReplicas{urls, &http.Client{Transport: lines, Timeout: patience}, make(chan struct{})}
}

// webVisitor is somebody with a session. They come through a proxy in our own network, from an IP address of their own.
type webVisitor struct {
	replicas    *webReplicas
	from, token string
}

// retryPause lies between two tries. The API asks for more: whoever comes back too soon must do no harm either.
const retryPause = 200 * time.Millisecond

// insist calls until a replica answers 200, beginning with one of them and going on to the next each time; refused is
// told of every try in vain. The error is that of ctx, or an answer that no other try would change.
func (v *webVisitor) insist(ctx context.Context, replica int, method, path, body string, refused func()) ([]byte, error) {
	for ; ; replica++ {
		status, answer, err := v.try(ctx, v.replicas.urls[replica%len(v.replicas.urls)], method, path, body)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil && status == http.StatusOK:
			return answer, nil
		case err == nil && status != http.StatusServiceUnavailable && status != http.StatusTooManyRequests:
			return nil, fmt.Errorf("%s %s: %d %s", method, path, status, answer)
		}
		refused()
		rest(ctx)
	}
}

func (v *webVisitor) try(ctx context.Context, url, method, path, body string) (status int, answer []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, method, url+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("X-Forwarded-For", v.from)
	r.Header.Set("Authorization", "Bearer "+v.token)
	resp, err := v.replicas.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = io.ReadAll(resp.Body)
	select {
	case v.replicas.calls <- struct{}{}:
	default:
	}
	return resp.StatusCode, answer, err
}

// rest waits for the next try.
func rest(ctx context.Context) {
	select {
	case <-time.After(retryPause):
	case <-ctx.Done():
	}
}
