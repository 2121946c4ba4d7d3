package storage

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"

	"github.com/lib/pq"
	"github.com/redis/go-redis/v9"
	"modernc.org/sqlite"
	sqlitelib "modernc.org/sqlite/lib"
)

// Unavailable reports whether err means that a database or Redis cannot do its work now, as against an error of ours:
// the same turn may succeed a little later.
func Unavailable(err error) bool {
	var network net.Error
	switch {
	case err == nil:
		return false
	case errors.Is(err, ErrLag), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled),
		errors.Is(err, driver.ErrBadConn), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, net.ErrClosed), errors.Is(err, redis.ErrPoolTimeout), errors.As(err, &network):
		return true
	}
	return postgresUnavailable(err) || sqliteUnavailable(err) || redisUnavailable(err)
}

// Classes of https://www.postgresql.org/docs/15/errcodes-appendix.html: 08 connection, 25P03 idle transaction ended,
// 40 rolled back (serialisation, deadlock), 53 resources, 55P03 lock, 57 the operator stopped it, 58 system.
func postgresUnavailable(err error) bool {
	var e *pq.Error
	if !errors.As(err, &e) {
		return false
	}
	code := string(e.Code)
	for _, class := range []string{"08", "25P03", "40", "53", "55P03", "57", "58"} {
		if strings.HasPrefix(code, class) {
			return true
		}
	}
	return false
}

func sqliteUnavailable(err error) bool {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff { // the low byte is the primary code
	case sqlitelib.SQLITE_BUSY, sqlitelib.SQLITE_LOCKED, sqlitelib.SQLITE_IOERR, sqlitelib.SQLITE_FULL, sqlitelib.SQLITE_INTERRUPT:
		return true
	}
	return false
}

// redisUnavailable knows the answers of a server that is loading its snapshot, out of memory, or without its replica or disk.
func redisUnavailable(err error) bool {
	for _, prefix := range []string{"LOADING", "OOM", "MISCONF", "READONLY", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN"} {
		if redis.HasErrorPrefix(err, prefix) {
			return true
		}
	}
	return false
}
