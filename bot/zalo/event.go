package zalo

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// An event as far as we read it. Ids, sizes and timestamps are strings [2+].
type (
	event struct {
		App       text     `json:"app_id"`
		Name      text     `json:"event_name"`
		Timestamp text     `json:"timestamp"` // Unix milliseconds
		OA        text     `json:"oa_id"`
		User      text     `json:"user_id"`
		Sender    party    `json:"sender"`
		Recipient party    `json:"recipient"`
		Follower  party    `json:"follower"`
		Message   message  `json:"message"`
		Info      *details `json:"info"` // of user_submit_info
		details            // the same in an older form, whose shape is unsure [?]
	}
	party struct {
		ID    text `json:"id"`
		Admin text `json:"admin_id"` // of an account's own message: the admin who typed it
	}
	message struct {
		ID          text         `json:"msg_id"`
		IDs         []text       `json:"msg_ids"`
		Text        text         `json:"text"`
		Attachments []attachment `json:"attachments"`
	}
	attachment struct {
		Type    text `json:"type"`
		Payload struct {
			URL  text   `json:"url"`
			Name text   `json:"name"`
			Size number `json:"size"` // bytes
		} `json:"payload"`
	}
	// details leaves a birth date and a gender out, which we do not ask for.
	details struct {
		Name     text `json:"name"`
		Phone    text `json:"phone"`
		Address  text `json:"address"`
		Ward     text `json:"ward"`
		District text `json:"district"`
		City     text `json:"city"`
		Full     struct {
			City    text `json:"user_city"`
			Ward    text `json:"user_ward"`
			Address text `json:"user_address"`
		} `json:"full_address"`
	}
)

// byAccount tells that the account did what the event is about, or that it is about a message of the account.
func (e event) byAccount() bool {
	return strings.HasPrefix(string(e.Name), "oa_") || e.Name == "user_received_message" || e.Name == "user_seen_message"
}

// person is whom the event is about, by the id that the account knows them by; "" when there is none.
func (e event) person() text {
	if e.byAccount() {
		return cmp.Or(e.Recipient.ID, e.User)
	}
	return cmp.Or(e.Follower.ID, e.Sender.ID, e.User)
}

// of tells that the event is of this account, or does not say of which.
func (e event) of(account string) bool {
	parties := []text{e.OA, e.Sender.ID, e.Recipient.ID}
	return slices.Contains(parties, text(account)) || cmp.Or(parties...) == ""
}

// id is the message's own. Events without a message get one that their repetitions have, too.
func (e event) id() string {
	if e.Message.ID != "" && e.Name != "user_received_message" && e.Name != "user_seen_message" {
		return string(e.Message.ID)
	}
	return strings.Join([]string{string(e.Name), string(e.Timestamp), string(e.person()), string(e.Message.ID)}, ":")
}

// at is when it happened; now, when the event does not say, or says a time to come.
func (e event) at(now time.Time) time.Time {
	if at := time.UnixMilli(int64(e.Timestamp.number())); e.Timestamp.number() > 0 && at.Before(now) {
		return at
	}
	return now
}
