package zalo_test

import (
	"context"
	"sync"
	"time"

	"khoinghiep/bot/zalo"
)

// tokens keeps a grant as a store does, for all channels that share it.
type tokens struct {
	lock sync.Mutex // across an exchange
	mu   sync.Mutex
	kept zalo.Grant
	err  error // of reading; nil: none
}

func (k *tokens) Grant(context.Context) (zalo.Grant, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.kept, k.err
}

// breaks has all reads fail from now on.
func (k *tokens) breaks(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.err = err
}

func (k *tokens) Refresh(ctx context.Context, due func(zalo.Grant) bool, exchange func(context.Context, zalo.Grant) (zalo.Grant, error)) (zalo.Grant, error) {
	k.lock.Lock()
	defer k.lock.Unlock()
	g, err := k.Grant(ctx)
	if err != nil || !due(g) {
		return g, err
	}
	if g, err = exchange(ctx, g); err != nil {
		return zalo.Grant{}, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = g
	return g, nil
}

// uploads keeps ids of uploads.
type uploads struct {
	mu  sync.Mutex
	ids map[string]string
	at  map[string]time.Time
}

func newUploads() *uploads { return &uploads{ids: map[string]string{}, at: map[string]time.Time{}} }

func (u *uploads) Upload(_ context.Context, key string, since time.Time) (string, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.at[key].After(since) {
		return u.ids[key], nil
	}
	return "", nil
}

func (u *uploads) KeepUpload(_ context.Context, key, id string, at time.Time) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.ids[key], u.at[key] = id, at
	return nil
}
