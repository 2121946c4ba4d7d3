package main

import (
	"context"
	"errors"
	"io"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/bot/webchat"
	"khoinghiep/storage"
)

// openWebChat adds the web chat to the channels.
func (a *app) openWebChat() {
	a.weblog = storage.NewWebLog(a.store)
	a.channels = append(a.channels, a.webChat("web", "/chat", webchat.Abilities()))
	if a.config.demo {
		a.openLooks()
	}
}

func (a *app) webChat(name, path string, can bot.Abilities) *webchat.Channel {
	return webchat.New(webchat.Config{
		Name: name, Path: path, Can: can, Origins: a.config.webOrigins,
		Log: a.weblog, Files: webFiles{a.files},
	})
}

// webFiles keeps uploads where the files of all channels are.
type webFiles struct{ *storage.Files }

// Put tells the web chat which files are refused for good.
func (f webFiles) Put(ctx context.Context, r io.Reader, name string) (bot.File, error) {
	file, err := f.Files.Put(ctx, r, name)
	if problem := viet.Problem(""); errors.As(err, &problem) {
		return bot.File{}, webchat.Refusal(problem)
	}
	return file, err
}
