package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"khoinghiep/bot/telegram"
	"khoinghiep/storage"
)

const inviteFor = storage.InviteFor

// invite prints a one-time code that makes whoever sends it first an officer, and the link that sends it.
func invite(ctx context.Context, c console, args []string) error {
	flags := flag.NewFlagSet("invite", flag.ContinueOnError)
	role := flags.String("role", "", "vai trò: staff, approver hoặc admin")
	if err := parseFlags(c, flags, args); err != nil {
		return err
	}
	if !storage.Role(*role).Valid() {
		return fmt.Errorf("cần vai trò: invite --role staff|approver|admin")
	}
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	now := time.Now()
	code, err := store.Invite(ctx, storage.Role(*role), now, now.Add(inviteFor))
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Mã mời: %s\nDùng một lần, hết hạn sau 7 ngày. Gửi riêng cho người nhận; người nhận gửi mã này cho bot.\n", storage.ShowCode(code))
	return printLinks(ctx, c, code)
}

// printLinks prints the link to the page of the code, at the public address if there is one, and the one that opens
// Telegram and sends the code, when the bot can be asked for its name.
func printLinks(ctx context.Context, c console, code string) error {
	cfg, err := readConfig(c.getenv)
	if err != nil {
		return err
	}
	switch here := localURL(cfg.httpAddr); {
	case cfg.publicURL != "":
		fmt.Fprintf(c.out, "Liên kết: %s/m/%s\n", cfg.publicURL, code)
	case here != "":
		fmt.Fprintf(c.out, "Liên kết, chỉ mở được trên máy đang chạy dịch vụ: %s/m/%s\n", here, code)
	}
	if cfg.telegramToken == "" {
		return nil
	}
	ch, err := telegram.New(ctx, telegram.Config{Token: cfg.telegramToken, APIURL: cfg.telegramAPI})
	if err != nil {
		return fmt.Errorf("mở Telegram: %w", err)
	}
	if name, err := ch.Check(ctx); err == nil {
		fmt.Fprintf(c.out, "Liên kết Telegram: https://t.me/%s?start=%s\n", name, code)
	} else {
		fmt.Fprintln(c.out, "Chưa hỏi được tên bot từ Telegram nên không in được liên kết; mã vẫn dùng được.")
	}
	return nil
}
