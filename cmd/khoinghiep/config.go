package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"khoinghiep/scheduler"
)

// setting is one environment variable. The list below is what help prints and .env.example shows.
type setting struct{ name, fallback, help string }

func settings() []setting {
	return slices.Concat([]setting{
		{"DATABASE_URL", "sqlite:data/khoinghiep.db", "cơ sở dữ liệu: postgres://… hoặc sqlite:ĐƯỜNG_DẪN"},
		{"REDIS_URL", "", "redis://HOST:PORT/0 giữ hội thoại đang chạy; trống: giữ trong cơ sở dữ liệu"},
		{"HTTP_ADDR", "127.0.0.1:8080", "địa chỉ nghe HTTP"},
		{"PUBLIC_URL", "", "địa chỉ https mà người dùng và các nền tảng chat gọi tới"},
		{"FILES_DIR", "data/files", "thư mục giữ tệp người dùng gửi"},
		{"CONTACT", "Bạn liên hệ Sở Khoa học và Công nghệ tỉnh Quảng Ngãi trong giờ hành chính.", "cách khác để gặp cán bộ, và để kiểm chứng trợ lý: nơi và số điện thoại liên hệ; khi chưa ai có vai trò cán bộ thì là lời đáp duy nhất"},
		{"TELEGRAM_TOKEN", "", "token của bot Telegram; trống: không dùng Telegram"},
		{"TELEGRAM_API_URL", "https://api.telegram.org", "máy chủ Bot API"},
		{"TELEGRAM_MODE", "poll", "poll: tự hỏi tin mới, không cần địa chỉ công khai; webhook: Telegram gọi tới PUBLIC_URL"},
		{"TELEGRAM_WEBHOOK_SECRET", "", "chuỗi bí mật của webhook, 16 đến 256 ký tự A-Z a-z 0-9 _ -"},
		{"TELEGRAM_RATE", "30", "số tin gửi đi mỗi giây qua Telegram, nhiều nhất"},
	}, zaloSettings(), []setting{
		{"WEBCHAT_RATE", "100", "số tin gửi đi mỗi giây qua trang trò chuyện, nhiều nhất"},
		{"APPROVAL", approvalByTwo, "two: thông báo do người khác duyệt; one: người soạn tự duyệt, cho nơi chỉ có một người"},
		{"GO_LIVE", "2026-12-01", "ngày bắt đầu theo dõi kế hoạch, báo cáo: việc có hạn trước ngày này thì không nhắc"},
		{"WEBCHAT_ORIGINS", "", "các trang được nhúng khung trò chuyện, cách nhau bằng dấu cách: https://skhcn.example.vn"},
		{"RETENTION_DIALOG", "24h", "việc đang hỏi mà bỏ ngỏ chừng này thì được cất sang một bên"},
		{"RETENTION_DRAFT", "90d", "phần điền dở, tệp chưa dùng, yêu cầu đã trả lời và tin nhắn trên trang web bị xóa sau chừng này"},
		{"RETENTION_ENTRY", "24m", "hồ sơ không cập nhật chừng này thì bị xóa; h giờ, d ngày, m tháng, y năm"},
		{"RETENTION_CONSENT", "5y", "bằng chứng đồng ý còn giữ thêm chừng này sau khi xóa hồ sơ"},
		{"LOG_LEVEL", "info", "debug, info, warn hoặc error"},
	})
}

// Who approves an announcement, see announcing.Desk.
const (
	approvalByTwo = "two" // somebody else than who wrote it
	approvalByOne = "one"
)

// config is the environment, checked.
type config struct {
	databaseURL, redisURL, httpAddr, publicURL, filesDir, contact string
	telegramToken, telegramAPI, telegramMode, telegramSecret      string
	zalo                                                          zaloConfig
	zaloBot                                                       zaloBotConfig
	approval                                                      string
	goLive                                                        string // nothing due before is made, "2006-01-02"
	webOrigins                                                    []string
	retention                                                     scheduler.Limits
	logLevel                                                      slog.Level
	telegramRate, webRate                                         float64 // messages a second
	demo                                                          bool    // no setting: the subcommand
	still                                                         bool    // no setting: nothing happens but what people do, in transcripts
}

