package zalo

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"khoinghiep/bot"
)

// errToken means that Zalo refuses the access token; nothing was done.
var errToken = errors.New("the access token is refused")

// Pauses after which Zalo may take what it refused.
const (
	nightPause  = 30 * time.Minute // asked again until the morning
	repairPause = 10 * time.Minute // somebody has to pay or to sign something first; meanwhile everything waits
)

// meaning is what error codes of Zalo amount to: one of bot's errors, or errToken.
type meaning struct {
	codes       []int
	what        string
	consequence error
}

// meanings lists all known codes, of messages (-2xx) and templates (-1xx). Of a template, bot.ErrUnreachable says nothing
// about messages to the same person. All are second-hand, without a mark.
func meanings() []meaning {
	return []meaning{
		{[]int{-216, -220, 216, 401, -401, -124}, "access token", errToken},
		{[]int{-32}, "too many calls", &bot.RateLimited{After: breather}},

		{[]int{-213}, "not a follower", bot.ErrUnreachable},
		{[]int{-227}, "banned, or away for 45 days", bot.ErrUnreachable},
		{[]int{-244}, "the person restricts the account", bot.ErrUnreachable},
		{[]int{-230, -232}, "outside the window since the person last wrote", bot.ErrWindowClosed},
		{[]int{-211}, "quota of messages used up", bot.ErrWindowClosed},
		{[]int{-218}, "the person had their most messages", bot.ErrWindowClosed},
		{[]int{-210}, "too long", bot.ErrRejected},
		{[]int{-233}, "type of message not allowed", bot.ErrRejected},
		{[]int{-248}, "against the policy", bot.ErrRejected},
		{[]int{-234}, "not at night", &bot.RateLimited{After: nightPause}},
		{[]int{-221}, "account not verified", &bot.RateLimited{After: repairPause}},
		{[]int{-224}, "the account's package does not allow it", &bot.RateLimited{After: repairPause}},

		{[]int{-108}, "phone number", bot.ErrUnreachable},
		{[]int{-114, -119}, "cannot receive templates", bot.ErrUnreachable},
		{[]int{-118}, "no account of this number", bot.ErrUnreachable},
		{[]int{-139, -141}, "the person refuses templates", bot.ErrUnreachable},
		{[]int{-115, -137}, "balance", bot.ErrWindowClosed},
		{[]int{-144, -147}, "quota of templates used up", bot.ErrWindowClosed},
		{[]int{-131}, "template not approved", bot.ErrRejected},
		{[]int{-133}, "no templates at night", &bot.RateLimited{After: nightPause}},
	}
}

// refusal is the error for a code. It quotes none of Zalo's words, which may name somebody.
func refusal(code int) error {
	list := meanings()
	i := slices.IndexFunc(list, func(m meaning) bool { return slices.Contains(m.codes, code) })
	if i < 0 {
		return fmt.Errorf("zalo answers %d", code) // nothing was done, and a retry may help
	}
	return fmt.Errorf("zalo answers %d (%s): %w", code, list[i].what, list[i].consequence)
}

// result is the data that an answer holds, or what its lack means. Zalo says no with HTTP 200 [2+].
func (a answer) result() (json.RawMessage, error) {
	var reply struct {
		Error *number         `json:"error"`
		Data  json.RawMessage `json:"data"`
	}
	malformed := json.Unmarshal(a.body, &reply)
	switch {
	case a.err != nil && !a.sent:
		return nil, fmt.Errorf("not sent: %w", a.err)
	case a.err != nil:
		return nil, fmt.Errorf("%w: %w", bot.ErrUnknown, a.err)
	case malformed == nil && reply.Error != nil && *reply.Error != 0:
		return nil, refusal(int(*reply.Error))
	case a.status == http.StatusTooManyRequests:
		return nil, fmt.Errorf("status 429: %w", &bot.RateLimited{After: breather})
	case a.status == http.StatusUnauthorized:
		return nil, fmt.Errorf("status 401: %w", errToken)
	case a.status >= http.StatusMultipleChoices:
		return nil, fmt.Errorf("status %d", a.status) // a page of some proxy before Zalo
	case malformed != nil || reply.Error == nil:
		return nil, fmt.Errorf("%w: the answer is not one of Zalo's", bot.ErrUnknown)
	}
	return reply.Data, nil
}
