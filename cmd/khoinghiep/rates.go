package main

// rates are how many messages a second each channel takes.
func (a *app) rates() map[string]float64 {
	rates := map[string]float64{}
	for _, ch := range a.channels {
		rates[ch.Name()] = a.config.rate(ch.Name())
	}
	return rates
}

// rate is that of one channel: Telegram's and Zalo's as configured, of the others that of the web chat, which is ours.
func (c config) rate(channel string) float64 {
	switch channel {
	case "telegram":
		return c.telegramRate
	case "zalo", "zalobot":
		return c.zalo.rate
	}
	return c.webRate
}
