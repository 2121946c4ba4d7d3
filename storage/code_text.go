package storage

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// The letters of codes. Without vowels, D and W, neither a Vietnamese word nor what Telex and VNI make of keys can be a
// code, and no code is a word; without digits it is typed on one keyboard. 16 of 17 letters are 65 random bits.
const (
	codeLetters = "BCFGHJKLMNPRSTVXZ"
	codeLength  = 16
)

// NormalCode gives the letters of a typed code: case, spaces and hyphens do not matter, digits that look like a letter are
// that letter. ok is false for a text that cannot be a code.
func NormalCode(text string) (code string, ok bool) {
	if len(text) > 3*codeLength {
		return "", false
	}
	code = strings.Map(codeLetter, strings.ToUpper(text))
	return code, len(code) == codeLength && strings.Trim(code, codeLetters) == ""
}

func codeLetter(r rune) rune {
	switch r {
	case ' ', '-', '\u00a0', '\n':
		return -1
	case '1':
		return 'L'
	case '2':
		return 'Z'
	case '5':
		return 'S'
	case '6':
		return 'G'
	case '8':
		return 'B'
	}
	return r
}

// ShowCode gives a code as people read it, in groups: "KHMT-BVPX-LRSN-CGFZ".
func ShowCode(code string) string {
	groups := []string{}
	for i := 0; i < len(code); i += 4 {
		groups = append(groups, code[i:min(i+4, len(code))])
	}
	return strings.Join(groups, "-")
}

// randomCode draws each letter evenly: a byte beyond the last multiple of 17 is drawn again.
func randomCode() string {
	code, b := make([]byte, 0, codeLength), make([]byte, 1)
	for len(code) < codeLength {
		_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
		if int(b[0]) < 256/len(codeLetters)*len(codeLetters) {
			code = append(code, codeLetters[int(b[0])%len(codeLetters)])
		}
	}
	return string(code)
}

// codeKey is what is kept of a code: 128 bits of its hash.
func codeKey(code string) string {
	sum := sha256.Sum256([]byte(code))
	return hex.EncodeToString(sum[:16])
}
