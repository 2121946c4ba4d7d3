package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"

	"khoinghiep/bot"
)

// webAccount is a person at the web chat, who reads from another replica than the one that gets the message sent last.
type webAccount struct {
	*webOutbox
	sent  int
	after string     // id of the entry read last
	inbox []webEntry // of the bot
	keys  []string   // of the person's own entries
}

// webEntry is an entry of the log as the API gives it.
type webEntry struct {
	ID, Key string
	Mine    bool
	bot.Outgoing
}

// once sends each message as a single copy.
func once(_, _ int) int { return 1 }

// webAccounts has people open the web chat; copies says how many of each person's messages are sent at the same time.
func webAccounts(t *testing.T, replicas *webReplicas, copies func(person, message int) int) func(name string) account {
	people := 0
	return func(string) account {
		person := people
		people++
		v := &webVisitor{replicas: replicas, from: fmt.Sprintf("10.0.0.%d", person)}
		session := struct{ Token string }{}
		answer, err := v.insist(t.Context(), person, http.MethodPost, "/chat/api/session", "", func() {})
		if err == nil {
			err = json.Unmarshal(answer, &session)
		}
		if err != nil {
			t.Fatal(err)
		}
		v.token = session.Token
		return &webAccount{webOutbox: newWebOutbox(t, v, func(message int) int { return copies(person, message) }), after: "0"}
	}
}

// address names the chat as bot/webchat does, by a hash of the token.
func (a *webAccount) address() bot.Address {
	sum := sha256.Sum256([]byte(a.token))
	return bot.Address{Channel: "web", Chat: hex.EncodeToString(sum[:16])}
}

func (a *webAccount) send(text string) { a.post(map[string]string{"text": text}) }

func (a *webAccount) press(label string) error {
	for _, m := range slices.Backward(a.inbox) {
		for _, b := range m.Buttons {
			if b.Label == label && b.Data != "" {
				a.post(map[string]string{"button": b.Data, "label": label, "pressed": m.ID})
				return nil
			}
		}
	}
	return fmt.Errorf("no message has a button %q", label)
}

func (a *webAccount) post(body map[string]string) {
	a.sent++
	body["id"] = strconv.Itoa(a.sent)
	a.queue <- body
}

func (a *webAccount) read() []string {
	texts := []string{}
	for _, m := range a.inbox {
		texts = append(texts, m.Body())
	}
	return texts
}

func (a *webAccount) next(ctx context.Context) error {
	for {
		news, err := a.fetch(ctx)
		if news || err != nil {
			return err
		}
		rest(ctx)
	}
}

// fetch takes in what the log has further, and tells whether that is anything from the bot.
func (a *webAccount) fetch(ctx context.Context) (news bool, err error) {
	answer, err := a.insist(ctx, a.sent, http.MethodGet, "/chat/api/messages?after="+a.after, "", func() {})
	if err != nil {
		return false, err
	}
	list := struct{ Messages []webEntry }{}
	if err := json.Unmarshal(answer, &list); err != nil {
		return false, err
	}
	for _, m := range list.Messages {
		a.take(m)
		news = news || !m.Mine
	}
	return news, nil
}

// take puts an entry where the page would show it.
func (a *webAccount) take(m webEntry) {
	a.after = m.ID
	replaced := slices.IndexFunc(a.inbox, func(old webEntry) bool { return old.ID == m.Replace })
	switch {
	case m.Mine:
		a.keys = append(a.keys, m.Key)
	case replaced >= 0:
		a.inbox[replaced] = m
	default:
		a.inbox = append(a.inbox, m)
	}
}
