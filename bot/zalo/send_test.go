package zalo_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

func TestSendShowsTextAndButtons(t *testing.T) {
	s, p := platform(t)
	id, err := connect(t, s).Send(t.Context(), p.Chat(), bot.Outgoing{
		Title: "Kế hoạch", Text: norm.NFD.String("Bạn chọn việc cần làm:"),
		Buttons: []bot.Button{{Label: "Đăng ký", Data: "dangky"}, {Label: "Trang web", URL: "https://a.vn"}, {Label: strings.Repeat("ế", 101), Data: "x"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	m := p.Inbox()[0]
	if m.ID != id || m.Text != "Kế hoạch\nBạn chọn việc cần làm:" {
		t.Errorf("%+v", m)
	}
	labels := []string{}
	for _, b := range m.Buttons {
		labels = append(labels, b.Label)
	}
	if want := []string{"Đăng ký", "Trang web", strings.Repeat("ế", 99) + "…"}; !slices.Equal(labels, want) {
		t.Errorf("buttons %q", labels)
	}
	if m.Buttons[1].URL != "https://a.vn" || strings.Contains(m.Buttons[0].Payload, " ") {
		t.Errorf("buttons %+v", m.Buttons)
	}
}

func TestTextIsCountedComposed(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	longest := strings.Repeat("ế", 2000)
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: norm.NFD.String(longest)}); err != nil {
		t.Error(err)
	}
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: longest + "."}); !errors.Is(err, bot.ErrRejected) {
		t.Errorf("too long: %v", err)
	}
	for _, part := range bot.Split(bot.Outgoing{Text: strings.Repeat("Đổi mới sáng tạo 🚀. ", 300)}, c.Can().TextLimit) {
		if _, err := c.Send(t.Context(), p.Chat(), part); err != nil {
			t.Error(err)
		}
	}
}

func TestAPressComesBackAsTheButtonsData(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	got := listen(t, s, c)
	send := func(label, data string) {
		t.Helper()
		if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Chọn:", Buttons: []bot.Button{{Label: label, Data: data}}}); err != nil {
			t.Fatal(err)
		}
		if err := p.Press(label); err != nil {
			t.Fatal(err)
		}
	}
	for _, data := range []string{"f:k3:ten:!skip", "menu", "a~b~c", strings.Repeat("x", bot.ButtonDataLimit)} {
		send("Nút "+data, data)
		if in := next(t, got); in.Button != data || in.Text != "" || in.Kind != bot.Message {
			t.Errorf("%q came back as %+v", data, in)
		}
	}
	other := connect(t, s, func(cfg *zalo.Config) { cfg.OASecret = zalotest.OASecret + "2" })
	if _, err := other.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Chọn:", Buttons: []bot.Button{{Label: "Lạ", Data: "menu"}}}); err != nil {
		t.Fatal(err)
	}
	if err := p.Press("Lạ"); err != nil {
		t.Fatal(err)
	}
	if in := next(t, got); in.Button != "" || !strings.HasPrefix(in.Text, "menu~") {
		t.Errorf("a payload under another secret: %+v", in)
	}
}

func TestWhatLooksLikeAButtonButIsNoneIsText(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	got := listen(t, s, c)
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Chọn:", Buttons: []bot.Button{{Label: "A", Data: "xoa:1"}}}); err != nil {
		t.Fatal(err)
	}
	payload := p.Inbox()[0].Buttons[0].Payload
	stranger := s.Person("Trần Thị B")
	stranger.Send(payload)
	p.Send(strings.Replace(payload, "xoa:1", "xoa:2", 1))
	p.Send("xoa:1")
	p.Send(payload[:len(payload)-1])
	p.Send("~~")
	for range 5 {
		if in := next(t, got); in.Button != "" || in.Text == "" || in.Kind != bot.Message {
			t.Errorf("taken for a button: %+v", in)
		}
	}
	p.Send(" " + payload + "\n")
	if in := next(t, got); in.Button != "xoa:1" {
		t.Errorf("the person's own: %+v", in)
	}
}

func TestAnExpiredButtonLeadsNowhereButIsNoText(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s)
	got := listen(t, s, c)
	if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "Chọn:", Buttons: []bot.Button{{Label: "A", Data: "menu"}}}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		days int
		want string
	}{{29, "menu"}, {2, "!late"}} {
		s.Advance(time.Duration(step.days) * 24 * time.Hour)
		if err := p.Press("A"); err != nil {
			t.Fatal(err)
		}
		if in := next(t, got); in.Button != step.want || in.Text != "" {
			t.Errorf("after %d more days: %+v", step.days, in)
		}
	}
}

