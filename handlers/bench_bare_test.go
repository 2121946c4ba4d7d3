package handlers_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/redis/go-redis/v9"

	"khoinghiep/bot/telegram/telegramtest"
)

// bareBot is what one would write by hand in an hour: a state machine over the same libraries that says the same words, a
// queue a chat so that answers stay in order, one GET and one SET a turn. It takes every answer as it comes, acknowledges
// before it handles, and loses or doubles whatever a crash or a redelivery gives it the chance to.
func bareBot() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	client := &http.Client{Timeout: 70 * time.Second, Transport: &http.Transport{MaxIdleConns: 200, MaxIdleConnsPerHost: 200}}
	api := must(tgbotapi.NewBotAPIWithClient(telegramtest.Token, os.Getenv("API")+"/bot%s/%s", client))
	o := must(redis.ParseURL(os.Getenv("REDIS")))
	o.PoolSize = 32
	b := bare{api: api, rdb: redis.NewClient(o), queues: map[int64]chan *tgbotapi.Message{}}
	var trips atomic.Int64
	b.rdb.AddHook(tripCounter{&trips})
	tellStats(&trips)
	offset := 0
	for ctx.Err() == nil {
		updates, err := api.GetUpdates(tgbotapi.UpdateConfig{Offset: offset, Limit: 100, Timeout: 5})
		if err != nil {
			continue
		}
		for _, u := range updates {
			offset = u.UpdateID + 1
			if u.Message != nil {
				b.queue(ctx, u.Message.Chat.ID) <- u.Message
			}
		}
	}
}

type bare struct {
	api    *tgbotapi.BotAPI
	rdb    *redis.Client
	mu     sync.Mutex
	queues map[int64]chan *tgbotapi.Message
}

type bareState struct {
	Answers []string `json:"answers"`
}

func (b *bare) queue(ctx context.Context, chat int64) chan *tgbotapi.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	q, ok := b.queues[chat]
	if !ok {
		q = make(chan *tgbotapi.Message, 100)
		b.queues[chat] = q
		go func() {
			for m := range q {
				b.handle(ctx, m)
			}
		}()
	}
	return q
}

// bareStep is one message of the dialog, word for word as benchConversation has it.
type bareStep struct {
	html    string
	contact string // the button that shares the person's number; "": none
	rows    [][]string
}

var bareSteps = []bareStep{
	{html: "<b>Bước 1/6 ▰▱▱▱▱▱ Họ và tên</b>\nBạn tên gì?\nVí dụ: Nguyễn Thị Đào", rows: [][]string{{"Để sau"}, {"Hủy"}}},
	{
		html: "<b>Bước 2/6 ▰▰▱▱▱▱ Số điện thoại</b>\nCán bộ gọi bạn số nào?\nVí dụ: 0912 345 678", contact: "Gửi số của tôi",
		rows: [][]string{{"Quay lại", "Để sau"}, {"Hủy"}},
	},
	{html: "<b>Bước 3/6 ▰▰▰▱▱▱ Tên dự án</b>\nDự án của bạn tên gì?\nVí dụ: Tinh dầu sả", rows: [][]string{{"Quay lại", "Để sau"}, {"Hủy"}}},
	{html: "<b>Bước 4/6 ▰▰▰▰▱▱ Mô tả</b>\nDự án làm gì?\nVí dụ: Bán tinh dầu", rows: [][]string{{"Quay lại", "Để sau"}, {"Hủy"}}},
	{html: "<b>Bước 5/6 ▰▰▰▰▰▱ Giai đoạn</b>\nDự án đang ở giai đoạn nào?", rows: [][]string{
		{"Ý tưởng"}, {"Đã có mẫu thử"}, {"Đã bán thử"}, {"Có doanh thu"}, {"Tăng trưởng"}, {"Quay lại", "Để sau"}, {"Hủy"},
	}},
	{html: "<b>Bước 6/6 ▰▰▰▰▰▰ Nơi thực hiện</b>\nDự án làm ở đâu?\nVí dụ: Quảng Ngãi", rows: [][]string{{"Quay lại", "Để sau"}, {"Hủy"}}},
	{
		html: "<b>Xem lại: Mẫu</b>\n1. Họ và tên: %s\n2. Số điện thoại: %s\n3. Tên dự án: %s\n4. Mô tả: %s\n5. Giai đoạn: %s\n6. Nơi thực hiện: %s" +
			"\n\nSai dòng nào, gõ số dòng đó.",
		rows: [][]string{{"Gửi"}, {"Để sau"}, {"Hủy"}},
	},
}

func (b *bare) handle(ctx context.Context, m *tgbotapi.Message) {
	key := "bare:" + strconv.FormatInt(m.Chat.ID, 10)
	var s bareState
	if raw, err := b.rdb.Get(ctx, key).Bytes(); err == nil {
		_ = json.Unmarshal(raw, &s)
	}
	if m.Text == "/mau" {
		s = bareState{}
	} else {
		s.Answers = append(s.Answers, m.Text)
	}
	raw, _ := json.Marshal(s)
	b.rdb.Set(ctx, key, raw, 48*time.Hour)
	_, _ = b.api.Send(bareReply(m.Chat.ID, s.Answers))
}

func bareReply(chat int64, answers []string) tgbotapi.MessageConfig {
	step := bareSteps[min(len(answers), len(bareSteps)-1)]
	reply := tgbotapi.NewMessage(chat, step.html)
	if n := strings.Count(step.html, "%s"); n > 0 {
		shown := make([]any, n)
		for i := range shown {
			shown[i] = html.EscapeString(answers[i])
		}
		reply.Text = fmt.Sprintf(step.html, shown...)
	}
	reply.ParseMode = tgbotapi.ModeHTML
	if step.contact == "" {
		reply.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(bareRows(step.rows, func(label string) tgbotapi.InlineKeyboardButton {
			return tgbotapi.NewInlineKeyboardButtonData(label, label)
		})...)
		return reply
	}
	keys := [][]tgbotapi.KeyboardButton{{tgbotapi.NewKeyboardButtonContact(step.contact)}}
	reply.ReplyMarkup = tgbotapi.NewOneTimeReplyKeyboard(append(keys, bareRows(step.rows, tgbotapi.NewKeyboardButton)...)...)
	return reply
}

func bareRows[B any](rows [][]string, button func(label string) B) [][]B {
	keys := make([][]B, len(rows))
	for i, row := range rows {
		for _, label := range row {
			keys[i] = append(keys[i], button(label))
		}
	}
	return keys
}
