package webchat

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"
)

// tokenBytes is 256 bits: nobody guesses a session.
const tokenBytes = 32

func newToken() string {
	b := make([]byte, tokenBytes)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return base64.RawURLEncoding.EncodeToString(b)
}

// chatOf names the chat that a token opens: 128 bits of its hash. The name stands in logs and tables, and nobody can
// find the token from it. Sessions need no record of their own: a token nobody was given opens a chat nobody has.
func chatOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:16])
}

// chatIn finds the chat that a request may act in; ok is false without a token of the right form.
func chatIn(r *http.Request) (chat string, ok bool) {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if !bearer || err != nil || len(raw) != tokenBytes {
		return "", false
	}
	return chatOf(token), true
}
