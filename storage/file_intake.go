package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// receive writes a content to a temporary file in the folder, safe from a power cut.
func (f *Files) receive(r io.Reader) (*os.File, error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of files: %w", err)
	}
	temp, err := os.CreateTemp(f.dir, "incoming-*")
	if err != nil {
		return nil, fmt.Errorf("receive file: %w", err)
	}
	n, err := io.Copy(temp, io.LimitReader(r, FileLimit+1))
	switch {
	case err != nil:
	case n > FileLimit:
		err = ErrFileTooBig
	case n == 0:
		err = ErrFileEmpty
	default:
		err = temp.Sync()
	}
	if err != nil {
		_, _ = temp.Close(), os.Remove(temp.Name())
		return nil, wrap("receive file", err)
	}
	return temp, nil
}

// examine finds out what a content is, and refuses what may not be kept.
func examine(content *os.File, name string) (bot.File, error) {
	hash := sha256.New()
	size, err := io.Copy(hash, io.NewSectionReader(content, 0, FileLimit))
	if err != nil {
		return bot.File{}, fmt.Errorf("hash file: %w", err)
	}
	mime, err := Kind(content, size)
	if err != nil {
		return bot.File{}, err
	}
	if err := markedInside(content, size, mime); err != nil {
		return bot.File{}, err
	}
	return bot.File{
		ID: hex.EncodeToString(hash.Sum(nil)), Name: viet.Clean(name), MIME: mime, Size: size,
		Image: strings.HasPrefix(mime, "image/"),
	}, nil
}

// syncFolder makes a rename outlive a power cut.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("open folder of file: %w", err)
	}
	defer func() { _ = folder.Close() }()
	return wrap("sync folder of file", folder.Sync())
}
