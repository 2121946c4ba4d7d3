package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// redelivery stands between a platform and the program's webhook: it makes every call twice and tells over when both are
// settled. As in twice, all replies to the first are sent by then; and the second brings none.
type redelivery struct {
	over chan<- error
	hook string // the program's address, once it listens
}

// newRedelivery gives the address that the platform calls.
func newRedelivery(t *testing.T, over chan<- error) (between *redelivery, url string) {
	t.Helper()
	between = &redelivery{over: over}
	server := httptest.NewServer(between)
	t.Cleanup(server.Close)
	return between, server.URL
}

func (d *redelivery) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if string(body) == "{}" { // the platform only tries the address
		return
	}
	d.over <- errors.Join(err, d.deliver(r, body), d.deliver(r, body))
}

// deliver calls the program until the call is settled.
func (d *redelivery) deliver(r *http.Request, body []byte) error {
	for {
		status, err := d.call(r, body)
		switch {
		case err != nil:
			return err
		case status == http.StatusOK:
			return nil
		case status != http.StatusServiceUnavailable: // the program is slow
			return fmt.Errorf("the webhook answers %d", status)
		}
	}
}

func (d *redelivery) call(r *http.Request, body []byte) (status int, err error) {
	req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, d.hook, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	req.Header = r.Header.Clone()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}
