package storage

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// linkFor is how long a link to a file works.
const linkFor = 15 * time.Minute

// FileLinks makes and checks links to contents. Whoever has a link may read the content until it expires; nobody can make
// one, or give one more time, without the key.
type FileLinks struct {
	base string
	key  []byte
}

// FileLinks makes links below base, the public address of the service, with the key that the replicas share.
func (s *Store) FileLinks(ctx context.Context, base string) (*FileLinks, error) {
	key, err := s.secret(ctx, "file links")
	return &FileLinks{base: base, key: []byte(key)}, err
}

// URL is a link to the content id that works for 15 minutes; "" when the service has no public address.
func (l *FileLinks) URL(id string, now time.Time) string {
	if l.base == "" {
		return ""
	}
	expires := strconv.FormatInt(now.Add(linkFor).Unix(), 10)
	return l.base + "/f/" + id + "/" + expires + "/" + l.sign(id, expires)
}

// Valid reports whether the parts of a link are as URL made them, and its time is not over.
func (l *FileLinks) Valid(id, expires, signature string, now time.Time) bool {
	until, err := strconv.ParseInt(expires, 10, 64)
	return err == nil && now.Unix() < until && hmac.Equal([]byte(signature), []byte(l.sign(id, expires)))
}

func (l *FileLinks) sign(id, expires string) string {
	mac := hmac.New(sha256.New, l.key)
	_, _ = mac.Write([]byte(id + "/" + expires)) // never fails
	return hex.EncodeToString(mac.Sum(nil))
}

// secret is the key of that name, the same on all replicas; the first who asks makes it.
func (s *Store) secret(ctx context.Context, name string) (value string, err error) {
	_, err = s.write.ExecContext(ctx, `INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, NewSecret(32))
	if err != nil {
		return "", fmt.Errorf("make key: %w", err)
	}
	err = s.write.GetContext(ctx, &value, `SELECT value FROM secrets WHERE name = $1`, name)
	return value, wrap("read key", err)
}
