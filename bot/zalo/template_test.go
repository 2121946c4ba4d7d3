package zalo_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo/zalotest"
)

func TestATemplateReachesThoseWhoDidNotWriteLately(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, withTemplate)
	s.SetTemplate("T1", zalotest.Template{Params: map[string]int{"co_quan": 30, "ngay": 10}})
	s.Buy(0, 10)
	s.Advance(30 * 24 * time.Hour)
	if _, err := c.Send(t.Context(), p.Chat(), hello); !errors.Is(err, bot.ErrWindowClosed) {
		t.Errorf("a message after a month: %v", err)
	}
	never := s.Person("Trần Thị B")
	params := map[string]string{"co_quan": norm.NFD.String("Sở Công Thương"), "ngay": "09/12/2026"}
	want := map[string]string{"co_quan": "Sở Công Thương", "ngay": "09/12/2026"}
	for who, phone := range map[*zalotest.Person]string{p: "", never: never.Phone} {
		id, err := c.Send(t.Context(), who.Chat(), bot.Outgoing{Text: "Chữ này không gửi", Template: &bot.Template{Name: "nhac", Params: params, Phone: phone}})
		if err != nil {
			t.Fatal(err)
		}
		got := who.Inbox()[0]
		if got.ID != id || got.Template != "T1" || got.Text != "" || !maps.Equal(got.Params, want) || (got.Tracking != "") != (phone != "") {
			t.Errorf("by %q: %+v", phone, got)
		}
	}
}

func TestTemplatesAreRefusedAsZaloDoes(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, withTemplate)
	send := func(template bot.Template) error {
		_, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Template: &template})
		return err
	}
	if err := send(bot.Template{Name: "chúc"}); !errors.Is(err, bot.ErrRejected) || s.Calls("") != 0 {
		t.Errorf("a name without an id: %v", err)
	}
	s.SetTemplate("T1", zalotest.Template{Pending: true})
	if err := send(bot.Template{Name: "nhac"}); !errors.Is(err, bot.ErrRejected) {
		t.Errorf("not approved yet: %v", err)
	}
	s.SetTemplate("T1", zalotest.Template{})
	if err := send(bot.Template{Name: "nhac"}); !errors.Is(err, bot.ErrWindowClosed) {
		t.Errorf("without money: %v", err)
	}
	for _, phone := range []string{"0912345678", "84999999999"} {
		if err := send(bot.Template{Name: "nhac", Phone: phone}); !errors.Is(err, bot.ErrUnreachable) {
			t.Errorf("to %s: %v", phone, err)
		}
	}
}

func TestWindowsCloseWithTime(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	s.Buy(1, 0)
	for _, step := range []struct {
		later time.Duration
		want  error
	}{
		{47 * time.Hour, nil},
		{2 * time.Hour, nil},                      // paid
		{time.Hour, bot.ErrWindowClosed},          // nothing left to pay with
		{7 * 24 * time.Hour, bot.ErrWindowClosed}, // too late to pay
	} {
		s.Advance(step.later)
		if _, err := c.Send(t.Context(), p.Chat(), hello); !errors.Is(err, step.want) {
			t.Errorf("%s later: %v, want %v", step.later, err, step.want)
		}
	}
	p.Unfollow()
	if _, err := c.Send(t.Context(), p.Chat(), hello); !errors.Is(err, bot.ErrUnreachable) {
		t.Errorf("after they left: %v", err)
	}
}