// readConfig reads all settings and names every mistake at once.
func readConfig(getenv func(string) string) (config, error) {
	values := map[string]string{}
	for _, s := range settings() {
		values[s.name] = s.fallback
		if v := strings.TrimSpace(getenv(s.name)); v != "" {
			values[s.name] = v
		}
	}
	c := config{
		databaseURL: values["DATABASE_URL"], redisURL: values["REDIS_URL"], httpAddr: values["HTTP_ADDR"],
		publicURL: strings.TrimRight(values["PUBLIC_URL"], "/"), filesDir: values["FILES_DIR"], contact: values["CONTACT"],
		telegramToken: values["TELEGRAM_TOKEN"], telegramAPI: strings.TrimRight(values["TELEGRAM_API_URL"], "/"),
		telegramMode: values["TELEGRAM_MODE"], telegramSecret: values["TELEGRAM_WEBHOOK_SECRET"], approval: values["APPROVAL"],
		goLive:     values["GO_LIVE"],
		webOrigins: strings.Fields(values["WEBCHAT_ORIGINS"]),
	}
	limits, mistakes := readLimits(values)
	c.retention = limits
	mistakes = append(append(c.mistakes(), c.readZalo(values)...), append(mistakes, wrongLevel(&c, values["LOG_LEVEL"]))...)
	mistakes = append(mistakes, readRate(&c.telegramRate, values, "TELEGRAM_RATE"), readRate(&c.webRate, values, "WEBCHAT_RATE"))
	if err := errors.Join(mistakes...); err != nil {
		return config{}, fmt.Errorf("cấu hình chưa đúng:\n%w", err)
	}
	return c, nil
}

var (
	tokenShape  = regexp.MustCompile(`^\d+:[A-Za-z0-9_-]{20,}$`)
	secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{16,256}$`)
	originShape = regexp.MustCompile(`^https?://[A-Za-z0-9.-]+(:\d+)?$`)
)

func (c config) mistakes() []error {
	webhook := c.telegramMode == "webhook"
	return []error{
		unless(validDatabase(c.databaseURL), "DATABASE_URL: phải bắt đầu bằng postgres:// hoặc sqlite: và có đường dẫn"),
		unless(c.redisURL == "" || validURL(c.redisURL, "redis", "rediss"), "REDIS_URL: phải có dạng redis://HOST:PORT/0"),
		unless(validAddress(c.httpAddr), "HTTP_ADDR: phải có dạng HOST:PORT"),
		unless(c.publicURL == "" || validURL(c.publicURL, "http", "https"), "PUBLIC_URL: phải bắt đầu bằng https://"),
		unless(c.telegramToken == "" || tokenShape.MatchString(c.telegramToken), "TELEGRAM_TOKEN: không đúng dạng 123456:ABC… mà BotFather cấp"),
		unless(validURL(c.telegramAPI, "http", "https"), "TELEGRAM_API_URL: phải bắt đầu bằng http:// hoặc https://"),
		unless(webhook || c.telegramMode == "poll", "TELEGRAM_MODE: phải là poll hoặc webhook"),
		unless(!webhook || c.publicURL != "", "PUBLIC_URL: cần có khi TELEGRAM_MODE=webhook"),
		unless(!webhook || secretShape.MatchString(c.telegramSecret), "TELEGRAM_WEBHOOK_SECRET: cần 16 đến 256 ký tự A-Z a-z 0-9 _ - khi TELEGRAM_MODE=webhook"),
		unless(c.approval == approvalByOne || c.approval == approvalByTwo, "APPROVAL: phải là two hoặc one"),
		unless(validDay(c.goLive), "GO_LIVE: phải là ngày dạng 2026-12-01"),
		unless(!slices.ContainsFunc(c.webOrigins, notOrigin), "WEBCHAT_ORIGINS: mỗi trang phải có dạng https://TÊN_MIỀN, không có đường dẫn"),
	}
}

func readRate(rate *float64, values map[string]string, name string) (err error) {
	*rate, err = strconv.ParseFloat(values[name], 64)
	return unless(err == nil && *rate > 0 && *rate <= 1e4, name+": phải là số lớn hơn 0, nhiều nhất 10000")
}

func readBudget(budget *int, values map[string]string, name string) (err error) {
	*budget, err = strconv.Atoi(values[name])
	return unless(err == nil && *budget >= 0, name+": phải là số nguyên, từ 0 trở lên")
}

func wrongLevel(c *config, text string) error {
	return unless(c.logLevel.UnmarshalText([]byte(text)) == nil, "LOG_LEVEL: phải là debug, info, warn hoặc error")
}

func unless(right bool, mistake string) error {
	if right {
		return nil
	}
	return errors.New("  " + mistake)
}

func validDatabase(s string) bool {
	path, sqlite := strings.CutPrefix(s, "sqlite:")
	return sqlite && path != "" || validURL(s, "postgres", "postgresql")
}

func validURL(s string, schemes ...string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return false
	}
	for _, scheme := range schemes {
		if u.Scheme == scheme {
			return true
		}
	}
	return false
}

func notOrigin(s string) bool {
	return !originShape.MatchString(s)
}

func validAddress(s string) bool {
	_, port, err := net.SplitHostPort(s)
	return err == nil && port != ""
}
