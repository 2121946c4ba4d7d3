package zalo

import (
	"crypto/hmac"
	"strconv"
	"strings"
	"time"
)

const (
	buttonLife   = 30 * 24 * time.Hour
	tagLength    = 16      // characters, 96 bits: nobody guesses one
	expiredPress = "!late" // Incoming.Button of a press that comes too late: it leads nowhere, and whoever routes says so
)

// sealed is the payload of a button. It comes back as a text that anybody can type, so it is bound to the person and to a
// time; what was pressed at which step, data itself says.
func (c *Channel) sealed(chat, data string) string {
	until := strconv.FormatInt(c.cfg.Clock().Add(buttonLife).Unix(), 36)
	return data + "~" + until + "~" + c.buttonTag(chat, data, until)
}

func (c *Channel) buttonTag(chat, data, until string) string {
	return c.tag("button", chat, data, until)[:tagLength]
}

// pressed is the data of the button that a text of this person comes from; ok is false for what they typed.
func (c *Channel) pressed(chat, typed string) (data string, ok bool) {
	rest, tag, tagged := cutLast(strings.TrimSpace(typed), "~")
	data, until, timed := cutLast(rest, "~")
	if !tagged || !timed || !hmac.Equal([]byte(tag), []byte(c.buttonTag(chat, data, until))) {
		return "", false
	}
	seconds, err := strconv.ParseInt(until, 36, 64)
	if err != nil || c.cfg.Clock().Unix() >= seconds {
		return expiredPress, true
	}
	return data, true
}

// cutLast is strings.Cut at the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
