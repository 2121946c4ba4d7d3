package zalotest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot/zalo/zalotest"
)

const (
	query = `{"title":"A","type":"oa.query.hide","payload":"x"}`
	card  = `{"title":"A","subtitle":"B"}`
)

func buttons(list ...string) string {
	return `{"text":"x","attachment":{"type":"template","payload":{"buttons":[` + strings.Join(list, ",") + `]}}}`
}

func template(kind string, elements ...string) string {
	return `{"attachment":{"type":"template","payload":{"template_type":"` + kind + `","elements":[` + strings.Join(elements, ",") + `]}}}`
}

func text(s string) string { return `{"text":"` + s + `"}` }

func button(kind, payload string) string {
	return fmt.Sprintf(`{"title":"A","type":"%s","payload":%s}`, kind, payload)
}

var messages = []struct {
	name, message string
	refusal       int
}{
	{"plain", text("Xin chào"), 0},
	{"as long as can be", text(strings.Repeat("ế", 2000)), 0},
	{"too long", text(strings.Repeat("ế", 2001)), -210},
	{"too long, not composed", text(strings.Repeat("e\u0302\u0301", 700)), -210},
	{"empty", text(""), -201},
	{"blank", text(" "), -201},
	{"unknown field", `{"text":"x","parse_mode":"HTML"}`, -201},
	{"no JSON", `{`, -201},
	{"5 buttons", buttons(query, query, query, query, query), 0},
	{"6 buttons", buttons(query, query, query, query, query, query), -201},
	{"no buttons", buttons(), -201},
	{"buttons of a type", `{"text":"x","attachment":{"type":"template","payload":{"template_type":"button","buttons":[` + query + `]}}}`, 0},
	{"buttons without text", `{"attachment":{"type":"template","payload":{"buttons":[` + query + `]}}}`, -201},
	{"title of 100", buttons(strings.Replace(query, "A", strings.Repeat("ế", 100), 1)), 0},
	{"title of 101", buttons(strings.Replace(query, "A", strings.Repeat("ế", 101), 1)), -201},
	{"no title", buttons(strings.Replace(query, "A", "", 1)), -201},
	{"payload of 1000", buttons(button("oa.query.show", `"`+strings.Repeat("x", 1000)+`"`)), 0},
	{"payload of 1001", buttons(button("oa.query.hide", `"`+strings.Repeat("x", 1001)+`"`)), -201},
	{"payload of another type", buttons(button("oa.query.hide", `{"url":"https://a.vn"}`)), -201},
	{"link", buttons(button("oa.open.url", `{"url":"https://a.vn"}`)), 0},
	{"no link", buttons(button("oa.open.url", `{"url":"a.vn"}`)), -201},
	{"phone", buttons(button("oa.open.phone", `{"phone_code":"0912345678"}`)), 0},
	{"no phone", buttons(button("oa.open.phone", `{}`)), -201},
	{"sms", buttons(button("oa.open.sms", `{"phone_code":"0912345678","content":"x"}`)), 0},
	{"button of another platform", buttons(button("callback", `"x"`)), -201},
	{"card", template("request_user_info", card), 0},
	{"two cards", template("request_user_info", card, card), -201},
	{"long subtitle", template("request_user_info", strings.Replace(card, "B", strings.Repeat("B", 501), 1)), -201},
	{"unknown image", template("media", `{"media_type":"image","attachment_id":"x"}`), -201},
	{"video", template("media", `{"media_type":"video","attachment_id":"x"}`), -201},
	{"list", template("list", card), -201},
	{"unknown file", `{"attachment":{"type":"file","payload":{"token":"x"}}}`, -201},
	{"unknown attachment", `{"text":"x","attachment":{"type":"poll","payload":{}}}`, -201},
}

func TestMessagesAreRefusedAsZaloDoes(t *testing.T) {
	s, p := start(t)
	s.FreeReplies(0)
	access := token(t, s)
	send := func(chat, message string) result {
		return post(t, s, access, zalotest.PathMessage, `{"recipient":{"user_id":"`+chat+`"},"message":`+message+`}`)
	}
	for _, m := range messages {
		check(t, m.name, send(p.Chat(), m.message), m.refusal)
	}
	check(t, "unknown person", send("1", text("x")), -201)
	check(t, "who never wrote", send(s.Person("B").Chat(), text("x")), -213)
	check(t, "wrong token", post(t, s, "x", zalotest.PathMessage, "{}"), -216)
	check(t, "no token", post(t, s, "", zalotest.PathMessage, "{}"), -216)
	check(t, "unknown path", post(t, s, access, "/v3.0/oa/message/promotion", "{}"), -201)
}

