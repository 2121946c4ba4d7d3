package storage

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"
)

// RedisAdvice says, in Vietnamese for whoever runs the server, what must change in the settings of the Redis server at url
// before conversations are safe there; "" when nothing must.
func RedisAdvice(ctx context.Context, url string, production bool) (string, error) {
	o, err := redis.ParseURL(url)
	if err != nil {
		return "", fmt.Errorf("read the address of Redis: %w", err)
	}
	rdb := redis.NewClient(o)
	defer func() { _ = rdb.Close() }()
	settings, err := rdb.ConfigGet(ctx, "*").Result()
	if err != nil {
		return "", fmt.Errorf("read the settings of Redis: %w", err)
	}
	switch {
	case settings["maxmemory-policy"] != "noeviction":
		return "maxmemory-policy là " + settings["maxmemory-policy"] + " nên hội thoại có thể bị xóa; đặt maxmemory-policy noeviction", nil
	case production && settings["appendonly"] != "yes":
		return "appendonly là no nên tắt máy sẽ mất hội thoại chưa kịp ghi; đặt appendonly yes", nil
	}
	return "", nil
}
