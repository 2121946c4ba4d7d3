package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"khoinghiep/bot/telegram"
	"khoinghiep/storage"
)

// check is one thing doctor looks at: what there is to know when it is well, which may be nothing, else an error that says
// what is wrong and what to do.
type check struct {
	name string
	look func(ctx context.Context, cfg config) (told string, err error)
}

func checks() []check {
	return []check{
		{"cơ sở dữ liệu", quietly(checkDatabase)},
		{"Redis", quietly(checkRedis)},
		{"thư mục tệp", quietly(checkFiles)},
		{"PUBLIC_URL", quietly(checkPublicURL)},
		{"Telegram", quietly(checkTelegram)},
		{"Zalo OA", checkZalo},
		{"Mẫu tin Zalo", checkTemplates},
		{"Zalo Bot", checkZaloBot},
	}
}

// quietly is a check that has nothing to tell when all is well.
func quietly(look func(ctx context.Context, cfg config) error) func(context.Context, config) (string, error) {
	return func(ctx context.Context, cfg config) (string, error) { return "", look(ctx, cfg) }
}

// errUnused means that a part is not configured, which is fine.
var errUnused = errors.New("không dùng")

// doctor checks every configured part; it fails when one is not well.
func doctor(ctx context.Context, c console, _ []string) error {
	cfg, err := readConfig(c.getenv)
	if err != nil {
		return err
	}
	sick := 0
	for _, k := range checks() {
		looking, cancel := context.WithTimeout(ctx, 10*time.Second)
		told, err := k.look(looking, cfg)
		cancel()
		switch {
		case errors.Is(err, errUnused):
			fmt.Fprintf(c.out, "–    %s: không dùng\n", k.name)
		case err != nil:
			sick++
			fmt.Fprintf(c.out, "LỖI  %s: %v\n", k.name, strings.ReplaceAll(err.Error(), "\n", " "))
		case told != "":
			fmt.Fprintf(c.out, "tốt  %s: %s\n", k.name, told)
		default:
			fmt.Fprintf(c.out, "tốt  %s\n", k.name)
		}
	}
	if sick > 0 {
		return fmt.Errorf("có %d phần cần sửa", sick)
	}
	return nil
}

func checkDatabase(ctx context.Context, cfg config) error {
	store, err := storage.Open(ctx, cfg.databaseURL)
	if err != nil {
		return fmt.Errorf("không mở được (%w); xem lại DATABASE_URL và máy chủ", err)
	}
	defer func() { _ = store.Close() }()
	pending, err := store.Pending(ctx)
	if err != nil {
		return fmt.Errorf("không đọc được (%w); kiểm tra quyền của tài khoản", err)
	}
	if pending > 0 {
		return fmt.Errorf("còn %d bước cập nhật bảng; chạy \"khoinghiep migrate\"", pending)
	}
	buried, err := store.Buried(ctx)
	if err != nil {
		return err
	}
	if buried > 0 {
		return fmt.Errorf("có %d tin không xử lý được trong bảng dead_updates; xem cột error", buried)
	}
	return nil
}

func checkRedis(ctx context.Context, cfg config) error {
	if cfg.redisURL == "" {
		return errUnused
	}
	advice, err := storage.RedisAdvice(ctx, cfg.redisURL, strings.HasPrefix(cfg.databaseURL, "postgres"))
	if err != nil {
		return fmt.Errorf("không hỏi được (%w); xem lại REDIS_URL và máy chủ", err)
	}
	if advice != "" {
		return errors.New(advice)
	}
	return nil
}

func checkFiles(_ context.Context, cfg config) error {
	if err := os.MkdirAll(cfg.filesDir, 0o700); err != nil {
		return fmt.Errorf("không tạo được (%w); sửa FILES_DIR hoặc quyền thư mục", err)
	}
	f, err := os.CreateTemp(cfg.filesDir, "doctor-")
	if err != nil {
		return fmt.Errorf("không ghi được (%w); sửa quyền của FILES_DIR", err)
	}
	_ = f.Close()
	return os.Remove(f.Name())
}

func checkPublicURL(_ context.Context, cfg config) error {
	switch {
	case cfg.publicURL == "":
		return errUnused
	case !strings.HasPrefix(cfg.publicURL, "https://"):
		return errors.New("phải là https:// để Telegram và người dùng gọi tới được")
	}
	return nil
}

func checkTelegram(ctx context.Context, cfg config) error {
	if cfg.telegramToken == "" {
		return errUnused
	}
	ch, err := telegram.New(ctx, telegram.Config{Token: cfg.telegramToken, APIURL: cfg.telegramAPI})
	if err != nil {
		return err
	}
	if _, err := ch.Check(ctx); err != nil {
		return fmt.Errorf("không hỏi được (%w); xem lại TELEGRAM_TOKEN, TELEGRAM_API_URL và đường mạng", err)
	}
	return nil
}
