package zalo_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"khoinghiep/bot/zalo"
	"khoinghiep/bot/zalo/zalotest"
)

// watched is a transport with a point before and after each call.
type watched struct{ pass func(point string) }

func (w watched) RoundTrip(r *http.Request) (*http.Response, error) {
	w.pass("before the call")
	resp, err := http.DefaultTransport.RoundTrip(r)
	w.pass("after the call")
	return resp, err
}

// points are where a process may die in a refresh. After the call Zalo has used the old refresh token up, so that until the
// new one is stored the grant cannot be saved; what holds is that its loss is found.
var points = []struct {
	name, at string
	fault    zalotest.Fault // of the call, when any
	faulty   bool
	lost     bool
}{
	{name: "before the lock", at: "before the lock"},
	{name: "under the lock", at: "under the lock"},
	{name: "before the call", at: "before the call"},
	{name: "after a call that did not arrive", at: "after the call", faulty: true, fault: zalotest.Fault{Cut: true}},
	{name: "after a call whose answer was cut", at: "after the call", faulty: true, fault: zalotest.Fault{Cut: true, Done: true}, lost: true},
	{name: "after the call", at: "after the call", lost: true},
	{name: "before storing", at: "before storing", lost: true},
	{name: "while storing", at: "while storing", lost: true},
	{name: "stored, but not used", at: "stored, but not used"},
}

// The environment of a child process.
const (
	killAt    = "ZALO_TEST_KILL_AT"
	killURL   = "ZALO_TEST_URL"
	killFile  = "ZALO_TEST_FILE"
	killToken = "ZALO_TEST_REFRESH_TOKEN"
)

// TestMain is also the child process that dies.
func TestMain(m *testing.M) {
	if point := os.Getenv(killAt); point != "" {
		fmt.Fprintln(os.Stderr, "the point was not reached:", renewAndDie(point))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// renewAndDie refreshes the tokens and kills its own process at a point, as kill -9 does.
func renewAndDie(point string) error {
	pass := func(at string) {
		if at == point {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // the signal may take a moment
		}
	}
	c, err := zalo.New(context.Background(), onDisk(os.Getenv(killFile), os.Getenv(killURL), os.Getenv(killToken), pass))
	if err != nil {
		return err
	}
	return c.Renew(context.Background())
}

func onDisk(path, url, token string, pass func(point string)) zalo.Config {
	return zalo.Config{
		AppID: zalotest.AppID, AppSecret: zalotest.AppSecret, OASecret: zalotest.OASecret, RefreshToken: token,
		APIURL: url, OAuthURL: url, TemplateURL: url,
		Tokens: fileTokens{path, pass}, Uploads: newUploads(), HTTP: &http.Client{Transport: watched{pass}},
	}
}

// TestAKilledRefreshKeepsTheGrantOrItsLossIsFound kills a process at every point of a refresh, and lets others come after it.
func TestAKilledRefreshKeepsTheGrantOrItsLossIsFound(t *testing.T) {
	for _, point := range points {
		t.Run(point.name, func(t *testing.T) {
			s, p := platform(t)
			path, first := filepath.Join(t.TempDir(), "grant"), s.RefreshToken()
			if point.faulty {
				s.Fail(zalotest.PathTokens, zalotest.First(1, point.fault))
			}
			child := exec.CommandContext(t.Context(), os.Args[0])
			child.Env = append(os.Environ(), killAt+"="+point.at, killURL+"="+s.URL, killFile+"="+path, killToken+"="+first)
			output, err := child.CombinedOutput()
			if status, ok := child.ProcessState.Sys().(syscall.WaitStatus); !ok || status.Signal() != syscall.SIGKILL {
				t.Fatalf("the child did not die there: %v, %s", err, output)
			}
			s.Fail(zalotest.PathTokens, nil)
			for range 2 { // one process finds it, and the next knows it
				c, err := zalo.New(t.Context(), onDisk(path, s.URL, first, func(string) {}))
				if err != nil {
					t.Fatal(err)
				}
				checkGrant(t, c, p, point.lost)
			}
		})
	}
}

func checkGrant(t *testing.T, c *zalo.Channel, p *zalotest.Person, lost bool) {
	t.Helper()
	_, sendErr := c.Send(t.Context(), p.Chat(), hello)
	for name, err := range map[string]error{"Send": sendErr, "Renew": c.Renew(t.Context()), "Health": c.Health(t.Context())} {
		if lost && !errors.Is(err, zalo.ErrGrantLost) || !lost && err != nil {
			t.Errorf("%s: %v, and the grant is lost: %v", name, err, lost)
		}
	}
}
