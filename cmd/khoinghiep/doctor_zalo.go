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
// Zalo has no call that tells of the webhook, nor of a quota but for one person [?]: what came last and our own budget stand
// for them, and metrics count what the quotas were.
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
	return describeZalo(ctx, cfg, store, g)
}

// describeZalo tells of the token, of what came by the webhook last, and of the month's budget.
func describeZalo(ctx context.Context, cfg config, store *storage.Store, g zalo.Grant) (string, error) {
	tz, err := time.LoadLocation(zone)
	if err != nil {
		return "", fmt.Errorf("load time zone: %w", err)
	}
	now := time.Now().In(tz)
	heard, err := store.LastHeard(ctx, "zalo")
	if err != nil {
		return "", fmt.Errorf("không đọc được lần nhắn gần nhất (%w)", err)
	}
	charged, err := store.Charged(ctx, "zalo", now)
	if err != nil {
		return "", fmt.Errorf("không đọc được số tin tính phí (%w)", err)
	}
	webhook := "webhook chưa nhận tin nào, xem lại địa chỉ ở trang quản trị OA"
	if !heard.IsZero() {
		webhook = "webhook nhận tin gần nhất lúc " + heard.In(tz).Format("15:04 02/01/2006")
	}
	return fmt.Sprintf("%s; %s; tin tính phí tháng này: %d/%d (ZALO_BUDGET)", describeGrant(g, now), webhook, charged, cfg.zalo.budget), nil
}

func describeGrant(g zalo.Grant, now time.Time) string {
	if g.Issued.IsZero() {
		return "chưa có token; dịch vụ lấy lần đầu khi chạy"
	}
	return fmt.Sprintf("token lấy cách đây %d giờ, còn dùng được %d giờ",
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
