package main

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"khoinghiep/scheduler"
	"khoinghiep/storage/storagetest"
)

var update = flag.Bool("update", false, "write the golden transcripts anew")

const transcripts = "testdata/transcripts"

// TestTranscript plays every script in testdata/transcripts on each channel. What the bot says depends on the channel and
// never on the storage: the two channels that can do most and least show that on both kinds of it, and for the others one
// is enough.
func TestTranscript(t *testing.T) {
	everywhere := map[string]connector{"telegram": newTelegram, "poor": newPoor}
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		channels := map[string]connector{"web": newWeb, "zalo": newZalo, "zalobot": newZalobot}
		maps.Copy(channels, everywhere)
		playAll(t, channels, func(t *testing.T) config {
			return testConfig(storagetest.SQLiteURL(t), "")
		})
	})
	t.Run("postgres and redis", func(t *testing.T) {
		t.Parallel()
		playAll(t, everywhere, func(t *testing.T) config {
			return testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t))
		})
	})
}

// playAll plays every script on each channel; configure gives each play an empty storage.
func playAll(t *testing.T, channels map[string]connector, configure func(t *testing.T) config) {
	scripts, err := filepath.Glob(transcripts + "/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatalf("no scripts in %s (%v)", transcripts, err)
	}
	for _, path := range scripts {
		script, name := readScript(t, path), strings.TrimSuffix(path, ".txt")
		for channel, connect := range channels {
			t.Run(filepath.Base(name)+"/"+channel, func(t *testing.T) {
				t.Parallel()
				compare(t, name+"."+channel+".golden", replay(t, configure(t), script, connect))
			})
		}
	}
}

func testConfig(databaseURL, redisURL string) config {
	return config{
		databaseURL: databaseURL, redisURL: redisURL, httpAddr: "127.0.0.1:0",
		publicURL: "https://bot.example", contact: "Bạn gọi 0255 0000 000 (Sở Khoa học và Công nghệ) trong giờ hành chính.",
		telegramRate: 1000, webRate: 1000, zalo: zaloConfig{rate: 1000}, goLive: "2999-01-01",
		retention: scheduler.Limits{Dialog: scheduler.Span{Hours: 24}, Draft: scheduler.Span{Days: 90}, Entry: scheduler.Span{Years: 2}, Consent: scheduler.Span{Years: 5}},
	}
}

// compare holds what happened against the golden file, or writes it.
func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update, then read it)", err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s", path, firstDifference(string(want), got))
	}
}

// firstDifference shows where two transcripts part, after the lines that they share last.
func firstDifference(want, got string) string {
	wanted, given := strings.Split(want, "\n"), strings.Split(got, "\n")
	same := 0
	for same < min(len(wanted), len(given)) && wanted[same] == given[same] {
		same++
	}
	part := func(lines []string) string {
		return strings.Join(lines[min(same, len(lines)):min(same+12, len(lines))], "\n")
	}
	return strings.Join(given[max(0, same-6):same], "\n") + "\n--- want\n" + part(wanted) + "\n--- got\n" + part(given)
}
