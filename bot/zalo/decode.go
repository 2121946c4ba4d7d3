package zalo

import (
	"cmp"
	"slices"
	"strings"

	"khoinghiep/bot"
)

// decode translates one event; ok is false when it holds nothing for us.
func (c *Channel) decode(e event) (in bot.Incoming, ok bool) {
	in = bot.Incoming{
		ID:      e.id(),
		From:    bot.Address{Channel: c.Name(), Chat: string(e.person())},
		Private: true,
		At:      e.at(c.cfg.Clock()),
	}
	switch name := string(e.Name); {
	case strings.HasPrefix(name, "user_send_"):
		c.fromMessage(&in, e)
	case name == "user_submit_info":
		fromForm(&in, cmp.Or(e.Info, &e.details))
	case name == "follow":
		in.Kind = bot.Joined
	case name == "unfollow":
		in.Kind = bot.Left
	case name == "user_received_message", name == "user_seen_message":
		in.Kind, in.Receipts = bot.Delivered, e.receipts()
	case byHand(e):
		in.Kind = bot.HumanTookOver
	case !ignored(name):
		c.cfg.Logger.Info("zalo: an unknown kind of event is ignored", "event", name[:min(len(name), 50)])
		return in, false
	default:
		return in, false
	}
	return in, in.From.Chat != ""
}

// byHand tells that an admin of the account wrote a message with Zalo's own tools; what we send comes back without an admin.
func byHand(e event) bool {
	return strings.HasPrefix(string(e.Name), "oa_send_") && e.Name != "oa_send_consent" && e.Sender.Admin != ""
}

// ignored tells that an event is known and says nothing to us: what we sent ourselves, people whom Zalo does not name, a
// look at the chat, consents to phone calls, and news of the account.
func ignored(name string) bool {
	return strings.HasPrefix(name, "oa_send_") || strings.HasPrefix(name, "anonymous_") || slices.Contains([]string{
		"user_click_chatnow", "user_reacted_message", "user_reply_consent", "change_oa_daily_quota", "change_template_status",
	}, name)
}

// fromMessage fills in what a person sent. A pressed button comes as a text, see sealed.
func (c *Channel) fromMessage(in *bot.Incoming, e event) {
	in.Text = string(e.Message.Text)
	switch e.Name {
	case "user_send_text":
		if data, ok := c.pressed(in.From.Chat, in.Text); ok {
			in.Button, in.Text = data, ""
		}
	case "user_send_link":
		in.Text = linked(e.Message)
	case "user_send_image", "user_send_file":
		in.Files = files(e.Message, e.Name == "user_send_image")
	case "user_send_business_card":
		in.Contact, in.Text = true, "" // somebody's: not told to be the sender's own
	}
	if in.Button == "" && len(in.Files) == 0 && !in.Contact && !readable(e.Name, in.Text) {
		in.Kind = bot.Unsupported
	}
}

// readable tells that a text is what was sent, and not a note to something that we cannot read.
func readable(event text, typed string) bool {
	return (event == "user_send_text" || event == "user_send_link") && typed != ""
}

// linked is what was typed together with a link, which Zalo may repeat or not [?].
func linked(m message) string {
	for _, a := range m.Attachments {
		if !strings.Contains(string(m.Text), string(a.Payload.URL)) {
			return strings.TrimSpace(string(m.Text + " " + a.Payload.URL))
		}
	}
	return string(m.Text)
}

// files are what can be downloaded; their ids are links whose lifetime is unknown [?], so they are fetched at once.
func files(m message, images bool) (list []bot.File) {
	for _, a := range m.Attachments {
		if p := a.Payload; p.URL != "" {
			list = append(list, bot.File{ID: string(p.URL), Name: string(p.Name), Size: max(int64(p.Size), 0), Image: images})
		}
	}
	return list
}

// fromForm fills in what a person told on the form that a request for their phone number opens.
func fromForm(in *bot.Incoming, d *details) {
	place := []string{}
	for _, part := range []text{cmp.Or(d.Full.Address, d.Address), cmp.Or(d.Full.Ward, d.Ward), d.District, cmp.Or(d.Full.City, d.City)} {
		if part != "" {
			place = append(place, string(part))
		}
	}
	in.Name, in.Phone, in.Contact = string(d.Name), string(d.Phone), true
	in.Profile = &bot.Profile{Name: in.Name, Phone: in.Phone, Place: strings.Join(place, ", ")}
}

// receipts are the ids of the account's messages that an event is about.
func (e event) receipts() []string {
	ids := []string{}
	for _, id := range append(slices.Clone(e.Message.IDs), e.Message.ID) {
		if id != "" {
			ids = append(ids, string(id))
		}
	}
	return ids
}
