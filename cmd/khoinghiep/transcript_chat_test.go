package main

import (
	"cmp"
	"errors"
	"strings"

	"khoinghiep/bot"
)

// chat is one person on one channel, as a transcript needs them.
type chat interface {
	// do carries out a step and tells how many updates come of it: 0 when nothing reaches the bot.
	do(s step) int
	// unread gives what the bot said since it was last asked for.
	unread() []said
}

// said is one message of the bot as a person sees it.
type said struct {
	text     string
	file     string     // name of the file that comes with it
	rows     [][]string // labels of the buttons
	keyboard bool       // the buttons stand in place of the person's keyboard
	edited   bool       // in the place of an earlier message
	card     string     // title of a card, and nothing else, that shares the person's own number
}

// lines writes the message down: its text after "< ", its buttons in brackets.
func (m said) lines() string {
	var b strings.Builder
	if m.card != "" {
		return "(a card that shares one's number)\n[" + m.card + "]\n"
	}
	if m.edited {
		b.WriteString("(in place of the message before)\n")
	}
	if m.file != "" {
		b.WriteString("(with the file " + m.file + ")\n")
	}
	if m.text != "" || m.file == "" {
		for line := range strings.SplitSeq(m.text, "\n") {
			b.WriteString(strings.TrimRight("< "+line, " ") + "\n")
		}
	}
	if m.keyboard {
		b.WriteString("(in place of the keyboard)\n")
	}
	for _, row := range m.rows {
		b.WriteString("[" + strings.Join(row, "] [") + "]\n")
	}
	return b.String()
}

// phone is the number that a person types where the channel cannot share one's own, or somebody else's.
func phone(whose string) string {
	if whose == "other" {
		return "0987654321"
	}
	return "0912345678"
}

// twice hands every update in a second time, and tells over when both are settled. An address has its turns one after
// another, each with its replies, so by then all replies to the first are sent; and the second brings none.
func twice(accept func(bot.Incoming) <-chan error, over chan<- error) func(bot.Incoming) <-chan error {
	return func(in bot.Incoming) <-chan error {
		first, again := accept(in), accept(in)
		settled := make(chan error, 1)
		go func() {
			one, other := <-first, <-again
			settled <- cmp.Or(one, other)
			over <- errors.Join(one, other)
		}()
		return settled
	}
}
