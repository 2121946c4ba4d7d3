package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// term is one "2 tỷ" of "2 tỷ 300 triệu".
type term struct {
	number string // as typed: "1,5"
	zeros  int    // of the unit; 0 without one
}

var (
	moneyTerm = regexp.MustCompile(`^(\d[\d.,]*) ?(nghin ty|ngan ty|ty|ti|trieu|tr|cu|nghin|ngan|k)?( ruoi)?[ ,]*`)
	unitZeros = map[string]int{"nghin ty": 12, "ngan ty": 12, "ty": 9, "ti": 9, "trieu": 6, "tr": 6, "cu": 6, "nghin": 3, "ngan": 3, "k": 3}
)

// moneyTerms takes an amount apart; nil when something in it is no term. "rưỡi" is a half of its unit.
func moneyTerms(text string) []term {
	var terms []term
	for text != "" {
		parts := moneyTerm.FindStringSubmatch(text)
		if parts == nil {
			return nil
		}
		t := term{parts[1], unitZeros[parts[2]]}
		if parts[3] != "" {
			t.number += ",5"
		}
		terms = append(terms, t)
		text = text[len(parts[0]):]
	}
	return terms
}

// sum adds up terms of falling units. A last number without a unit counts parts of the unit before it ("2 tỷ 3"),
// unless the text ended in đồng.
func sum(terms []term, inDong bool) (total int64, err error) {
	if len(terms) == 0 {
		return 0, moneyUnclear
	}
	for i, t := range terms {
		if i > 0 {
			above := terms[i-1].zeros
			if t.zeros >= above {
				return 0, moneyUnclear
			}
			if t.zeros == 0 && !inDong {
				if len(t.number) != 1 && len(t.number) != 3 {
					return 0, Problem("Số cuối chưa có đơn vị. Bạn ghi đủ giúp, ví dụ: 2 tỷ 50 triệu.")
				}
				t = term{"0," + t.number, above}
			}
		}
		n, err := t.value()
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

// moneyNumber is a whole part, perhaps grouped by threes, and decimals. A leading 0 is never part of a group: "0.500"
// is a half.
var (
	moneyNumber = regexp.MustCompile(`^([1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:([.,])(\d+))?$`)
	oneComma    = regexp.MustCompile(`^[1-9]\d{0,2},\d{3}$`)
)

// value is the term in đồng, exactly. A comma before three digits is a decimal comma to some and groups thousands for
// others; with a unit the two differ by what nobody should guess.
func (t term) value() (int64, error) {
	parts := moneyNumber.FindStringSubmatch(t.number)
	if parts == nil || parts[2] != "" && strings.Contains(parts[1], parts[2]) {
		return 0, moneyUnclear
	}
	if t.zeros > 0 && oneComma.MatchString(t.number) {
		whole, decimals, _ := strings.Cut(t.number, ",")
		short := strings.TrimRight(whole+","+strings.TrimRight(decimals, "0"), ",")
		return 0, Problem(fmt.Sprintf("%s là %s hay %s.%s? Bạn gõ lại theo cách đó kèm đơn vị, ví dụ: 1,5 tỷ hoặc 1.500 tỷ.",
			t.number, short, whole, decimals))
	}
	decimals := strings.TrimRight(parts[3], "0")
	if len(decimals) > t.zeros {
		return 0, moneyUnclear
	}
	digits := groupMarks.Replace(parts[1]) + decimals + strings.Repeat("0", t.zeros-len(decimals))
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n > moneyMost {
		return 0, moneyTooMuch
	}
	return n, nil
}
