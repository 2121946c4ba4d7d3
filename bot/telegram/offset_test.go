package telegram_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"khoinghiep/bot"
)

// offset is the one that a request asks from.
func offset(t *testing.T, r *http.Request) string {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Error(err)
	}
	params, err := url.ParseQuery(string(body))
	if err != nil {
		t.Error(err)
	}
	return params.Get("offset")
}

func TestPollWaitsForWhatIsInHandAndConfirmsIt(t *testing.T) {
	var began time.Time
	var last string
	pollMinute(t, func(r *http.Request) (int, string) {
		if began.IsZero() {
			began = time.Now()
		}
		last = fmt.Sprintf("offset %s after %s", offset(t, r), time.Since(began))
		return 200, sameUpdate
	}, func(bot.Incoming) <-chan error {
		settled := make(chan error, 1)
		time.AfterFunc(2*time.Minute, func() { settled <- nil })
		return settled
	})
	if last != "offset 10 after 2m0s" {
		t.Errorf("last request: %s", last)
	}
}

func TestPollPassesUpdatesThatHoldNothingForUs(t *testing.T) {
	var offsets []string
	pollMinute(t, func(r *http.Request) (int, string) {
		offsets = append(offsets, offset(t, r))
		if len(offsets) > 1 {
			return 200, `{"ok":true,"result":[]}`
		}
		return 200, `{"ok":true,"result":[{"update_id":5,"inline_query":{"id":"1"}},{"update_id":0},{"update_id":6,"message":"odd"}]}`
	}, func(in bot.Incoming) <-chan error {
		t.Errorf("handed in %+v", in)
		return settledWith(nil)(in)
	})
	if len(offsets) < 2 || offsets[0] != "0" || offsets[1] != "7" {
		t.Errorf("asked from %q", offsets)
	}
}

// TestNumberingMayStartAnew: Telegram numbers anew after a week without updates, and what then comes with a low number
// is not to be confirmed unread by the high offset of before.
func TestNumberingMayStartAnew(t *testing.T) {
	const low = `{"update_id":5,"message":{` + head + `,"text":"slow"}}`
	const high = `{"update_id":999,"message":{` + head + `,"text":"x"}}`
	for name, test := range map[string]struct {
		replies []string
		last    string // offset when all is settled
	}{
		"later":         {[]string{high, low}, "6"},
		"in one answer": {[]string{high + "," + low}, "1000"},
	} {
		replies := test.replies
		var settled atomic.Bool
		var offsets []string
		pollMinute(t, func(r *http.Request) (int, string) {
			from := offset(t, r)
			offsets = append(offsets, from)
			n := len(offsets)
			if n > len(replies) && !settled.Load() && from != "0" && from != "5" {
				t.Errorf("%s: update 5, in hand, was confirmed by offset %s", name, from)
			}
			return 200, `{"ok":true,"result":[` + replies[min(n, len(replies))-1] + `]}`
		}, func(in bot.Incoming) <-chan error {
			done := make(chan error, 1)
			if in.Text != "slow" {
				done <- nil
				return done
			}
			time.AfterFunc(20*time.Second, func() {
				settled.Store(true)
				done <- nil
			})
			return done
		})
		if !slices.Contains(offsets, test.last) {
			t.Errorf("%s: never asked from %s: %q", name, test.last, offsets)
		}
	}
}

// TestOneSlowUpdateDoesNotHoldUpOthers: updates behind it come within about a second, and it is never confirmed.
func TestOneSlowUpdateDoesNotHoldUpOthers(t *testing.T) {
	began := time.Time{}
	seen := map[string]time.Duration{}
	pollMinute(t, func(r *http.Request) (int, string) {
		if began.IsZero() {
			began = time.Now()
		}
		if from := offset(t, r); from != "0" && from != "1" {
			t.Errorf("the slow update was confirmed: offset %s", from)
		}
		list := []string{}
		for id := 1; id <= int(time.Since(began)/(10*time.Second))+1; id++ {
			list = append(list, fmt.Sprintf(`{"update_id":%d,"message":{%s,"text":"x"}}`, id, head))
		}
		return 200, `{"ok":true,"result":[` + strings.Join(list, ",") + `]}`
	}, func(in bot.Incoming) <-chan error {
		seen[in.ID] = time.Since(began)
		settled := make(chan error, 1)
		if in.ID == "1" {
			time.AfterFunc(2*time.Minute, func() { settled <- io.EOF })
		} else {
			settled <- nil
		}
		return settled
	})
	for id := 1; id <= 6; id++ {
		due := time.Duration(id-1) * 10 * time.Second
		if late := seen[fmt.Sprint(id)] - due; late < 0 || late > time.Second {
			t.Errorf("update %d was handed in %s late", id, late)
		}
	}
}
