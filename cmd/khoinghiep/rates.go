package main

// rates are how many messages a second each channel takes: Telegram as configured, the others as the web chat, which is ours.
func (a *app) rates() map[string]float64 {
	rates := map[string]float64{}
	for _, ch := range a.channels {
		rates[ch.Name()] = a.config.webRate
	}
	rates["telegram"] = a.config.telegramRate
	return rates
}
