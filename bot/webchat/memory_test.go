package webchat_test

import (
	"context"
	"io"
	"slices"
	"strings"
	"sync"

	"khoinghiep/bot"
	"khoinghiep/bot/webchat"
)

// memory is a log that lasts as long as the test.
type memory struct {
	mu    sync.Mutex
	chats map[string][]bot.Entry
}

func newMemory() *memory { return &memory{chats: map[string][]bot.Entry{}} }

func (m *memory) Append(_ context.Context, chat string, e bot.Entry) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := slices.IndexFunc(m.chats[chat], func(old bot.Entry) bool { return old.Key == e.Key }); i >= 0 {
		return m.chats[chat][i].Seq, nil
	}
	e.Seq = int64(len(m.chats[chat]) + 1)
	m.chats[chat] = append(m.chats[chat], e)
	return e.Seq, nil
}

func (m *memory) After(_ context.Context, chat string, seq int64, most int) ([]bot.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.chats[chat][min(int(seq), len(m.chats[chat])):]
	return slices.Clone(list[:min(most, len(list))]), nil
}

func (m *memory) Last(_ context.Context, chat string, most int) ([]bot.Entry, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.chats[chat]
	return slices.Clone(list[max(0, len(list)-most):]), nil
}

func (m *memory) Watch(string) (<-chan struct{}, func()) { return nil, func() {} }

// files keeps a content in its own id.
type files struct{}

func (files) Put(_ context.Context, r io.Reader, name string) (bot.File, error) {
	content, err := io.ReadAll(r)
	switch {
	case err != nil:
		return bot.File{}, err
	case strings.HasSuffix(name, ".exe"):
		return bot.File{}, webchat.Refusal("Bạn gửi loại tệp khác giúp nhé.")
	}
	return bot.File{ID: string(content), Name: name, Size: int64(len(content))}, nil
}

func (files) Open(_ context.Context, id string) (io.ReadCloser, error) {
	return io.NopCloser(strings.NewReader(id)), nil
}
