package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// child is the program as people run it: a process of its own.
type child struct {
	cmd *exec.Cmd
	log *childLog
}

// childLog keeps what a process logs, and tells when it serves: what came before may still be its own start, or the end of
// the process before it.
type childLog struct {
	mu      sync.Mutex
	text    bytes.Buffer
	serving chan struct{} // closed once it does
}

func (l *childLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.serves()
	l.text.Write(p)
	if !before && l.serves() {
		close(l.serving)
	}
	return len(p), nil
}

func (l *childLog) serves() bool { return bytes.Contains(l.text.Bytes(), []byte("msg=serving ")) }

func (l *childLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// buildProgram builds the program once for several children.
func buildProgram(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "khoinghiep")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return path
}

// startChild runs "serve" and waits until it does; the process dies with the test.
func startChild(t testing.TB, path string, cfg config, env ...string) *child {
	t.Helper()
	c := &child{cmd: exec.Command(path, "serve"), log: &childLog{serving: make(chan struct{})}}
	c.cmd.Env = append(os.Environ(), "DATABASE_URL="+cfg.databaseURL, "REDIS_URL="+cfg.redisURL, "GO_LIVE="+cfg.goLive, "HTTP_ADDR="+cfg.httpAddr,
		"TELEGRAM_TOKEN="+cfg.telegramToken, "TELEGRAM_API_URL="+cfg.telegramAPI, fmt.Sprint("TELEGRAM_RATE=", cfg.telegramRate))
	c.cmd.Env = append(c.cmd.Env, cfg.zalo.environment()...)
	c.cmd.Env = append(c.cmd.Env, env...)
	c.cmd.Stderr = c.log
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-c.log.serving:
	case <-time.After(patience):
		c.kill()
		t.Fatalf("the program does not start:\n%s", c.log)
	}
	return c
}

// kill ends the process as kill -9 does.
func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// terminate asks the process to end, which it must do with status 0 in less than 10 s.
func (c *child) terminate(t *testing.T) {
	t.Helper()
	stuck := time.AfterFunc(10*time.Second, c.kill)
	defer stuck.Stop()
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	if err := c.cmd.Wait(); err != nil {
		t.Errorf("after SIGTERM the program ended with %v\n%s", err, c.log)
	}
}

// memory is what the process holds, in MB (Linux).
func (c *child) memory() float64 {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	kb := 0.0
	_, _ = fmt.Sscan(after, &kb)
	return kb / 1024
}
