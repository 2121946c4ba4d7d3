package bot

import (
	"errors"
	"fmt"
	"time"
)

// What Channel.Send may wrap, each with its own consequence for whoever sends.
var (
	ErrUnreachable  = errors.New("the person cannot be reached here")    // blocked, gone, never started: stop writing until they write
	ErrRejected     = errors.New("the platform refuses this message")    // our fault; the same message will be refused again
	ErrWindowClosed = errors.New("this way to the person is closed now") // written too long ago, a quota used up: another way may be open
	ErrUnknown      = errors.New("the message may or may not be sent")   // cut off while waiting for the answer
	ErrForged       = errors.New("the call does not come from the platform")
)

// RateLimited means that the platform asks to wait; nothing was sent.
type RateLimited struct{ After time.Duration }

func (e *RateLimited) Error() string { return fmt.Sprintf("rate limited for %s", e.After) }
