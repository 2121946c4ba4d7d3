package webchat

import (
	"context"
	"io"

	"khoinghiep/bot"
)

// Log keeps what was said in each chat, for every page and every replica that shows it.
type Log interface {
	// Append adds e with the next place of its chat; an entry whose key the chat has already keeps its place.
	Append(ctx context.Context, chat string, e bot.Entry) (seq int64, err error)
	// After lists the first entries behind seq, at most as many as told.
	After(ctx context.Context, chat string, seq int64, most int) ([]bot.Entry, error)
	// Last lists the newest entries, the oldest of them first.
	Last(ctx context.Context, chat string, most int) ([]bot.Entry, error)
	// Watch yields when the chat may have new entries, wherever they were added. It may miss some.
	Watch(chat string) (woken <-chan struct{}, stop func())
}

// Refusal is why a file is not taken, in words for the person.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// Files keeps what people upload.
type Files interface {
	// Put stores what r has to the end. The error wraps a Refusal when the file will not be taken another time either.
	Put(ctx context.Context, r io.Reader, name string) (bot.File, error)
	Open(ctx context.Context, id string) (io.ReadCloser, error)
}
