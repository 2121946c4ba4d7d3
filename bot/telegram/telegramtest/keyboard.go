package telegramtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
)

// Button is one button under a message, or one key of a reply keyboard.
type Button struct {
	Label   string
	Data    string // of an inline button
	URL     string // of an inline button
	Contact bool   // a key that shares the person's contact
}

type replyMarkup struct {
	Inline [][]inlineButton `json:"inline_keyboard"`
	Keys   [][]replyKey     `json:"keyboard"`
	Remove bool             `json:"remove_keyboard"`
}

type inlineButton struct {
	Text string  `json:"text"`
	Data *string `json:"callback_data"`
	URL  *string `json:"url"`
}

type replyKey struct {
	Text    string `json:"text"`
	Contact bool   `json:"request_contact"`
}

// keyboard reads a reply_markup parameter and refuses what Telegram refuses.
func keyboard(param string) (rows [][]Button, reply bool, err error) {
	if param == "" {
		return nil, false, nil
	}
	var m replyMarkup
	if err := json.Unmarshal([]byte(param), &m); err != nil {
		return nil, false, errors.New("can't parse reply keyboard markup JSON object")
	}
	switch {
	case len(m.Inline) > 0:
		rows, err = translate(m.Inline, inlineButton.button)
	case len(m.Keys) > 0:
		rows, err = translate(m.Keys, replyKey.button)
		reply = true
	case !m.Remove:
		return nil, false, errors.New("object expected as reply markup")
	}
	return rows, reply, err
}

func translate[T any](from [][]T, button func(T) (Button, error)) ([][]Button, error) {
	rows := make([][]Button, len(from))
	total := 0
	for i, row := range from {
		total += len(row)
		if len(row) > 8 || total > 100 {
			return nil, errors.New("BUTTON_COUNT_INVALID: at most 8 a row and 100 in all")
		}
		for _, given := range row {
			b, err := button(given)
			if err != nil {
				return nil, err
			}
			if b.Label == "" {
				return nil, errors.New("can't parse keyboard button: text must be non-empty")
			}
			rows[i] = append(rows[i], b)
		}
	}
	return rows, nil
}

func (b inlineButton) button() (Button, error) {
	switch {
	case b.Data != nil && b.URL != nil:
		return Button{}, errors.New("can't parse inline keyboard button: exactly one action is allowed")
	case b.Data != nil:
		if len(*b.Data) < 1 || len(*b.Data) > 64 {
			return Button{}, errors.New("BUTTON_DATA_INVALID")
		}
		return Button{Label: b.Text, Data: *b.Data}, nil
	case b.URL != nil:
		u, err := url.Parse(*b.URL)
		if err != nil || u.Scheme == "" {
			return Button{}, fmt.Errorf("inline keyboard button URL %q is invalid", *b.URL)
		}
		return Button{Label: b.Text, URL: *b.URL}, nil
	}
	return Button{}, errors.New("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
}

func (k replyKey) button() (Button, error) {
	return Button{Label: k.Text, Contact: k.Contact}, nil
}
