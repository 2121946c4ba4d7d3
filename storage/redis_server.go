package storage

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// The one way a dialog changes in Redis: replace the value that begins as it was loaded, with its header and line break, or
// with "" when there was none.
// A changed dialog is due for draining, and listed while it has replies unsent.
const swapSource = `
if redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[5], ARGV[4])
if ARGV[6] == '0' then redis.call('ZREM', KEYS[3], ARGV[4]) else redis.call('ZADD', KEYS[3], ARGV[6], ARGV[4]) end
return 1`

// Removes a dialog, if its value begins as it was loaded.
const dropSource = `
if redis.call('GETRANGE', KEYS[1], 0, #ARGV[1] - 1) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('ZREM', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[3], ARGV[2])
return 1`

// Removes a drained dialog from the list of what is due, unless it changed since it was read.
const drainedSource = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
return 1`

// server is one life of a Redis server. Its scripts carry its run_id in their text, so a server that was restarted since,
// perhaps from an old snapshot, does not know them: no swap can happen under a life other than the one it was meant for.
type server struct {
	run     string
	swap    *redis.Script
	drop    *redis.Script
	drained *redis.Script
}

// life finds out which life of the Redis server we talk to, and asks again once a script was unknown.
type life struct {
	rdb     *redis.Client
	mu      sync.Mutex
	current *server
}

// server returns the life last met, asking the server itself only the first time.
func (l *life) server(ctx context.Context) (*server, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current != nil {
		return l.current, nil
	}
	s, err := meet(ctx, l.rdb)
	if err != nil {
		return nil, err
	}
	l.current = s
	return s, nil
}

// ended forgets s when err says that its scripts are unknown, which is how a restart of Redis shows.
func (l *life) ended(s *server, err error) bool {
	if err == nil || !redis.HasErrorPrefix(err, "NOSCRIPT") {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.current == s {
		l.current = nil
	}
	return true
}

// meet reads the run_id and loads the scripts over one connection, which cannot outlive the server's life.
func meet(ctx context.Context, rdb *redis.Client) (*server, error) {
	conn := rdb.Conn()
	defer func() { _ = conn.Close() }()
	info, err := conn.Info(ctx, "server").Result()
	if err != nil {
		return nil, fmt.Errorf("ask Redis who it is: %w", err)
	}
	run := field(info, "run_id")
	if run == "" {
		return nil, errors.New("ask Redis who it is: no run_id")
	}
	script := func(source string) *redis.Script { return redis.NewScript("-- " + run + source) }
	s := &server{run: run, swap: script(swapSource), drop: script(dropSource), drained: script(drainedSource)}
	for _, script := range []*redis.Script{s.swap, s.drop, s.drained} {
		if err := script.Load(ctx, conn).Err(); err != nil {
			return nil, fmt.Errorf("load script into Redis: %w", err)
		}
	}
	return s, nil
}

// field finds "name:value" in the answer to INFO.
func field(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
