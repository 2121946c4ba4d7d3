package handlers

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// fetchTimeout leaves a turn time to answer.
const fetchTimeout = turnTimeout - 2*time.Second

const errNotFetched = viet.Problem("Mình chưa tải được tệp này. Bạn gửi lại giúp; nếu tệp lớn, bạn gửi đường dẫn tới tệp.")

// Fetch brings a file of this message home, into Files; where the channel does not keep files itself, it is there already.
// What may not be kept is refused with a viet.Problem. A decision made again fetches again, which changes nothing. A file
// that takes longer than fetchTimeout is given up.
func (t *Turn) Fetch(ctx context.Context, f bot.File) (bot.File, error) {
	if err := errors.Join(storage.Marked(t.In.Text), storage.Marked(f.Name)); err != nil {
		return bot.File{}, err
	}
	downloader, ok := t.channel.(bot.Downloader)
	switch {
	case !ok:
		return f, nil
	case f.Size > storage.FileLimit:
		return bot.File{}, storage.ErrFileTooBig
	}
	fetching, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	content, err := downloader.Download(fetching, f)
	if err != nil {
		slog.Warn("a file was not fetched", "channel", t.In.From.Channel, "error", err)
		return bot.File{}, errNotFetched
	}
	defer func() { _ = content.Close() }()
	watched := &download{Reader: content}
	kept, err := t.Files.Put(ctx, watched, f.Name)
	if watched.err != nil {
		slog.Warn("a file was not fetched to its end", "channel", t.In.From.Channel, "error", watched.err)
		return bot.File{}, errNotFetched
	}
	return kept, err
}

// download remembers its failure, to tell it from one of ours.
type download struct {
	io.Reader
	err error
}

func (d *download) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		d.err = err
	}
	return n, err
}

// FileButtons open contents, each for the time that its link works; there are none without a public address.
func (t *Turn) FileButtons(files ...bot.File) []bot.Button {
	buttons := []bot.Button{}
	for _, f := range files {
		if url := t.links.URL(f.ID, t.Now); url != "" {
			buttons = append(buttons, bot.Button{Label: "Xem " + cmp.Or(f.Name, "ảnh"), URL: url, Row: true})
		}
	}
	return buttons
}

// FetchAll brings the files of this message home. Those that may not be kept are left out, and the person is told why.
func (t *Turn) FetchAll(ctx context.Context) ([]bot.File, error) {
	kept := []bot.File{}
	for _, f := range t.In.Files {
		file, err := t.Fetch(ctx, f)
		var problem viet.Problem
		switch {
		case errors.As(err, &problem):
			t.Say(bot.Outgoing{Text: t.Address(problem.Error())})
		case err != nil:
			return nil, err
		default:
			kept = append(kept, file)
		}
	}
	return kept, nil
}

// takeFiles brings the files of a message home, if the form in hand asks for files. It reports whether the message is still for the form.
func (r *Router) takeFiles(ctx context.Context, t *Turn, c *Conversation) (bool, error) {
	if len(t.In.Files) == 0 || !c.Form.TakesFiles(t.Session.Form, t.Who()) {
		return true, nil
	}
	kept, err := t.FetchAll(ctx)
	if err != nil {
		return false, err
	}
	t.In.Files = kept
	if len(kept) == 0 {
		t.Say(c.Form.Show(t.Session.Form, t.Who())...)
	}
	return len(kept) > 0, nil
}
