package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
)

// webOutbox sends a person's messages as the page does: one after another, each until it is settled, always under the
// same id. The API promises an order to nobody who does not wait for the 200 of the message before.
type webOutbox struct {
	*webVisitor
	copies   func(message int) int // how many of a message are sent at the same time
	queue    chan map[string]string
	done     sync.WaitGroup
	close    func()       // sends what is queued, and ends
	refusals atomic.Int64 // tries in vain
}

// newWebOutbox works until it is closed, or to the end of the test.
func newWebOutbox(t *testing.T, v *webVisitor, copies func(message int) int) *webOutbox {
	t.Helper()
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	o := &webOutbox{webVisitor: v, copies: copies, queue: make(chan map[string]string, 64)}
	o.close = sync.OnceFunc(func() { close(o.queue); o.done.Wait() })
	o.done.Go(func() {
		for message := 0; ; message++ {
			body, ok := <-o.queue
			if !ok {
				return
			}
			if err := o.deliver(ctx, message, body); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	t.Cleanup(func() { stop(); o.close() })
	return o
}

// deliver sends all copies of a message, to one replica after another; each message begins with another one.
func (o *webOutbox) deliver(ctx context.Context, message int, body map[string]string) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	failures := make([]error, o.copies(message))
	var all sync.WaitGroup
	for i := range failures {
		all.Go(func() {
			_, failures[i] = o.insist(ctx, message+i, http.MethodPost, "/chat/api/send", string(encoded), func() { o.refusals.Add(1) })
		})
	}
	all.Wait()
	return errors.Join(failures...)
}
