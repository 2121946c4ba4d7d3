package viet

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// plausible is the least closeness worth offering as "did you mean": about one wrong letter in three, most of the typed
// words, or the whole phrase among others.
const plausible = 0.6

// Nearest gives the indexes of the phrases closest to text, best first, at most most of them, and only plausible ones.
// It serves to suggest, never to decide.
func Nearest(text string, among []string, most int) []int {
	type candidate struct {
		index     int
		closeness float64
	}
	var found []candidate
	whole := alike.Replace(Fold(text))
	typed := wish(whole)
	for i, phrase := range among {
		phrase = alike.Replace(Fold(phrase))
		if c := max(closeness(typed, phrase), mention(whole, phrase)); c >= plausible {
			found = append(found, candidate{i, c})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.closeness, a.closeness) })
	var indexes []int
	for _, c := range found[:min(max(most, 0), len(found))] {
		indexes = append(indexes, c.index)
	}
	return indexes
}

// alike writes as one what people write in two ways: "đăng kí" and "đăng ký".
var alike = strings.NewReplacer("y", "i")

// fillers stand around what a person wants, all alike and folded. "Đâu" is one only where it asks: "đầu tư" is a wish.
var (
	fillers = words(`toi|minh|em|muon|can|xin|xem|biet|cho|hoi|giup|cua|roi|den|voi|a|nhe|nha|lam|sao|cach|the|nao`)
	where   = strings.NewReplacer(" den dau", "", " o dau", "")
)

// wish is a typed text without its fillers, unless there is nothing else: "xem hồ sơ của tôi đến đâu rồi" is "ho so".
func wish(typed string) string {
	telling := slices.DeleteFunc(strings.Fields(where.Replace(typed)), func(word string) bool { return fillers[word] })
	return cmp.Or(strings.Join(telling, " "), typed)
}

// closeness of two folded texts, from 0 to 1 (the same): the greater of how few letters have to change, and how much of
// the typed words the phrase has. Words weigh by their letters. Shared words alone count a little less than the same
// spelling.
func closeness(typed, phrase string) float64 {
	if typed == "" || phrase == "" {
		return 0
	}
	length := max(utf8.RuneCountInString(typed), utf8.RuneCountInString(phrase))
	spelling := 1 - float64(edits(typed, phrase))/float64(length)
	return max(spelling, 0.9*shared(strings.Fields(typed), strings.Fields(phrase)))
}

// mention is how sure it is that a text names a phrase of several words, among words of its own: "cho hỏi hồ sơ của tôi
// sao chưa ai trả lời".
func mention(text, phrase string) float64 {
	if strings.Contains(phrase, " ") && strings.Contains(" "+text+" ", " "+phrase+" ") {
		return 0.9
	}
	return 0
}

// shared is the part of the letters of words that stands in words of others.
func shared(words, others []string) float64 {
	all, common := 0, 0
	for _, word := range words {
		all += len(word)
		if slices.Contains(others, word) {
			common += len(word)
		}
	}
	return float64(common) / float64(all)
}

// edits is the Levenshtein distance: how many letters to insert, drop or replace to make b of a.
func edits(a, b string) int {
	target := []rune(b)
	row := make([]int, len(target)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range []rune(a) {
		diagonal := i // the distance at (i, j), while row holds (i+1, …j) and (i, j+1…)
		row[0] = i + 1
		for j, t := range target {
			replaced := diagonal
			if r != t {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(target)]
}
