package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/zalobot"
	"khoinghiep/storage"
)

// openZaloBot adds the bot of the Bot Platform to the channels, if it is configured.
func (a *app) openZaloBot(ctx context.Context, now func() time.Time) (err error) {
	if a.config.zaloBot.token == "" {
		return nil
	}
	set, err := zaloBotSetup(ctx, a.config, a.store)
	if err != nil {
		return err
	}
	set.Clock, set.Link = now, a.link(now)
	if a.zaloBot, err = zalobot.New(ctx, set); err != nil {
		return fmt.Errorf("open the Zalo bot: %w", err)
	}
	a.channels = append(a.channels, a.zaloBot)
	return nil
}

// zaloBotSetup is how the settings configure the channel, with the counts that a store keeps.
func zaloBotSetup(ctx context.Context, c config, store *storage.Store) (zalobot.Config, error) {
	counts, err := store.MessageCounts(ctx, "zalobot")
	if err != nil {
		return zalobot.Config{}, err
	}
	b := c.zaloBot
	return zalobot.Config{Token: b.token, APIURL: b.api, Secret: b.secret, Counter: counts, Logger: slog.Default()}, nil
}

// warnOfUsage tells staff once a month that the plan of the bot is running out.
func (a *app) warnOfUsage(ctx context.Context, now time.Time) error {
	used, err := a.zaloBot.Usage(ctx)
	if err != nil || !used.Low() {
		return err
	}
	n := storage.Notice{Source: "zalobot/usage/" + now.Format("2006-01"), Queue: storage.QueueNotices, Again: true, Message: bot.Outgoing{
		Title: "Zalo Bot sắp hết hạn mức",
		Text: "Tháng này đã gửi " + showUsage(used) + ". Hết hạn mức, bot ngừng trả lời trên Zalo. " +
			"Nhờ anh/chị nâng gói của bot, hoặc mời người dùng sang trang Zalo OA.",
	}}
	return a.store.InTx(ctx, func(tx *storage.Tx) error { return storage.NotifyRole(ctx, tx, storage.Staff, n, now) })
}

func showUsage(u zalobot.Usage) string {
	return fmt.Sprintf("%d/%d tin, tới %d/%d người", u.Messages, u.MessageLimit, u.People, u.PeopleLimit)
}
