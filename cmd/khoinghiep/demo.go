package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/terminal"
)

// demo shows the bot in the browser, or in this terminal, on a database file of its own, with no platform and no server.
// Leaving and coming back continues the conversations.
func demo(ctx context.Context, c console, args []string) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	inTerminal := flags.Bool("terminal", false, "trò chuyện ngay trong cửa sổ lệnh")
	if err := parseFlags(c, flags, args); err != nil {
		return err
	}
	cfg, err := demoConfig(c.getenv)
	if err != nil {
		return err
	}
	slog.SetLogLoggerLevel(slog.LevelWarn)
	if *inTerminal {
		return demoInTerminal(ctx, c, cfg)
	}
	cfg.demo = true
	a, err := newApp(ctx, cfg, time.Now)
	if err != nil {
		return err
	}
	at := "http://" + a.listener.Addr().String()
	fmt.Fprintf(c.out, "Khởi Nghiệp Bot, bản dùng thử. Bạn mở trong trình duyệt:\n  %s/chat  trò chuyện\n  %s/demo  ba vai cạnh nhau\n"+
		"Ctrl+C để thoát; lần sau vào lại sẽ tiếp tục.\n", at, at)
	return a.run(ctx)
}

func demoInTerminal(ctx context.Context, c console, cfg config) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	cfg.httpAddr, cfg.publicURL = "127.0.0.1:0", ""
	a, err := newApp(ctx, cfg, time.Now, untilEnd{terminal.New(c.in, c.out), stop})
	if err != nil {
		return err
	}
	fmt.Fprintln(c.out, "Khởi Nghiệp Bot, bản dùng thử. Gõ \"xin chào\" để bắt đầu; Ctrl+C để thoát, lần sau vào lại sẽ tiếp tục.")
	return a.run(ctx)
}

// untilEnd is a terminal whose end of input ends the demo.
type untilEnd struct {
	*terminal.Channel
	stop context.CancelFunc
}

// Poll reads until the end of input, and then stops the demo.
func (u untilEnd) Poll(ctx context.Context, accept func(bot.Incoming) <-chan error) error {
	defer u.stop()
	return u.Channel.Poll(ctx, accept)
}

// demoConfig is the environment without what the demo has no use for. It refuses what could do harm: a real database, or
// an address that others can reach.
func demoConfig(getenv func(string) string) (config, error) {
	cfg, err := readConfig(getenv)
	if err != nil {
		return config{}, err
	}
	if getenv("DATABASE_URL") == "" {
		cfg.databaseURL = "sqlite:data/demo.db"
	}
	if getenv("FILES_DIR") == "" {
		cfg.filesDir = "data/demo-files"
	}
	if getenv("HTTP_ADDR") == "" {
		cfg.httpAddr = freeAddr(cfg.httpAddr)
	}
	cfg.publicURL = cmp.Or(cfg.publicURL, localURL(cfg.httpAddr)) // so that files and codes have links
	cfg.redisURL, cfg.telegramToken, cfg.zalo, cfg.zaloBot = "", "", zaloConfig{}, zaloBotConfig{}
	cfg.approval = approvalByOne // there is one of each
	host, _, _ := net.SplitHostPort(cfg.httpAddr)
	ip := net.ParseIP(host)
	return cfg, errors.Join(
		unless(strings.HasPrefix(cfg.databaseURL, "sqlite:"), "DATABASE_URL: bản dùng thử không chạy trên PostgreSQL; bỏ biến này hoặc dùng sqlite:"),
		unless(host == "localhost" || ip != nil && ip.IsLoopback(), "HTTP_ADDR: bản dùng thử chỉ nghe trên 127.0.0.1"))
}

// freeAddr is addr, or one with another port when somebody else listens there.
func freeAddr(addr string) string {
	for _, try := range []string{addr, "127.0.0.1:0"} {
		if l, err := net.Listen("tcp", try); err == nil { //nolint:noctx // returns at once: nothing is looked up
			defer func() { _ = l.Close() }()
			return l.Addr().String()
		}
	}
	return addr // what is wrong is told when the server listens
}

// localURL is where this machine reaches a server that listens at addr; "" when the port is not known yet.
func localURL(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	switch {
	case err != nil || port == "0":
		return ""
	case host == "" || net.ParseIP(host).IsUnspecified():
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
