package bot

import "time"

// Entry is one line in the log of a chat whose window is ours, so that no platform remembers it for us.
type Entry struct {
	Seq  int64  // place in the log of the chat; grows, with gaps
	Key  string // the same key in the same chat again is the same entry
	Mine bool   // the person's own
	At   time.Time
	Outgoing
}
