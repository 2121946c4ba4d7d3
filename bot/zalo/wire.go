package zalo

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// text is a string that Zalo may also send as a number; anything else is read as "".
type text string

// UnmarshalJSON implements json.Unmarshaler. It never fails.
func (t *text) UnmarshalJSON(data []byte) error {
	var s string
	var n json.Number
	switch {
	case json.Unmarshal(data, &s) == nil:
		*t = text(s)
	case json.Unmarshal(data, &n) == nil:
		*t = text(n)
	}
	return nil
}

// number is an integer that Zalo may also send as a string [2+]; anything else is read as 0.
type number int64

// UnmarshalJSON implements json.Unmarshaler. It never fails.
func (n *number) UnmarshalJSON(data []byte) error {
	var t text
	_ = t.UnmarshalJSON(data)
	*n = t.number()
	return nil
}

// number is the integer that the text holds; 0 when it is none.
func (t text) number() number {
	n, err := strconv.ParseInt(strings.TrimSpace(string(t)), 10, 64)
	if err != nil {
		return 0
	}
	return number(n)
}

// parse is json.Unmarshal except that a field of an unexpected type is left empty: Zalo changes fields, and one that we may
// not even read must not cost us an event.
func parse(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	var odd *json.UnmarshalTypeError
	if errors.As(err, &odd) {
		return nil
	}
	return err
}
