package competition

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"khoinghiep/bot/viet"
)

// Hundredths is how a score is kept: "7,5" is 750.
type Hundredths int64

var scoreForm = regexp.MustCompile(`^(\d{1,3})(?:[.,](\d{1,2}))?$`)

// ReadScore reads a score of at most the criterion's best: "7,5", "7.25", "8".
func (c Criterion) ReadScore(text string) (Hundredths, error) {
	m := scoreForm.FindStringSubmatch(strings.ReplaceAll(viet.Clean(text), " ", ""))
	if m == nil {
		return 0, viet.Problem(fmt.Sprintf("Điểm là một số từ 0 đến %d, có thể lẻ tới hai chữ số, ví dụ: 3,5.", c.Most))
	}
	whole, _ := strconv.Atoi(m[1])             // three digits at most
	part, _ := strconv.Atoi((m[2] + "00")[:2]) // two digits
	s := Hundredths(whole*100 + part)
	if s > Hundredths(c.Most*100) {
		return 0, viet.Problem(fmt.Sprintf("Điểm cao nhất của tiêu chí này là %d.", c.Most))
	}
	return s, nil
}

// String shows a score as people write it: "7,5".
func (h Hundredths) String() string {
	text := fmt.Sprintf("%d,%02d", h/100, h%100)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ",")
}

// ShowMean shows an exact mean with two digits, rounded half up. It is for reading: what is compared is exact.
func ShowMean(m *big.Rat) string {
	doubled := new(big.Rat).Mul(m, big.NewRat(200, 1))
	doubled.Add(doubled, big.NewRat(1, 1))
	n := new(big.Int).Quo(doubled.Num(), new(big.Int).Mul(doubled.Denom(), big.NewInt(2))).Int64()
	return fmt.Sprintf("%d,%02d", n/100, n%100)
}
