package main

import (
	"context"
	"fmt"

	"khoinghiep/storage"
)

func migrate(ctx context.Context, c console, _ []string) error {
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	fmt.Fprintln(c.out, "Cơ sở dữ liệu đã ở phiên bản mới nhất.")
	return nil
}

// openStore opens and migrates the configured database.
func openStore(ctx context.Context, c console) (*storage.Store, error) {
	cfg, err := configure(c)
	if err != nil {
		return nil, err
	}
	store, err := storage.Open(ctx, cfg.databaseURL)
	if err != nil {
		return nil, err
	}
	if err := store.Migrate(ctx); err != nil {
		_ = store.Close()
		return nil, err
	}
	return store, nil
}
