package bot

// Outgoing is one message to a person, in plain text: channels escape it and bring emphasis themselves.
type Outgoing struct {
	Title   string   `json:"title,omitempty"` // first line, emphasised where the channel can
	Text    string   `json:"text,omitempty"`
	Buttons []Button `json:"buttons,omitempty"`
	File    *File    `json:"file,omitempty"`
	Replace string   `json:"replace,omitempty"` // id of a message of ours that this one takes the place of, where the channel can edit

	// Template is sent instead of all the rest by channels that need one to write first; the others leave it alone.
	Template *Template `json:"template,omitempty"`
}

// Template is a message whose wording the platform approved before, so that it may go to people who have not written lately.
type Template struct {
	Name   string            `json:"name"` // ours; the channel knows the platform's id of it
	Params map[string]string `json:"params,omitempty"`
	Phone  string            `json:"phone,omitempty"` // to this number instead of the chat: 84 and nine digits
}

// Body is the title and the text as a channel without emphasis shows them.
func (m Outgoing) Body() string {
	switch {
	case m.Title == "":
		return m.Text
	case m.Text == "":
		return m.Title
	}
	return m.Title + "\n" + m.Text
}

// Button is one thing to press under a message. One of Data, URL and Contact is set.
type Button struct {
	Label   string `json:"label"`
	Data    string `json:"data,omitempty"` // comes back as Incoming.Button; at most ButtonDataLimit bytes
	URL     string `json:"url,omitempty"`
	Contact bool   `json:"contact,omitempty"` // shares the sender's own phone number, where the channel can
	Row     bool   `json:"row,omitempty"`     // starts a new row, where the channel has rows
}

// ButtonDataLimit is the most bytes Button.Data may have: Telegram's callback_data, the shortest of all channels.
const ButtonDataLimit = 64
