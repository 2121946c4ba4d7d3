// Command khoinghiep is the chatbot service of Quảng Ngãi's innovation-startup ecosystem: one process that talks with
// founders, agencies and officers on their chat platforms.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // Asia/Ho_Chi_Minh, also where the system has no time zones
)

// command is one subcommand.
type command struct {
	name, help string
	run        func(ctx context.Context, c console, args []string) error
}

// console is what a subcommand may use of the outside: tests give it their own.
type console struct {
	in     io.Reader
	out    io.Writer
	getenv func(string) string
}

func commands() []command {
	return []command{
		{"serve", "chạy dịch vụ: các kênh chat, HTTP, việc định kỳ", serve},
		{"demo", "dùng thử trong trình duyệt, không cần cài gì thêm; demo --terminal: trong cửa sổ lệnh", demo},
		{"invite", "tạo mã mời dùng một lần: invite --role staff|approver|admin", invite},
		{"zalo", "in liên kết để quản trị viên của OA cho phép dịch vụ gửi tin: zalo login", zaloCommand},
		{"plan", "kiểm tra, nạp, xem kế hoạch: plan check|load|show TỆP", planCommand},
		{"remind", "in và xếp gửi các tin nhắc hạn của một thời điểm: remind --at 2026-12-08T08:00+07:00; thêm --dry-run: chỉ in", remind},
		{"contest", "kiểm tra hoặc lập một cuộc thi từ tệp Excel: contest check|load TỆP", contestCommand},
		{"migrate", "cập nhật các bảng của cơ sở dữ liệu", migrate},
		{"doctor", "kiểm tra từng phần đã cấu hình, chỉ ra chỗ cần sửa", doctor},
		{"version", "in phiên bản", printVersion},
		{"help", "in trang này", help},
	}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, console{os.Stdin, os.Stdout, os.Getenv}, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "khoinghiep:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, c console, args []string) error {
	if len(args) == 0 {
		args = []string{"help"}
	}
	for _, cmd := range commands() {
		if cmd.name == strings.TrimLeft(args[0], "-") {
			if err := cmd.run(ctx, c, args[1:]); !errors.Is(err, flag.ErrHelp) {
				return err
			}
			return nil
		}
	}
	return fmt.Errorf("không có lệnh %q; gõ \"khoinghiep help\" để xem các lệnh", args[0])
}

// configure reads the environment and sets the log up.
func configure(c console) (config, error) {
	cfg, err := readConfig(c.getenv)
	if err != nil {
		return config{}, err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: cfg.logLevel})))
	return cfg, nil
}
