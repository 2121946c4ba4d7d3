package handlers_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
	"github.com/redis/go-redis/v9"

	"khoinghiep/bot/telegram/telegramtest"
)

// bareBot is what one would write by hand in an hour: a state machine over the same libraries, a queue a chat so that
// answers stay in order, one GET and one SET a turn. It acknowledges before it handles, forgets nothing it should, and
// loses or doubles whatever a crash or a redelivery gives it the chance to.
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
	Step    int      `json:"step"`
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

var bareQuestions = []string{"", "Bước 1/6. Bạn tên gì?", "Bước 2/6. Cán bộ gọi bạn số nào?", "Bước 3/6. Dự án của bạn tên gì?", "Bước 4/6. Dự án làm gì?",
	"Bước 5/6. Dự án đang ở giai đoạn nào?", "Bước 6/6. Dự án làm ở đâu?", "Xem lại"}

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
	s.Step++
	raw, _ := json.Marshal(s)
	b.rdb.Set(ctx, key, raw, 48*time.Hour)
	reply := tgbotapi.NewMessage(m.Chat.ID, bareQuestions[min(s.Step, len(bareQuestions)-1)])
	rows := [][]tgbotapi.InlineKeyboardButton{}
	for _, label := range []string{"Quay lại", "Để sau", "Hủy"} {
		rows = append(rows, tgbotapi.NewInlineKeyboardRow(tgbotapi.NewInlineKeyboardButtonData(label, label)))
	}
	reply.ReplyMarkup = tgbotapi.NewInlineKeyboardMarkup(rows...)
	_, _ = b.api.Send(reply)
}
