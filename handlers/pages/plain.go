package pages

import (
	_ "embed"
	"net/http"
)

//go:embed plain.html
var plainHTML string

// Plain is a page that says one thing, such as what came of a link.
type Plain struct {
	Title, Text string
	Chat        bool   // with a button that opens /chat
	ZaloTag     string // by which Zalo's console knows that the domain is ours; "": none
}

var plain = newFrame("plain", plainHTML, "")

// Write answers with the page.
func (p Plain) Write(w http.ResponseWriter, status int) { plain.write(w, status, p) }
