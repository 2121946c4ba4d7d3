package handlers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

// greeting leaves a place for where to ask whether this is the department's own.
const greeting = "Chào bạn. Mình là trợ lý tự động của Sở Khoa học và Công nghệ tỉnh Quảng Ngãi, giúp đăng ký dự án khởi nghiệp đổi mới sáng tạo, miễn phí.\n" +
	"Mình không bao giờ hỏi số CCCD, mã OTP hay tài khoản ngân hàng. Cần kiểm chứng? %s\nBạn cần làm gì? Gõ “trợ giúp” để xem mọi việc."

const officerGreeting = "Chào anh/chị. Đây là trợ lý tự động của Sở Khoa học và Công nghệ tỉnh Quảng Ngãi. Anh/chị cần làm gì? Gõ “trợ giúp” để xem mọi việc."

// home greets and shows what can be done. contact is a way to the department beside this one.
func (r *Router) home(contact string) *Conversation {
	return &Conversation{
		Name: "menu", Label: "Các việc mình giúp được",
		Always: []string{"menu", "start"},
		Words:  []string{"bắt đầu", "xin chào", "chào", "chào bạn", "chào bot", "hi", "hello", "alo", "hey", "trang chủ"},
		Open: func(ctx context.Context, t *Turn, _ string) error {
			text := fmt.Sprintf(greeting, contact)
			switch title := r.putAside(t); {
			case title != "":
				text = "Phần “" + title + "” đang điền vẫn còn; " + t.Address("muốn điền tiếp, bạn chọn lại việc đó. Bạn cần làm gì?")
			case t.Session.Official:
				text = officerGreeting
			}
			t.Say(r.menu(ctx, t, text))
			return nil
		},
	}
}

// menu shows what this person can do, under a text of its own.
func (r *Router) menu(ctx context.Context, t *Turn, text string) bot.Outgoing {
	if text == "" {
		text = t.Address("Bạn cần làm gì?")
	}
	m := bot.Outgoing{Text: text}
	for _, c := range r.offered(ctx, t) {
		m.Buttons = append(m.Buttons, c.button())
	}
	return m
}

// offered lists what the menu of this person has: first what comes with a role, as that is what they are here for.
func (r *Router) offered(ctx context.Context, t *Turn) []*Conversation {
	list := []*Conversation{}
	for _, c := range r.list {
		if c.Menu && r.may(ctx, t, c) {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *Conversation) int { return cmp.Compare(a.rank(), b.rank()) })
	return list
}

// rank orders menus: 0 for what somebody has by a role, 1 for what everybody has.
func (c *Conversation) rank() int {
	if c.Role != "" {
		return 0
	}
	return 1
}

func (c *Conversation) button() bot.Button {
	return bot.Button{Label: c.Label, Data: c.Button(""), Row: true}
}

// mostGuessed is how long a menu may be that comes unasked: longer ones push the answer off a small screen.
const mostGuessed = 8

// guess answers a text that is not understood: the two things that were most likely meant, then the rest of the menu, or the way
// to it.
func (r *Router) guess(ctx context.Context, t *Turn) bot.Outgoing {
	likely := r.nearest(ctx, t, 2)
	m := bot.Outgoing{Text: NotUnderstood}
	if len(likely) > 0 {
		m.Text = "Mình chưa chắc hiểu đúng ý bạn. Có phải bạn cần " + quoted(likely) + "? Bạn chọn một việc nhé:"
	}
	m.Text = t.Address(m.Text)
	rest := r.offered(ctx, t)
	long := len(rest) > mostGuessed
	if long {
		rest = nil
	}
	for _, c := range append(likely, rest...) {
		if b := c.button(); !slices.Contains(m.Buttons, b) {
			m.Buttons = append(m.Buttons, b)
		}
	}
	if long {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Mọi việc", Data: "menu:", Row: true})
	}
	return m
}

// quoted names one thing or two.
func quoted(list []*Conversation) string {
	labels := []string{}
	for _, c := range list {
		labels = append(labels, "“"+c.Label+"”")
	}
	return strings.Join(labels, " hay ")
}

// NotUnderstood is the answer to an unknown word.
const NotUnderstood = "Mình chưa hiểu ý bạn. Bạn chọn một việc nhé:"

// Refuse answers people without a role to whom a word of that role does not exist.
func (t *Turn) Refuse() { t.Say(bot.Outgoing{Text: t.Address(NotUnderstood)}) }

// nearest finds the conversations whose label or words are closest to what was typed, the closest first.
func (r *Router) nearest(ctx context.Context, t *Turn, most int) []*Conversation {
	phrases, owners := []string{}, []*Conversation{}
	for _, c := range r.list {
		if c.Label == "" || !r.may(ctx, t, c) {
			continue
		}
		for _, phrase := range c.phrases() {
			phrases, owners = append(phrases, phrase), append(owners, c)
		}
	}
	found := []*Conversation{}
	for _, i := range viet.Nearest(t.In.Text, phrases, len(phrases)) {
		if len(found) < most && !slices.Contains(found, owners[i]) {
			found = append(found, owners[i])
		}
	}
	return found
}
