package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

func help(_ context.Context, c console, _ []string) error {
	fmt.Fprintln(c.out, "Khởi Nghiệp Bot: trợ lý khởi nghiệp đổi mới sáng tạo tỉnh Quảng Ngãi")
	fmt.Fprintln(c.out, "\nCách dùng: khoinghiep LỆNH")
	for _, cmd := range commands() {
		fmt.Fprintf(c.out, "  %-8s %s\n", cmd.name, cmd.help)
	}
	fmt.Fprintln(c.out, "\nBiến môi trường (đều tùy chọn):")
	for _, s := range settings() {
		fmt.Fprintf(c.out, "  %s\n      %s\n", s.name, s.help)
		if s.fallback != "" {
			fmt.Fprintf(c.out, "      mặc định: %s\n", s.fallback)
		}
	}
	return nil
}

func printVersion(_ context.Context, c console, _ []string) error {
	fmt.Fprintln(c.out, "khoinghiep", version())
	return nil
}

// version is the module's version, or the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "không rõ"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}
