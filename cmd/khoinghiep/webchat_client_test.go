package main

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"khoinghiep/bot"
)

// webClient is a client of the API of docs/webchat-api.md that is no browser.
type webClient struct {
	t     *testing.T
	url   string
	token string
}

// webMessage is an entry.
type webMessage struct {
	ID   string
	Mine bool
	bot.Outgoing
}

func (c *webClient) send(body string) {
	c.t.Helper()
	resp := c.call(c.t.Context(), http.MethodPost, "/chat/api/send", body)
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		c.t.Fatalf("sending %s: %s", body, resp.Status)
	}
}

// events reads those after an id, up to the first answer of the bot.
func (c *webClient) events(after string) []webMessage {
	c.t.Helper()
	ctx, stop := context.WithTimeout(c.t.Context(), patience)
	defer stop()
	resp := c.call(ctx, http.MethodGet, "/chat/api/events?after="+after, "")
	defer func() { _ = resp.Body.Close() }()
	list := []webMessage{}
	for lines := bufio.NewScanner(resp.Body); lines.Scan(); {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		if !ok {
			continue
		}
		m := webMessage{}
		if err := json.Unmarshal([]byte(data), &m); err != nil {
			c.t.Fatal(err)
		}
		list = append(list, m)
		if strings.Contains(data, "Cán bộ gọi bạn số nào?") || strings.Contains(data, "Dự án làm ở xã, phường nào?") {
			break
		}
	}
	return list
}

// read takes the JSON of an answer in.
func (c *webClient) read(resp *http.Response, into any) {
	c.t.Helper()
	defer func() { _ = resp.Body.Close() }()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil {
		c.t.Fatalf("the answer %s: %v", resp.Status, err)
	}
}

func (c *webClient) call(ctx context.Context, method, path, body string) *http.Response {
	c.t.Helper()
	return c.callAs(ctx, "application/json", method, path, body)
}

func (c *webClient) callAs(ctx context.Context, contentType, method, path, body string) *http.Response {
	c.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Content-Type", contentType)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp
}
