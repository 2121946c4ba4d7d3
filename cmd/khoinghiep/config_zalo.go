package main

import (
	"regexp"

	"khoinghiep/bot/zalo"
)

func zaloSettings() []setting {
	return []setting{
		{"ZALO_APP_ID", "", "số của ứng dụng trên Zalo Developers; trống: không dùng Zalo OA"},
		{"ZALO_APP_SECRET", "", "khóa bí mật của ứng dụng"},
		{"ZALO_OA_SECRET", "", "khóa bí mật của OA, ở trang cài đặt webhook"},
		{"ZALO_OA_ID", "", "số của trang OA; khi có, tin của trang khác bị từ chối"},
		{"ZALO_REFRESH_TOKEN", "", "refresh token đầu tiên; trống: chạy \"khoinghiep zalo login\". Từ lần đổi đầu tiên, token trong cơ sở dữ liệu mới đúng"},
		{"ZALO_API_URL", "https://openapi.zalo.me", "máy chủ OpenAPI của Zalo"},
		{"ZALO_OAUTH_URL", "https://oauth.zaloapp.com", "máy chủ cấp token của Zalo"},
		{"ZALO_TEMPLATE_URL", "https://business.openapi.zalo.me", "máy chủ gửi tin mẫu theo số điện thoại"},
		{"ZALO_RATE", "5", "số tin gửi đi mỗi giây qua Zalo, nhiều nhất"},
		{"ZALO_BUDGET", "0", "số tin có tính phí mỗi tháng, gửi cho người đã im từ 48 giờ đến 7 ngày; 0: dùng mẫu tin"},
		{"ZALO_VERIFIER", "", "xác thực tên miền: tag=MÃ, hoặc file=TÊN_TỆP NỘI DUNG, hoặc cả hai theo thứ tự này"},
		{"ZALO_TEMPLATES", "", "tệp ghi số của các mẫu tin đã được duyệt, mỗi dòng: TÊN SỐ"},
		{"ZALO_PKCE", "on", "on hoặc off: dùng PKCE khi xin quyền của OA"},
		{"ZALO_SIGNATURE", "body header", "chữ ký webhook dùng mốc giờ ở đâu: body, header, hoặc cả hai"},
		{"ZALO_BOT_TOKEN", "", "token của bot trên Zalo Bot Platform; trống: không dùng"},
		{"ZALO_BOT_API_URL", "https://bot-api.zaloplatforms.com", "máy chủ của Zalo Bot Platform"},
		{"ZALO_BOT_MODE", "webhook", "webhook: Zalo gọi tới PUBLIC_URL; poll: tự hỏi tin mới, chỉ để phát triển vì có thể mất tin"},
		{"ZALO_BOT_SECRET", "", "chuỗi bí mật của webhook, 8 đến 256 ký tự A-Z a-z 0-9 _ -"},
	}
}

// zaloConfig is the Official Account, see zalo.Config.
type zaloConfig struct {
	appID, appSecret, oaSecret, oa, refreshToken string // appID "": not used
	api, oauth, template                         string
	rate                                         float64 // messages a second, also of the Bot Platform
	budget                                       int     // messages a month that may go at a charge
	verifier                                     verifier
	templates                                    map[string]string
	withoutPKCE                                  bool
	variants                                     []zalo.Variant
}

// zaloBotConfig is the Bot Platform, see zalobot.Config.
type zaloBotConfig struct {
	token, api, mode, secret string // token "": not used
}

var (
	zaloIDShape        = regexp.MustCompile(`^\d*$`)
	zaloBotTokenShape  = regexp.MustCompile(`^\d+:[^\s/?#%]+$`)
	zaloBotSecretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{8,256}$`)
)

// readZalo reads what concerns Zalo, and names every mistake.
func (c *config) readZalo(values map[string]string) []error {
	c.zalo = zaloConfig{
		appID: values["ZALO_APP_ID"], appSecret: values["ZALO_APP_SECRET"], oaSecret: values["ZALO_OA_SECRET"], oa: values["ZALO_OA_ID"],
		refreshToken: values["ZALO_REFRESH_TOKEN"], withoutPKCE: values["ZALO_PKCE"] == "off",
		api: values["ZALO_API_URL"], oauth: values["ZALO_OAUTH_URL"], template: values["ZALO_TEMPLATE_URL"],
	}
	c.zaloBot = zaloBotConfig{
		token: values["ZALO_BOT_TOKEN"], api: values["ZALO_BOT_API_URL"], mode: values["ZALO_BOT_MODE"], secret: values["ZALO_BOT_SECRET"],
	}
	return append(append(c.zaloMistakes(), c.zaloBotMistakes()...),
		readRate(&c.zalo.rate, values, "ZALO_RATE"),
		readBudget(&c.zalo.budget, values, "ZALO_BUDGET"),
		readVerifier(&c.zalo.verifier, values["ZALO_VERIFIER"]),
		readTemplates(&c.zalo.templates, values["ZALO_TEMPLATES"]),
		readVariants(&c.zalo.variants, values["ZALO_SIGNATURE"]),
		unless(values["ZALO_PKCE"] == "on" || values["ZALO_PKCE"] == "off", "ZALO_PKCE: phải là on hoặc off"),
	)
}

func (c *config) zaloMistakes() []error {
	z, used := c.zalo, c.zalo.appID != ""
	return []error{
		unless(zaloIDShape.MatchString(z.appID), "ZALO_APP_ID: chỉ gồm chữ số"),
		unless(!used || z.appSecret != "", "ZALO_APP_SECRET: cần có khi dùng ZALO_APP_ID"),
		unless(!used || z.oaSecret != "", "ZALO_OA_SECRET: cần có khi dùng ZALO_APP_ID"),
		unless(zaloIDShape.MatchString(z.oa), "ZALO_OA_ID: chỉ gồm chữ số"),
		unless(!used || c.publicURL != "", "PUBLIC_URL: cần có khi dùng ZALO_APP_ID"),
		unless(validURL(z.api, "http", "https"), "ZALO_API_URL: phải bắt đầu bằng http:// hoặc https://"),
		unless(validURL(z.oauth, "http", "https"), "ZALO_OAUTH_URL: phải bắt đầu bằng http:// hoặc https://"),
		unless(validURL(z.template, "http", "https"), "ZALO_TEMPLATE_URL: phải bắt đầu bằng http:// hoặc https://"),
	}
}

func (c *config) zaloBotMistakes() []error {
	b := c.zaloBot
	webhook := b.token != "" && b.mode == "webhook"
	return []error{
		unless(b.token == "" || zaloBotTokenShape.MatchString(b.token), "ZALO_BOT_TOKEN: không đúng dạng 123456:abc… mà Zalo Bot Manager cấp"),
		unless(validURL(b.api, "http", "https"), "ZALO_BOT_API_URL: phải bắt đầu bằng http:// hoặc https://"),
		unless(b.mode == "webhook" || b.mode == "poll", "ZALO_BOT_MODE: phải là webhook hoặc poll"),
		unless(!webhook || c.publicURL != "", "PUBLIC_URL: cần có khi dùng ZALO_BOT_TOKEN với ZALO_BOT_MODE=webhook"),
		unless(!webhook || zaloBotSecretShape.MatchString(b.secret), "ZALO_BOT_SECRET: cần 8 đến 256 ký tự A-Z a-z 0-9 _ - khi ZALO_BOT_MODE=webhook"),
	}
}
