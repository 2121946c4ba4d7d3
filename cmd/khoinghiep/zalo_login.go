package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"khoinghiep/bot/zalo"
)

// zaloCommand prints the page on which an admin of the account lets us write for it. The running service finishes what
// they begin there: it alone may touch the tokens.
func zaloCommand(ctx context.Context, c console, args []string) error {
	if !slices.Equal(args, []string{"login"}) {
		return errors.New("cần việc muốn làm: zalo login")
	}
	cfg, err := configure(c)
	if err != nil {
		return err
	}
	if cfg.zalo.appID == "" {
		return errors.New("chưa có ZALO_APP_ID; xem các biến ZALO_… trong README.md")
	}
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	ch, err := zalo.New(ctx, zaloSetup(cfg, store))
	if err != nil {
		return fmt.Errorf("mở Zalo: %w", err)
	}
	callback := cfg.publicURL + consentPath
	fmt.Fprintf(c.out, "1. Trên Zalo Developers, đăng ký địa chỉ callback của ứng dụng: %s\n"+
		"2. Dịch vụ cần đang chạy (khoinghiep serve), với cùng các biến ZALO_….\n"+
		"3. Trong 30 phút, quản trị viên của OA mở liên kết này và bấm đồng ý:\n%s\n"+
		"Trang mở ra sau đó cho biết kết quả; \"khoinghiep doctor\" kiểm tra lại.\n", callback, ch.ConsentURL(callback))
	return nil
}
