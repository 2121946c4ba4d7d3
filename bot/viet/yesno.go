package viet

import "strings"

// Answers after folding, without the polite words around them.
var (
	yesWords = words(`co|co chu|c|ok|oke|okay|okie|oki|dong y|toi dong y|u|uh|uhm|um|da|vang|phai|dung|dung vay|dung roi|duoc|chac chan|tat nhien|roi|y|yes|yep|yeah|true`)
	noWords  = words(`khong|ko|k|kg|kh|khg|hong|hok|khong co|ko co|k co|khong dong y|ko dong y|k dong y|toi khong dong y|khong phai|ko phai|khong dung|khong duoc|chua|chua co|n|no|nope|false`)
)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.SplitSeq(list, "|") {
		set[word] = true
	}
	return set
}

// YesNo reads an answer to a yes-or-no question, with or without accents and polite words: "dạ có ạ", "ko", "ok".
func YesNo(s string) (yes bool, err error) {
	answer := withoutCourtesy(Fold(s))
	switch {
	case yesWords[answer]:
		return true, nil
	case noWords[answer]:
		return false, nil
	}
	return false, Problem("Chưa rõ ý bạn. Bạn gõ một trong hai chữ: có hoặc không.")
}

// withoutCourtesy takes off "dạ …", "thưa …", "… ạ", "… nhé", but leaves one word to answer with.
func withoutCourtesy(folded string) string {
	answer := strings.Fields(folded)
	for len(answer) > 1 && strings.Contains(" a nhe nha em anh chi ban ", " "+answer[len(answer)-1]+" ") {
		answer = answer[:len(answer)-1]
	}
	for len(answer) > 1 && strings.Contains(" da vang thua ", " "+answer[0]+" ") {
		answer = answer[1:]
	}
	return strings.Join(answer, " ")
}
