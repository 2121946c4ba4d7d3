// Package telegram is the Telegram channel: it translates between the Bot API and the vocabulary of package bot, and
// decides nothing. It is the only package that knows github.com/go-telegram-bot-api.
//
// Limits and error texts come from https://core.telegram.org/bots/api.
package telegram

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"khoinghiep/bot"
)

// Config is what New needs. Only Token is required.
type Config struct {
	Token       string        // from @BotFather
	APIURL      string        // base URL of a server that speaks the Bot API; default https://api.telegram.org
	Secret      string        // what webhook calls must carry; empty: all of them are refused
	PollTimeout time.Duration // how long one getUpdates waits, in whole seconds; default 50 s
	Logger      *slog.Logger  // default slog.Default()
	HTTP        *http.Client  // default: a client tuned for many small calls to one host
}

// Channel is a Telegram bot. It is safe for concurrent use.
type Channel struct {
	api         tgbotapi.BotAPI // copied for each call, see do
	files       string          // URL prefix of files to download; holds the token
	tokenSecret string          // the part of the token that no error and no log may show
	secret      string
	pollTimeout time.Duration
	log         *slog.Logger
	http        *http.Client
}

var (
	_ bot.Channel    = (*Channel)(nil)
	_ bot.Poller     = (*Channel)(nil)
	_ bot.Editor     = (*Channel)(nil)
	_ bot.Acker      = (*Channel)(nil)
	_ bot.Typist     = (*Channel)(nil)
	_ bot.Downloader = (*Channel)(nil)
)

var (
	tokenShape  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{0,256}$`) // of setWebhook's secret_token
)

// New makes a channel from cfg. It checks the configuration but does not call Telegram, so the program starts without
// a network; Check does call. No error shows the token.
func New(_ context.Context, cfg Config) (*Channel, error) {
	if !tokenShape.MatchString(cfg.Token) {
		return nil, errors.New("telegram: the token does not look like 123456789:AAE…; copy it from @BotFather")
	}
	if !secretShape.MatchString(cfg.Secret) {
		return nil, errors.New("telegram: the webhook secret may hold only A-Z a-z 0-9 _ - and at most 256 of them")
	}
	base := strings.TrimRight(cmp.Or(cfg.APIURL, "https://api.telegram.org"), "/")
	if u, err := url.Parse(base); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, errors.New("telegram: the API address is not a URL such as https://api.telegram.org")
	}
	_, tokenSecret, _ := strings.Cut(cfg.Token, ":")
	c := &Channel{
		api:         tgbotapi.BotAPI{Token: cfg.Token},
		files:       base + "/file/bot" + cfg.Token + "/",
		tokenSecret: tokenSecret,
		secret:      cfg.Secret,
		pollTimeout: cmp.Or(cfg.PollTimeout, 50*time.Second),
		log:         cmp.Or(cfg.Logger, slog.Default()),
		http:        cmp.Or(cfg.HTTP, newClient()),
	}
	// The library puts token and method in with Sprintf.
	c.api.SetAPIEndpoint(strings.ReplaceAll(base, "%", "%%") + "/bot%s/%s")
	return c, nil
}

// Name is the channel's name in addresses: "telegram".
func (*Channel) Name() string { return "telegram" }

// Can tells Telegram's limits. The caption of a file is shorter than TextLimit: 1024 UTF-16 units; a longer one is
// refused with bot.ErrRejected.
func (*Channel) Can() bot.Abilities {
	return bot.Abilities{TextLimit: 4096, ButtonLimit: 100, Contact: true, Files: true, Edits: true, WritesFirst: true}
}

// Check asks Telegram who the bot is and so proves address, network and token. The username is without "@".
func (c *Channel) Check(ctx context.Context) (username string, err error) {
	var me tgbotapi.User
	if err := c.ask(ctx, "getMe", nil, &me); err != nil {
		return "", err
	}
	if me.UserName == "" {
		return "", fmt.Errorf("telegram getMe: the answer has no username")
	}
	return me.UserName, nil
}
