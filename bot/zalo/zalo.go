// Package zalo is the channel of a Zalo Official Account (OA): it translates between Zalo's OpenAPI and the vocabulary of
// package bot, and decides nothing.
//
// There is no sandbox and no complete public reference of Zalo: what this package knows was gathered in November 2026 from
// other people's code and pages. Marks beside a fact say how sure it is: [2+] two or more independent sources agree, [1] one
// source, [?] unconfirmed, and so read tolerantly or left to Config.
package zalo

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"khoinghiep/bot"
)

// Config is what New needs. AppID, AppSecret, OASecret, Tokens and Uploads are required. Its functions are called from many
// goroutines.
type Config struct {
	AppID        string // of the app that the OA's admins let act for them
	AppSecret    string // of the app, for OAuth
	OASecret     string // of the webhook's settings page, another one than AppSecret [2+]
	OA           string // id of the account; when given, events and consents of any other are refused
	RefreshToken string // of the first grant; used only while Tokens holds none

	APIURL      string // default https://openapi.zalo.me
	OAuthURL    string // default https://oauth.zaloapp.com
	TemplateURL string // of templates by phone; default https://business.openapi.zalo.me

	Tokens    Tokens
	Uploads   Uploads
	Templates map[string]string     // ids of approved templates by the names that bot.Template has
	Link      func(bot.File) string // an address where a person can fetch a file that Zalo does not carry; "": none

	Variants    []Variant // of the webhook's signature that are accepted, default all
	WithoutPKCE bool      // consent without code_challenge and code_verifier [?]
	ButtonType  string    // template_type of messages with buttons: none, or "button" [?]
	CardImage   string    // address of the picture on the card that asks for a phone number; Zalo may want one [?]

	Spent   func(chat string, q Quota) // told what a message used of which quota
	Matched func(Variant)              // told which variant a webhook call was signed in

	Clock  func() time.Time // default time.Now
	Logger *slog.Logger     // default slog.Default()
	HTTP   *http.Client     // for all but downloads; default: a client tuned for many small calls to one host
}

// Channel is an Official Account. It is safe for concurrent use.
type Channel struct {
	cfg       Config
	downloads *http.Client
	brake     brake
	last      atomic.Pointer[Grant] // read from Tokens
}

var (
	_ bot.Channel    = (*Channel)(nil)
	_ bot.Downloader = (*Channel)(nil)
	_ bot.Hurried    = (*Channel)(nil)
	_ bot.Templater  = (*Channel)(nil)
)

// New makes a channel from cfg. It checks the configuration but does not call Zalo, so the program starts without a
// network; Health and Renew tell how things stand. No error shows a secret.
func New(_ context.Context, cfg Config) (*Channel, error) {
	if cfg.AppID == "" || cfg.AppSecret == "" || cfg.OASecret == "" {
		return nil, errors.New("zalo: the app's id and secret and the account's secret are needed")
	}
	if cfg.Tokens == nil || cfg.Uploads == nil {
		return nil, errors.New("zalo: somewhere to keep tokens and upload ids is needed")
	}
	if err := cfg.addresses(); err != nil {
		return nil, err
	}
	cfg.fill()
	return &Channel{cfg: cfg, downloads: downloadClient(cfg.APIURL)}, nil
}

// addresses puts the default addresses in and checks all.
func (cfg *Config) addresses() error {
	cfg.APIURL = cmp.Or(cfg.APIURL, "https://openapi.zalo.me")
	cfg.OAuthURL = cmp.Or(cfg.OAuthURL, "https://oauth.zaloapp.com")
	cfg.TemplateURL = cmp.Or(cfg.TemplateURL, "https://business.openapi.zalo.me")
	for _, address := range []*string{&cfg.APIURL, &cfg.OAuthURL, &cfg.TemplateURL} {
		*address = strings.TrimRight(*address, "/")
		if u, err := url.Parse(*address); err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return errors.New("zalo: an address is not a URL such as https://openapi.zalo.me")
		}
	}
	return nil
}

// fill puts the other defaults in.
func (cfg *Config) fill() {
	if len(cfg.Variants) == 0 {
		cfg.Variants = []Variant{BodyTimestamp, HeaderTimestamp}
	}
	if cfg.Link == nil {
		cfg.Link = func(bot.File) string { return "" }
	}
	if cfg.Spent == nil {
		cfg.Spent = func(string, Quota) {}
	}
	if cfg.Matched == nil {
		cfg.Matched = func(Variant) {}
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	cfg.Logger = cmp.Or(cfg.Logger, slog.Default())
	cfg.HTTP = cmp.Or(cfg.HTTP, newClient())
}

// Name is the channel's name in addresses: "zalo".
func (*Channel) Name() string { return "zalo" }

// Can tells Zalo's limits: 2,000 characters [2+], 5 buttons, 48 h free of charge and 7 days in all [2+]. A message with a file is sent as two, see Send.
func (*Channel) Can() bot.Abilities {
	return bot.Abilities{TextLimit: 2000, ButtonLimit: 5, Contact: true, Files: true, Unordered: true, Free: 48 * time.Hour, Window: 7 * 24 * time.Hour}
}
