package terminal_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/terminal"
)

func TestLinesComeInOrderWithoutBlankOnes(t *testing.T) {
	got, ids := []string{}, map[string]bool{}
	accept := func(in bot.Incoming) <-chan error {
		got, ids[in.ID] = append(got, in.Text), true
		done := make(chan error, 1)
		done <- nil
		return done
	}
	c := terminal.New(strings.NewReader("xin chào\n\n  đăng ký  \n1"), &strings.Builder{})
	if err := c.Poll(t.Context(), accept); err != nil {
		t.Fatal(err)
	}
	if want := "xin chào|đăng ký|1"; strings.Join(got, "|") != want || len(ids) != 3 {
		t.Errorf("got %q with %d ids", got, len(ids))
	}
}

func TestALineThatIsNotSettledEndsTheChat(t *testing.T) {
	broken := errors.New("broken")
	accept := func(bot.Incoming) <-chan error {
		done := make(chan error, 1)
		done <- broken
		return done
	}
	c := terminal.New(strings.NewReader("một\nhai\n"), &strings.Builder{})
	if err := c.Poll(t.Context(), accept); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

func TestMessagesArePrintedWhole(t *testing.T) {
	var out strings.Builder
	c := terminal.New(strings.NewReader(""), &out)
	if _, err := c.Send(t.Context(), "demo", bot.Outgoing{Title: "Xem lại", Text: "1. Họ và tên\n2. Nơi"}); err != nil {
		t.Fatal(err)
	}
	if want := "\n│ Xem lại\n│ 1. Họ và tên\n│ 2. Nơi\n"; out.String() != want {
		t.Errorf("got %q", out.String())
	}
}

func TestNobodyCallsATerminal(t *testing.T) {
	if _, err := terminal.New(nil, nil).Receive(&http.Request{}); !errors.Is(err, bot.ErrForged) {
		t.Errorf("got %v", err)
	}
}
