package announcing

import (
	"maps"
	"slices"
)

// channelName is what people call a channel.
func channelName(name string) string {
	switch name {
	case "telegram":
		return "Telegram"
	case "zalo":
		return "Zalo"
	case "zalobot":
		return "Zalo Bot"
	case "web":
		return "trang web"
	}
	return name
}

// channelsOf lists the channels in an order that stays.
func channelsOf(counts map[string]int) []string { return slices.Sorted(maps.Keys(counts)) }
