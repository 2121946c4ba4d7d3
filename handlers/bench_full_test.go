package handlers_test

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/telegram"
	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// fullBot is this program's engine on Redis and PostgreSQL.
func fullBot() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	store := must(storage.Open(ctx, os.Getenv("DB")))
	dialogs := must(storage.NewRedisDialogs(store, os.Getenv("REDIS"), "bench"))
	var trips atomic.Int64
	dialogs.AddHook(tripCounter{&trips})
	tellStats(&trips)
	debug.SetGCPercent(400) // as serve does
	ch := must(telegram.New(ctx, telegram.Config{Token: telegramtest.Token, APIURL: os.Getenv("API")}))
	go dialogs.Run(ctx)
	e := handlers.NewEngine(handlers.Config{
		Channels: []bot.Channel{ch}, Dialogs: dialogs, Store: store, Router: handlers.NewRouter("", benchConversation()),
		Owner: "bench", Clock: time.Now, Metrics: handlers.NewMetrics(prometheus.NewRegistry()),
	})
	if err := ch.Poll(ctx, e.Accept); err != nil {
		slog.Error("polling ended", "error", err)
	}
	e.Close(context.Background())
}

// benchConversation is a form of six questions that keeps nothing.
func benchConversation() *handlers.Conversation {
	f := &form.Form{Name: "mau", Title: "Mẫu", Submit: "Gửi", Fields: []form.Field{
		form.Name("ho_ten", "Họ và tên", "Bạn tên gì?"),
		form.Phone("dien_thoai", "Số điện thoại", "Cán bộ gọi bạn số nào?"),
		form.Text("ten_du_an", "Tên dự án", "Dự án của bạn tên gì?", "Tinh dầu sả"),
		form.Text("mo_ta", "Mô tả", "Dự án làm gì?", "Bán tinh dầu"),
		form.One("giai_doan", "Giai đoạn", "Dự án đang ở giai đoạn nào?", handlers.Stages()...),
		form.Text("noi", "Nơi thực hiện", "Dự án làm ở đâu?", "Quảng Ngãi"),
	}}
	c := &handlers.Conversation{Name: "mau", Label: "Mẫu", Form: f}
	c.Answered = func(_ context.Context, t *handlers.Turn, _ form.Answers) error {
		if t.Session.Form.Answers["noi"] != "" { // the last answer ends it, so that the next round begins anew
			t.Session.Drop()
		}
		return nil
	}
	return c
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
