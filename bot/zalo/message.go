package zalo

import (
	"golang.org/x/text/unicode/norm"

	"khoinghiep/bot"
)

const titleLimit = 100 // characters of a button's or card's title

// What the message API takes.
type (
	outgoing struct {
		Recipient recipient `json:"recipient"`
		Message   content   `json:"message"`
	}
	recipient struct {
		User string `json:"user_id"`
	}
	// content is one message. It bears one attachment at most.
	content struct {
		Text       string    `json:"text,omitempty"`
		Attachment *attached `json:"attachment,omitempty"`
	}
	attached struct {
		Type    string `json:"type"`
		Payload any    `json:"payload"`
	}
	template struct {
		Type     string    `json:"template_type,omitempty"`
		Elements []element `json:"elements,omitempty"`
		Buttons  []button  `json:"buttons,omitempty"`
	}
	element struct {
		MediaType  string `json:"media_type,omitempty"`
		Attachment string `json:"attachment_id,omitempty"`
		Title      string `json:"title,omitempty"`
		Subtitle   string `json:"subtitle,omitempty"`
		Image      string `json:"image_url,omitempty"`
	}
	button struct {
		Title   string `json:"title"`
		Type    string `json:"type"`
		Payload any    `json:"payload"`
	}
	link struct {
		URL string `json:"url"`
	}
	token struct {
		Token string `json:"token"`
	}
)

// written is text as Zalo counts it: composed, so that "ế" is one character.
func written(s string) string { return norm.NFC.String(s) }

// shortened is s within limit characters.
func shortened(s string, limit int) string {
	if r := []rune(written(s)); len(r) > limit {
		return string(r[:limit-1]) + "…"
	}
	return written(s)
}

// textMessage is text with the buttons that are not for contacts.
func (c *Channel) textMessage(chat string, m bot.Outgoing) content {
	buttons := []button{}
	for _, b := range m.Buttons {
		title := shortened(b.Label, titleLimit)
		switch {
		case b.Contact:
		case b.URL != "":
			buttons = append(buttons, button{title, "oa.open.url", link{b.URL}})
		default: // "hide" keeps the payload out of the chat
			buttons = append(buttons, button{title, "oa.query.hide", c.sealed(chat, b.Data)})
		}
	}
	message := content{Text: written(m.Body())}
	if len(buttons) > 0 {
		message.Attachment = &attached{"template", template{Type: c.cfg.ButtonType, Buttons: buttons}}
	}
	return message
}

// cardSubtitle stands on the card that asks for a phone number; Zalo takes 500 characters.
const cardSubtitle = "Bạn bấm vào đây để chia sẻ số điện thoại, hoặc gõ số vào ô chat."

// contactCard asks for the person's phone number. It is an attachment of its own, so it cannot stand with other buttons.
func (c *Channel) contactCard(label string) content {
	card := element{Title: shortened(label, titleLimit), Subtitle: cardSubtitle, Image: c.cfg.CardImage}
	return content{Attachment: &attached{"template", template{Type: "request_user_info", Elements: []element{card}}}}
}

// imageMessage shows an uploaded image.
func imageMessage(id string) content {
	picture := element{MediaType: "image", Attachment: id}
	return content{Attachment: &attached{"template", template{Type: "media", Elements: []element{picture}}}}
}

// fileMessage hands out an uploaded file.
func fileMessage(id string) content {
	return content{Attachment: &attached{"file", token{id}}}
}
