package zalo

import (
	"context"
	"crypto/rand"
	"fmt"

	"khoinghiep/bot"
)

// templated is a template message in Zalo's words: to a person by id, or by phone with an id to follow it by.
type templated struct {
	User     string            `json:"user_id,omitempty"`
	Phone    string            `json:"phone,omitempty"`
	Template string            `json:"template_id"`
	Data     map[string]string `json:"template_data"`
	Tracking string            `json:"tracking_id,omitempty"` // at most 48 characters
}

// HasTemplate tells whether a template of that name is configured.
func (c *Channel) HasTemplate(name string) bool {
	_, ok := c.cfg.Templates[name]
	return ok
}

// sendTemplate sends an approved template, which needs no window since the person wrote and costs 200 to 300 đồng. Its id
// is the one that bot.Delivered brings back.
func (c *Channel) sendTemplate(ctx context.Context, chat string, t bot.Template) (id string, err error) {
	approved, ok := c.cfg.Templates[t.Name]
	if !ok {
		return "", fmt.Errorf("%w: no template has the name %q", bot.ErrRejected, t.Name)
	}
	message := templated{User: chat, Template: approved, Data: map[string]string{}}
	for name, value := range t.Params {
		message.Data[name] = written(value)
	}
	url := c.cfg.APIURL + "/v3.0/oa/message/template"
	if t.Phone != "" {
		message.User, message.Phone, message.Tracking = "", t.Phone, rand.Text()
		url = c.cfg.TemplateURL + "/message/template"
	}
	data, err := c.post(ctx, url, message)
	if err != nil {
		return "", err
	}
	return c.sent(chat, data), nil
}
