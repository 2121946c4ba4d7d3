package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/storage"
)

// openZalo adds the Official Account to the channels, if it is configured.
func (a *app) openZalo(ctx context.Context, now func() time.Time) (err error) {
	if a.config.zalo.appID == "" {
		return nil
	}
	set := zaloSetup(a.config, a.store)
	set.Clock, set.Link = now, a.link(now)
	a.countZalo(&set)
	if a.zalo, err = zalo.New(ctx, set); err != nil {
		return fmt.Errorf("open Zalo: %w", err)
	}
	a.channels = append(a.channels, a.zalo)
	return nil
}

// zaloSetup is how the settings configure the channel, with what it keeps in a store.
func zaloSetup(c config, store *storage.Store) zalo.Config {
	z := c.zalo
	return zalo.Config{
		AppID: z.appID, AppSecret: z.appSecret, OASecret: z.oaSecret, OA: z.oa, RefreshToken: z.refreshToken,
		APIURL: z.api, OAuthURL: z.oauth, TemplateURL: z.template,
		Tokens: zaloTokens{store, grantName(z)}, Uploads: store.Uploads(grantName(z)), Templates: z.templates,
		Variants: z.variants, WithoutPKCE: z.withoutPKCE, Logger: slog.Default(),
	}
}

// grantName is under which name the store keeps what belongs to the app's account.
func grantName(z zaloConfig) string { return "zalo/" + z.appID }

// link makes links to kept files, for channels that do not carry them.
func (a *app) link(now func() time.Time) func(bot.File) string {
	return func(f bot.File) string {
		if f.ID == "" {
			return ""
		}
		return a.links.URL(f.ID, now())
	}
}

// countZalo has what Zalo does counted: which of the two readings of its signature [?] holds, and what messages use up. That
// replies are free to a number [2+], or without end, shows there.
func (a *app) countZalo(set *zalo.Config) {
	signatures := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "khoinghiep_zalo_signatures_total", Help: "Webhook calls of Zalo, by where the timestamp of the signature came from.",
	}, []string{"variant"})
	messages := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "khoinghiep_zalo_messages_total", Help: "Messages that Zalo took, by the quota they used, in Zalo's words.",
	}, []string{"quota"})
	a.metrics.MustRegister(signatures, messages, prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "khoinghiep_zalo_consent", Help: "1: Zalo lets us write for the account; 0: it does not, or nobody knows.",
	}, a.zaloConsent))
	set.Matched = func(v zalo.Variant) { signatures.WithLabelValues(string(v)).Inc() }
	set.Spent = func(_ string, q zalo.Quota) { messages.WithLabelValues(q.Type).Inc() }
}

func (a *app) zaloConsent() float64 {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if a.zalo.Health(ctx) != nil {
		return 0
	}
	return 1
}
