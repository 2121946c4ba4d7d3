// Package zalobot is the Zalo Bot channel: it translates between the API of Zalo's Bot Platform and the vocabulary of
// package bot, and decides nothing. It suits a pilot: the free plan knows 50 people and 3,000 messages a month.
//
// No official page was at hand when this was written. Facts come from what others published about
// https://docs.zaloplatforms.com/docs/BOT, and bear a mark: [2+] two or more sources agree, [1] one source,
// [?] not confirmed, so the code is tolerant there or can be configured.
package zalobot

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

	"khoinghiep/bot"
)

// Config is what New needs. Token and Counter are required.
type Config struct {
	Token        string                  // from the Zalo account "Zalo Bot Manager"
	APIURL       string                  // base URL of a server that speaks the API; default https://bot-api.zaloplatforms.com
	Secret       string                  // what webhook calls must carry, 8 to 256 characters; empty: all of them are refused
	Counter      Counter                 // counts what the plan limits
	MessageLimit int                     // messages a month; default 3,000, the free plan's [2+]
	PeopleLimit  int                     // people; default 50, the free plan's [2+]
	Link         func(f bot.File) string // public address of a file that has an ID, "" when there is none; nil: there never is
	PollTimeout  time.Duration           // how long one getUpdates waits, in whole seconds; default 30 s, as Zalo's [2+]
	Clock        func() time.Time        // tells the day on which a month begins; default time.Now
	Logger       *slog.Logger            // default slog.Default()
	HTTP         *http.Client            // default: a client tuned for many small calls to one host
}

// Channel is a Zalo bot. It is safe for concurrent use.
type Channel struct {
	methods     string // URL prefix of all methods; holds the token
	tokenSecret string // the part of the token that no error and no log may show
	secret      string
	counter     Counter
	limits      Usage
	link        func(bot.File) string
	pollTimeout time.Duration
	clock       func() time.Time
	log         *slog.Logger
	http        *http.Client
	photos      *http.Client
	plain       bool // the API speaks http: a stand-in on our own network, so photos may be there, too
}

var (
	_ bot.Channel    = (*Channel)(nil)
	_ bot.Poller     = (*Channel)(nil)
	_ bot.Typist     = (*Channel)(nil)
	_ bot.Downloader = (*Channel)(nil)
)

var (
	tokenShape  = regexp.MustCompile(`^[0-9]+:[^\s/?#%]+$`)       // 12345689:abc-xyz [2+]; what it may hold is told nowhere [?]
	secretShape = regexp.MustCompile(`^([A-Za-z0-9_-]{8,256})?$`) // the length is Zalo's [2+]; the letters are safe in a header
)

// New makes a channel from cfg. It checks the configuration but does not call Zalo, so the program starts without a
// network; Check does call. No error shows the token.
func New(_ context.Context, cfg Config) (*Channel, error) {
	base := strings.TrimRight(cmp.Or(cfg.APIURL, "https://bot-api.zaloplatforms.com"), "/")
	address, err := url.Parse(base)
	switch {
	case !tokenShape.MatchString(cfg.Token):
		return nil, errors.New("zalobot: the token does not look like 12345689:abc-xyz; copy it from Zalo Bot Manager")
	case !secretShape.MatchString(cfg.Secret):
		return nil, errors.New("zalobot: the webhook secret needs 8 to 256 of A-Z a-z 0-9 _ -")
	case err != nil || address.Host == "" || (address.Scheme != "http" && address.Scheme != "https"):
		return nil, errors.New("zalobot: the API address is not a URL such as https://bot-api.zaloplatforms.com")
	case cfg.Counter == nil:
		return nil, errors.New("zalobot: nothing counts the messages")
	}
	return connect(cfg, base, address.Scheme == "http"), nil
}

// connect makes a channel of a configuration that was checked.
func connect(cfg Config, base string, plain bool) *Channel {
	c := &Channel{
		methods: base + "/bot" + cfg.Token + "/", secret: cfg.Secret, plain: plain,
		counter: cfg.Counter, link: cfg.Link, clock: cfg.Clock,
		limits:      Usage{MessageLimit: cmp.Or(cfg.MessageLimit, 3000), PeopleLimit: cmp.Or(cfg.PeopleLimit, 50)},
		pollTimeout: cmp.Or(cfg.PollTimeout, 30*time.Second),
		log:         cmp.Or(cfg.Logger, slog.Default()),
		http:        cmp.Or(cfg.HTTP, newClient()),
		photos:      newPhotoClient(plain),
	}
	_, c.tokenSecret, _ = strings.Cut(cfg.Token, ":")
	if c.clock == nil {
		c.clock = time.Now
	}
	return c
}

// Name is the channel's name in addresses: "zalobot".
func (*Channel) Name() string { return "zalobot" }

// Can tells the platform's limits: 2,000 characters [2+], taken as UTF-16 units, the strictest reading [?]; no buttons, no
// documents, no editing [2+]. No window was found after which the bot may not write [?]. The link to a file is part of the
// text: both together over the limit are refused with bot.ErrRejected.
func (*Channel) Can() bot.Abilities {
	return bot.Abilities{TextLimit: 2000, WritesFirst: true, Unordered: true}
}

// Check asks Zalo who the bot is and so proves address, network and token. The name is the account's, such as
// "bot.VDKyGxQvc" [2+].
func (c *Channel) Check(ctx context.Context) (name string, err error) {
	var me struct {
		Name string `json:"account_name"`
	}
	if err := c.ask(ctx, "getMe", struct{}{}, &me); err != nil {
		return "", err
	}
	if me.Name == "" {
		return "", fmt.Errorf("zalobot getMe: the answer names no account")
	}
	return me.Name, nil
}
