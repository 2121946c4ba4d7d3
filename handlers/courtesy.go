package handlers

import (
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// longestCourtesy is how many words a courtesy has: in a longer text something else may be meant.
const longestCourtesy = 5

// courtesies begin or end what people say when they want nothing more, folded.
var courtesies = []string{"cam on", "thanks", "thank you", "tks", "tam biet", "bye"}

// courteous answers thanks, a goodbye, and a yes or no to what was no question, without offering everything again.
func courteous(t *Turn) bool {
	text := viet.Fold(t.In.Text)
	if len(strings.Fields(text)) > longestCourtesy {
		return false
	}
	if _, err := viet.YesNo(text); err == nil {
		t.Say(bot.Outgoing{Text: t.Address("Vâng. Khi cần, bạn gõ “menu”.")})
		return true
	}
	for _, c := range courtesies {
		if strings.HasPrefix(text+" ", c+" ") || strings.HasSuffix(" "+text, " "+c) {
			t.Say(bot.Outgoing{Text: t.Address("Cảm ơn bạn đã nhắn. Khi cần, bạn gõ “menu”.")})
			return true
		}
	}
	return false
}
