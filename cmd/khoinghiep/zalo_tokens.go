package main

import (
	"context"
	"encoding/json"
	"fmt"

	"khoinghiep/bot/zalo"
	"khoinghiep/storage"
)

// zaloTokens keeps the grant of an account as JSON in the store.
type zaloTokens struct {
	store *storage.Store
	name  string
}

// Grant implements zalo.Tokens.
func (t zaloTokens) Grant(ctx context.Context) (zalo.Grant, error) {
	kept, err := t.store.Grant(ctx, t.name)
	if err != nil {
		return zalo.Grant{}, err
	}
	return decodeGrant(kept)
}

// Refresh implements zalo.Tokens.
func (t zaloTokens) Refresh(ctx context.Context, due func(zalo.Grant) bool, exchange func(context.Context, zalo.Grant) (zalo.Grant, error)) (zalo.Grant, error) {
	kept, err := t.store.ExchangeGrant(ctx, t.name, func(ctx context.Context, old string) (string, error) {
		g, err := decodeGrant(old)
		if err != nil || !due(g) {
			return old, err
		}
		if g, err = exchange(ctx, g); err != nil {
			return "", err
		}
		fresh, err := json.Marshal(g)
		return string(fresh), err
	})
	if err != nil {
		return zalo.Grant{}, err
	}
	return decodeGrant(kept)
}

// decodeGrant reads what is kept; the zero Grant when nothing is. Its error does not quote it.
func decodeGrant(kept string) (g zalo.Grant, err error) {
	if kept == "" {
		return g, nil
	}
	if err := json.Unmarshal([]byte(kept), &g); err != nil {
		return zalo.Grant{}, fmt.Errorf("decode a grant of %d bytes", len(kept))
	}
	return g, nil
}