func TestAPhoneNumberIsAskedForByACard(t *testing.T) {
	s, p := platform(t)
	c := connect(t, s, func(cfg *zalo.Config) { cfg.CardImage = "https://a.vn/card.png" })
	got := listen(t, s, c)
	question := bot.Outgoing{Text: "Cán bộ gọi bạn số nào?", Buttons: []bot.Button{{Label: "Gửi số của tôi", Contact: true}, {Label: "Bỏ qua", Data: "bo"}}}
	id, err := c.Send(t.Context(), p.Chat(), question)
	if err != nil {
		t.Fatal(err)
	}
	inbox := p.Inbox()
	if len(inbox) != 2 || inbox[0].ID != id || len(inbox[0].Buttons) != 1 || inbox[1].Card != "Gửi số của tôi" {
		t.Fatalf("%+v", inbox)
	}
	if err := p.ShareInfo(zalotest.Info{Name: "Y Blơn", Phone: "84912345678", Ward: "Xã Ba Tơ", City: "Quảng Ngãi"}); err != nil {
		t.Fatal(err)
	}
	want := bot.Profile{Name: "Y Blơn", Phone: "84912345678", Place: "Xã Ba Tơ, Quảng Ngãi"}
	if in := next(t, got); *in.Profile != want || in.Phone != "84912345678" || !in.Contact || in.Name != "Y Blơn" {
		t.Errorf("%+v", in)
	}
	s.Fail(zalotest.PathMessage, func(n int) *zalotest.Fault {
		if n == 2 {
			return new(zalotest.Refuse(-233))
		}
		return nil
	})
	if _, err := c.Send(t.Context(), p.Chat(), question); err != nil {
		t.Errorf("the question failed with its card: %v", err)
	}
}

func TestATemplateTypeForButtonsCanBeConfigured(t *testing.T) {
	for _, kind := range []string{"", "button"} {
		bodies := make(chan string, 1)
		s, _ := platform(t)
		api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			bodies <- string(bytes.TrimSpace(body))
			_, _ = io.WriteString(w, `{"error":0,"data":{"message_id":7}}`)
		}))
		t.Cleanup(api.Close)
		c := connect(t, s, func(cfg *zalo.Config) { cfg.APIURL, cfg.ButtonType = api.URL, kind })
		id, err := c.Send(t.Context(), "42", bot.Outgoing{Text: "Xem:", Buttons: []bot.Button{{Label: "Mở", URL: "https://a.vn"}}})
		if err != nil || id != "7" {
			t.Errorf("%q, %v", id, err)
		}
		if body := <-bodies; strings.Contains(body, `"template_type":"button"`) != (kind == "button") || !strings.Contains(body, `"type":"oa.open.url"`) {
			t.Error(body)
		}
	}
}

func TestSendTellsWhatAMessageUsed(t *testing.T) {
	s, p := platform(t)
	spent := []zalo.Quota{}
	c := connect(t, s, func(cfg *zalo.Config) {
		cfg.Spent = func(chat string, q zalo.Quota) {
			if chat == p.Chat() {
				spent = append(spent, q)
			}
		}
	})
	s.Buy(5, 0)
	for range 9 {
		if _, err := c.Send(t.Context(), p.Chat(), bot.Outgoing{Text: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if first, last := spent[0], spent[8]; first != (zalo.Quota{Type: "reply", Remain: 7, Total: 8}) || last != (zalo.Quota{Type: "paid", Remain: 4, Total: 5}) {
		t.Errorf("%+v", spent)
	}
	left, err := c.Quota(t.Context(), p.Chat())
	if want := []zalo.Quota{{Type: "reply", Remain: 0, Total: 8}, {Type: "paid", Remain: 4, Total: 5}}; err != nil || !slices.Equal(left, want) {
		t.Errorf("%+v, %v", left, err)
	}
}

func TestAQuotaMayComeAlone(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s, answering(t, s, 200, `{"error":0,"data":{"quota_type":"sub","remain":3,"total":"8"}}`))
	if got, err := c.Quota(t.Context(), "42"); err != nil || !slices.Equal(got, []zalo.Quota{{Type: "sub", Remain: 3, Total: 8}}) {
		t.Errorf("%+v, %v", got, err)
	}
	odd := connect(t, s, answering(t, s, 200, `{"error":0,"data":"all"}`))
	if _, err := odd.Quota(t.Context(), "42"); err == nil {
		t.Error("nonsense is taken for a quota")
	}
}

func TestAnEmptyMessageIsNotSent(t *testing.T) {
	s, p := platform(t)
	if _, err := connect(t, s).Send(t.Context(), p.Chat(), bot.Outgoing{}); !errors.Is(err, bot.ErrRejected) || p.Received() != 0 {
		t.Errorf("%v", err)
	}
}
