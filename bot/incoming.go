package bot

import "time"

// Address is where a person can be reached: one chat on one channel.
type Address struct {
	Channel string `json:"channel"` // Channel.Name
	Chat    string `json:"chat"`    // the platform's own identifier of the chat
}

// String gives "channel:chat", the form used in keys and logs; it identifies no person by name.
func (a Address) String() string { return a.Channel + ":" + a.Chat }

// Kind says what a person did.
type Kind int

// The kinds of Incoming.
const (
	Message       Kind = iota // typed, pressed, shared a contact, or sent files
	Joined                    // started or unblocked the bot; some platforms tell
	Left                      // blocked the bot
	Errand                    // nothing a person did: asked for by a turn at another address, see storage.AddErrand
	Unsupported               // a sticker, a voice message, a place, a poll: nothing we can read
	HumanTookOver             // nothing the person did: somebody of staff wrote to them by hand, with the platform's own tools
	Delivered                 // nothing the person did: messages of ours (Receipts) came to them
)

// Incoming is one thing a person did, out of the platform's own words.
type Incoming struct {
	ID      string // the platform's own; the same ID from the same address again is a redelivery
	Kind    Kind
	From    Address
	Private bool      // a chat with one person; others are not answered
	Name    string    // display name, as the platform gives it; may be empty
	Text    string    // what was typed, or the caption of files
	Button  string    // Button.Data of a pressed button
	Pressed string    // id of the message that bore the pressed button; may be empty
	Start   string    // payload of a deep link (t.me/…?start=payload)
	Phone   string    // a shared contact, only when it is the sender's own
	Contact bool      // a contact was shared, the sender's own or not
	Profile *Profile  // what the person filled in on the platform's own form; nil: there was none
	Files   []File    // files sent with this message
	Group   string    // id of the album this message is part of: one reply for the group
	Edited  bool      // an earlier message was changed
	At      time.Time // the platform's time where it gives one, else of receipt
	Receipt bool      // At is of receipt: the platform tells no time of this
	Ack     string    // what Acker needs to tell the platform that a press arrived

	Receipts []string // ids that Send gave to the messages that were Delivered
}

// Profile is what people tell about themselves on the platform's own form. Each part may be empty, and none is checked.
type Profile struct {
	Name  string
	Phone string
	Place string // as one writes an address: the smallest part first
}

// File is a file a person sent (ID, downloaded with Downloader) or one we send (Data).
type File struct {
	ID    string `json:"id,omitempty"` // the platform's
	Name  string `json:"name,omitempty"`
	MIME  string `json:"mime,omitempty"` // as the platform claims; check the content before trusting it
	Size  int64  `json:"size,omitempty"` // bytes; 0 when unknown
	Image bool   `json:"image,omitempty"`
	Data  []byte `json:"data,omitempty"`
}
