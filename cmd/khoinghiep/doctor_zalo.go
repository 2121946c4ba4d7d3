package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalobot"
	"khoinghiep/storage"
)

// checkZalo looks at the tokens without using them: a refresh by another process than the service could lose the grant.
// Zalo has no call that tells of the webhook, nor of a quota but for one person [?]: metrics count what the quotas were.
func checkZalo(ctx context.Context, cfg config) (string, error) {
	if cfg.zalo.appID == "" {
		return "", errUnused
	}
	store, err := storage.Open(ctx, cfg.databaseURL)
	if err != nil {
		return "", fmt.Errorf("không mở được cơ sở dữ liệu (%w)", err)
	}
	defer func() { _ = store.Close() }()
	set := zaloSetup(cfg, store)
	ch, err := zalo.New(ctx, set)
	if err != nil {
		return "", err
	}
	if err := ch.Health(ctx); errors.Is(err, zalo.ErrGrantLost) {
		return "", errors.New("OA chưa cho phép gửi tin, hoặc đã rút lại; chạy \"khoinghiep zalo login\"")
	} else if err != nil {
		return "", fmt.Errorf("token không dùng được (%w); xem dịch vụ có đang chạy không", err)
	}
	g, err := set.Tokens.Grant(ctx)
	if err != nil {
		return "", fmt.Errorf("không đọc được token (%w)", err)
	}
	return describeGrant(g, time.Now()), nil
}

func describeGrant(g zalo.Grant, now time.Time) string {
	if g.Issued.IsZero() {
		return "chưa có token; dịch vụ lấy lần đầu khi chạy"
	}
	return fmt.Sprintf("token lấy cách đây %d giờ, còn dùng được %d giờ; webhook và hạn mức xem ở trang quản trị OA",
		int(now.Sub(g.Issued).Hours()), int(g.Expires.Sub(now).Hours()))
}

// checkTemplates names the templates that the program uses and Zalo's ids are not known of.
func checkTemplates(_ context.Context, cfg config) (string, error) {
	if cfg.zalo.appID == "" {
		return "", errUnused
	}
	missing := slices.DeleteFunc(storage.TemplateNames(), func(name string) bool { return cfg.zalo.templates[name] != "" })
	if len(missing) > 0 {
		return "", fmt.Errorf("chưa có số của mẫu %s; thêm vào tệp ZALO_TEMPLATES sau khi Zalo duyệt", strings.Join(missing, ", "))
	}
	return "", nil
}

func checkZaloBot(ctx context.Context, cfg config) (string, error) {
	if cfg.zaloBot.token == "" {
		return "", errUnused
	}
	store, err := storage.Open(ctx, cfg.databaseURL)
	if err != nil {
		return "", fmt.Errorf("không mở được cơ sở dữ liệu (%w)", err)
	}
	defer func() { _ = store.Close() }()
	set, err := zaloBotSetup(ctx, cfg, store)
	if err != nil {
		return "", fmt.Errorf("không đọc được số tin đã gửi (%w); chạy \"khoinghiep migrate\"", err)
	}
	ch, err := zalobot.New(ctx, set)
	if err != nil {
		return "", err
	}
	if _, err := ch.Check(ctx); err != nil {
		return "", fmt.Errorf("không hỏi được (%w); xem lại ZALO_BOT_TOKEN, ZALO_BOT_API_URL và đường mạng", err)
	}
	used, err := ch.Usage(ctx)
	if err != nil {
		return "", fmt.Errorf("không đọc được số tin đã gửi (%w)", err)
	}
	if used.Low() {
		return "", fmt.Errorf("tháng này đã gửi %s; nâng gói hoặc chuyển sang Zalo OA", showUsage(used))
	}
	return "tháng này đã gửi " + showUsage(used), nil
}
