package storage

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
)

// Of PBKDF2 with HMAC-SHA-256. A PIN has six digits: whoever has a copy of the database finds it by a million tries, in an
// hour with these rounds and in a day with as many as passwords deserve, so a copy that got out means new PINs for everybody.
// A check is part of a turn's transaction and must not hold it up: these rounds take a few milliseconds.
const (
	pinRounds = 20_000
	pinSalt   = 16 // bytes
)

// HashPIN gives what is kept of a PIN: "salt$key".
func HashPIN(pin string) (string, error) {
	salt := make([]byte, pinSalt)
	_, _ = rand.Read(salt) // never fails: crypto/rand ends the program instead
	return hashWith(salt, pin)
}

func hashWith(salt []byte, pin string) (string, error) {
	key, err := pbkdf2.Key(sha256.New, pin, salt, pinRounds, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("hash PIN: %w", err)
	}
	return base64.RawStdEncoding.EncodeToString(salt) + "$" + base64.RawStdEncoding.EncodeToString(key), nil
}

// MatchesPIN reports whether hash was made of this PIN.
func MatchesPIN(hash, pin string) (bool, error) {
	text, _, _ := strings.Cut(hash, "$")
	salt, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return false, fmt.Errorf("read the salt of a PIN: %w", err)
	}
	again, err := hashWith(salt, pin)
	return subtle.ConstantTimeCompare([]byte(again), []byte(hash)) == 1, err
}

var pinShape = regexp.MustCompile(`^[0-9]{6}$`)

// IsPIN reports whether a text has the form of a PIN: six digits.
func IsPIN(text string) bool { return pinShape.MatchString(text) }

// IsWeakPIN reports whether a PIN is among the first that anybody would try: the same step from each digit to the next
// (111111, 123456, 987654), a part that repeats (121212, 123123), or pairs (112233).
func IsWeakPIN(pin string) bool {
	return evenSteps(pin) || pin[:3] == pin[3:] || pin[:2] == pin[2:4] && pin[:2] == pin[4:] ||
		pin[0] == pin[1] && pin[2] == pin[3] && pin[4] == pin[5]
}

func evenSteps(pin string) bool {
	for i := 2; i < len(pin); i++ {
		if (pin[i]-pin[i-1]+10)%10 != (pin[1]-pin[0]+10)%10 {
			return false
		}
	}
	return true
}
