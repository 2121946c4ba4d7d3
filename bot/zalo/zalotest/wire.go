package zalotest

import "encoding/json"

// What a message call holds.
type (
	sent struct {
		Recipient struct {
			User string `json:"user_id"`
		} `json:"recipient"`
		Message struct {
			Text       string      `json:"text"`
			Attachment *attachment `json:"attachment"`
		} `json:"message"`
	}
	attachment struct {
		Type    string  `json:"type"`
		Payload payload `json:"payload"`
	}
	payload struct {
		Type     string      `json:"template_type"`
		Elements []element   `json:"elements"`
		Buttons  []rawButton `json:"buttons"`
		Token    string      `json:"token"`
	}
	element struct {
		MediaType  string `json:"media_type"`
		URL        string `json:"url"`
		Attachment string `json:"attachment_id"`
		Title      string `json:"title"`
		Subtitle   string `json:"subtitle"`
		Image      string `json:"image_url"`
	}
	rawButton struct {
		Title   string          `json:"title"`
		Type    string          `json:"type"`
		Payload json.RawMessage `json:"payload"`
	}
)
