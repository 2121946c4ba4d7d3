package zalo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

// forgeries turn a true call into one that Zalo did not make; n is another number for each.
var forgeries = []struct {
	name  string
	forge func(body string, n int) (altered, signature string)
}{
	{"no signature", func(body string, _ int) (string, string) { return body, "" }},
	{"no hex", func(body string, n int) (string, string) { return body, fmt.Sprintf("mac=không phải số %d", n) }},
	{"a cut signature", func(body string, n int) (string, string) { return body, sign(body)[:4+n%64] }},
	{"wrong secret", func(body string, n int) (string, string) {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s%s%s%d", zalotest.AppID, body, stamp, n))
		return body, "mac=" + hex.EncodeToString(sum[:])
	}},
	{"no secret", func(body string, _ int) (string, string) {
		sum := sha256.Sum256([]byte(zalotest.AppID + body + stamp))
		return body, "mac=" + hex.EncodeToString(sum[:])
	}},
	{"changed body", func(body string, n int) (string, string) {
		return strings.Replace(body, "Xin chào", fmt.Sprint("Xin chào ", n), 1), sign(body)
	}},
	{"another person", func(body string, n int) (string, string) {
		return strings.Replace(body, `"42"`, fmt.Sprintf(`"43%d"`, n), 1), sign(body)
	}},
	{"another time", func(body string, n int) (string, string) {
		return strings.Replace(body, stamp, fmt.Sprint(1635041570509+n), 1), sign(body)
	}},
	{"another app, signed for ours", func(body string, n int) (string, string) {
		altered := strings.Replace(body, zalotest.AppID, fmt.Sprint(n), 1)
		return altered, sign(altered)
	}},
	{"another account, signed for ours", func(body string, n int) (string, string) {
		altered := strings.Replace(body, zalotest.OA, fmt.Sprint(n), 1)
		return altered, sign(altered)
	}},
	{"the body's end moved to the time", func(body string, _ int) (string, string) {
		return body[:len(body)-1], sign(body) // with "}" and the time in the header
	}},
	{"not JSON", func(_ string, n int) (string, string) { return fmt.Sprint("<html>", n), sign("") }},
	{"not JSON, signed", func(_ string, n int) (string, string) {
		junk := fmt.Sprint("{", n)
		return junk, sign(junk)
	}},
	{"deep", func(_ string, n int) (string, string) {
		deep := strings.Repeat("[", 100_000+n)
		return deep, sign(deep)
	}},
	{"deep and whole", func(_ string, n int) (string, string) {
		deep := `{"timestamp":"` + stamp + `","message":` + strings.Repeat(`{"a":`, 50_000+n) + "1" + strings.Repeat("}", 50_001+n)
		return deep, sign(deep)
	}},
	{"oversized", func(body string, n int) (string, string) {
		long := strings.Replace(body, "Xin chào", strings.Repeat("a", 1<<20+n), 1)
		return long, sign(long)
	}},
	{"empty", func(string, int) (string, string) { return "", sign("") }},
}

func sign(body string) string { return zalotest.Signature([]byte(body), stamp) }

// TestAThousandForgedCallsChangeNothing hands in a thousand forged or altered calls: none is accepted, none breaks the
// channel, and nothing of them is kept in memory.
func TestAThousandForgedCallsChangeNothing(t *testing.T) {
	s, _ := platform(t)
	counted := 0
	c := connect(t, s, func(cfg *zalo.Config) { cfg.Matched = func(zalo.Variant) { counted++ } })
	body := "{" + events[0].payload + "}"
	round := func(n int) {
		for _, f := range forgeries {
			altered, signature := f.forge(body, n)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hooks/zalo", strings.NewReader(altered))
			r.Header.Set("X-ZEvent-Signature", signature)
			r.Header.Set("X-ZEvent-Timestamp", "}"+stamp)
			if got, err := c.Receive(r); err == nil || got != nil {
				t.Fatalf("%s: accepted as %+v", f.name, got)
			}
		}
	}
	round(0)
	before := heap()
	for n := 1; n*len(forgeries) < 1000; n++ {
		round(n)
	}
	if grown := heap() - before; grown > 1<<20 {
		t.Errorf("memory grew by %d bytes", grown)
	}
	if counted != 0 {
		t.Errorf("%d forged calls were counted as true", counted)
	}
	if got, err := c.Receive(call(t.Context(), body)); err != nil || len(got) != 1 {
		t.Errorf("a true call afterwards: %v, %v", got, err)
	}
}

// heap is what the program keeps, in bytes.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestForgeriesAreToldFromMistakes(t *testing.T) {
	s, _ := platform(t)
	c := connect(t, s)
	unsigned := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader("{"+events[0].payload+"}"))
	if _, err := c.Receive(unsigned); !errors.Is(err, bot.ErrForged) {
		t.Errorf("unsigned: %v", err)
	}
	body := "{" + events[0].payload + "}"
	moved := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(body[:len(body)-1]))
	moved.Header.Set("X-ZEvent-Timestamp", "}"+stamp)
	moved.Header.Set("X-ZEvent-Signature", sign(body))
	if _, err := c.Receive(moved); !errors.Is(err, bot.ErrForged) {
		t.Errorf("the body's end moved to the time: %v", err)
	}
	junk := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/", strings.NewReader(`{"timestamp":`))
	junk.Header.Set("X-ZEvent-Timestamp", stamp)
	junk.Header.Set("X-ZEvent-Signature", sign(`{"timestamp":`))
	if _, err := c.Receive(junk); err == nil || errors.Is(err, bot.ErrForged) {
		t.Errorf("signed, but no JSON: %v", err)
	}
}
