package zalo_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"syscall"

	"khoinghiep/bot/zalo"
)

// fileTokens keeps a grant in a file, for processes that may die at any moment: the lock ends with its holder, and a grant
// is stored whole or not at all.
type fileTokens struct {
	path string
	pass func(point string) // called at each point of a refresh
}

func (k fileTokens) Grant(context.Context) (g zalo.Grant, err error) {
	data, err := os.ReadFile(k.path)
	if errors.Is(err, os.ErrNotExist) {
		return zalo.Grant{}, nil
	}
	if err != nil {
		return zalo.Grant{}, err
	}
	return g, json.Unmarshal(data, &g)
}

func (k fileTokens) Refresh(ctx context.Context, due func(zalo.Grant) bool, exchange func(context.Context, zalo.Grant) (zalo.Grant, error)) (zalo.Grant, error) {
	k.pass("before the lock")
	lock, err := os.Create(k.path + ".lock")
	if err != nil {
		return zalo.Grant{}, err
	}
	defer func() { _ = lock.Close() }()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return zalo.Grant{}, err
	}
	k.pass("under the lock")
	g, err := k.Grant(ctx)
	if err != nil || !due(g) {
		return g, err
	}
	if g, err = exchange(ctx, g); err != nil {
		return zalo.Grant{}, err
	}
	k.pass("before storing")
	return g, k.store(g)
}

func (k fileTokens) store(g zalo.Grant) error {
	data, err := json.Marshal(g)
	if err != nil {
		return err
	}
	if err := os.WriteFile(k.path+".new", data, 0o600); err != nil {
		return err
	}
	k.pass("while storing")
	if err := os.Rename(k.path+".new", k.path); err != nil {
		return err
	}
	k.pass("stored, but not used")
	return nil
}