func TestFilesAreRefusedAsZaloDoes(t *testing.T) {
	s, p := start(t)
	access, png := token(t, s), []byte("\x89PNG\x0D\x0A\x1A\x0A")
	check(t, "image", upload(t, s, access, zalotest.PathUploadImage, "a.png", png), 0)
	check(t, "no image", upload(t, s, access, zalotest.PathUploadImage, "a.png", []byte("%PDF")), -201)
	check(t, "large image", upload(t, s, access, zalotest.PathUploadImage, "a.png", append(png, make([]byte, 1<<20)...)), -201)
	check(t, "large file", upload(t, s, access, zalotest.PathUploadFile, "a.pdf", make([]byte, 5<<20+1)), -201)
	check(t, "spreadsheet", upload(t, s, access, zalotest.PathUploadFile, "a.xlsx", png), -201)
	check(t, "empty", upload(t, s, access, zalotest.PathUploadFile, "a.pdf", nil), -201)
	file := upload(t, s, access, zalotest.PathUploadFile, "a.pdf", []byte("%PDF"))
	var told struct{ Token string }
	if err := json.Unmarshal(file.Data, &told); err != nil {
		t.Fatal(err)
	}
	message := `{"recipient":{"user_id":"` + p.Chat() + `"},"message":{"attachment":{"type":"file","payload":{"token":"` + told.Token + `"}}}}`
	check(t, "file", post(t, s, access, zalotest.PathMessage, message), 0)
	s.Advance(7*24*time.Hour + time.Minute)
	p.Met()
	check(t, "file after 7 days", post(t, s, token(t, s), zalotest.PathMessage, message), -201)
}

func TestTheRateIsTold(t *testing.T) {
	s, p := start(t)
	s.Limit(2)
	access, body := token(t, s), `{"user_id":"`+p.Chat()+`"}`
	for i, want := range []int{0, 0, -32} {
		got := post(t, s, access, zalotest.PathQuota, body)
		check(t, fmt.Sprint("call ", i), got, want)
		if remain := got.header.Get("X-RateLimit-Remain"); remain != fmt.Sprint(max(1-i, 0)) {
			t.Errorf("call %d: %s remain", i, remain)
		}
	}
	s.Advance(time.Minute)
	check(t, "a minute later", post(t, s, access, zalotest.PathQuota, body), 0)
}

func TestTemplatesAreRefusedAsZaloDoes(t *testing.T) {
	s, p := start(t)
	access := token(t, s)
	s.SetTemplate("1", zalotest.Template{Params: map[string]int{"ngay": 10}})
	s.SetTemplate("2", zalotest.Template{Pending: true})
	byID := `{"user_id":"` + p.Chat() + `","template_id":"%s","template_data":{%s}}`
	byPhone := `{"phone":"%s","template_id":"1","template_data":{"ngay":"09/12"},"tracking_id":"%s"}`
	for _, c := range []struct {
		name, path, body string
		refusal          int
	}{
		{"without money", zalotest.PathTemplate, fmt.Sprintf(byID, "1", `"ngay":"09/12"`), -115},
		{"not approved", zalotest.PathTemplate, fmt.Sprintf(byID, "2", ""), -131},
		{"unknown", zalotest.PathTemplate, fmt.Sprintf(byID, "3", ""), -201},
		{"without a parameter", zalotest.PathTemplate, fmt.Sprintf(byID, "1", ""), -201},
		{"with one too many", zalotest.PathTemplate, fmt.Sprintf(byID, "1", `"ngay":"09/12","gio":"8"`), -201},
		{"too long", zalotest.PathTemplate, fmt.Sprintf(byID, "1", `"ngay":"09/12/2026 "`), -201},
		{"local phone", zalotest.PathTemplateByPhone, fmt.Sprintf(byPhone, "0912345678", "t"), -108},
		{"no account", zalotest.PathTemplateByPhone, fmt.Sprintf(byPhone, "84999999999", "t"), -118},
		{"no tracking", zalotest.PathTemplateByPhone, fmt.Sprintf(byPhone, p.Phone, ""), -201},
		{"long tracking", zalotest.PathTemplateByPhone, fmt.Sprintf(byPhone, p.Phone, strings.Repeat("t", 49)), -201},
	} {
		check(t, c.name, post(t, s, access, c.path, c.body), c.refusal)
	}
	s.Buy(0, 1)
	check(t, "by phone", post(t, s, access, zalotest.PathTemplateByPhone, fmt.Sprintf(byPhone, p.Phone, "t")), 0)
	if got := p.Inbox(); len(got) != 1 || got[0].Params["ngay"] != "09/12" || got[0].Tracking != "t" {
		t.Errorf("%+v", got)
	}
}
