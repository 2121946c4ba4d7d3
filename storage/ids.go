package storage

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"sync/atomic"
	"time"
)

// NewID makes an identifier of a row: 43 bits of milliseconds and 20 random ones. Within this process each is greater than
// those before, also when the clock steps back, so that rows sort in the order they were made. It is no secret.
func NewID(now time.Time) int64 {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	fresh := now.UnixMilli()<<20 | int64(binary.BigEndian.Uint32(b[:])>>12)
	for {
		last := lastID.Load()
		id := max(fresh, last+1)
		if lastID.CompareAndSwap(last, id) {
			return id
		}
	}
}

var lastID atomic.Int64

// NewSecret makes a code that nobody can guess: n characters of 5 random bits each, without 0, 1, 8 and 9, which people
// mistake for letters when they copy.
func NewSecret(n int) string {
	b := make([]byte, n*5/8+1)
	_, _ = rand.Read(b)
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)[:n]
}
