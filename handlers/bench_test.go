package handlers_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"khoinghiep/bot/telegram/telegramtest"
	"khoinghiep/storage/storagetest"
)

// The benchmark runs a bot as a process of its own, so that its CPU time is its own: this test binary, started again
// with the variable below naming which bot to be.
const botVariable = "KHOINGHIEP_BENCH_BOT"

// BenchmarkTurns has two bots hold the same conversation of seven updates with a hundred people at once, over fake Bot APIs
// of the same kind and the same Redis: "full" is this program's engine with everything it promises, "bare" the least that
// says the same. They take turns within one run, so that the ratio holds on a noisy machine.
func BenchmarkTurns(b *testing.B) {
	r := storagetest.NewRedis(b)
	full, bare := startBot(b, "full", r), startBot(b, "bare", r)
	if a, other := full.screens(b), bare.screens(b); !slices.Equal(a, other) {
		b.Fatalf("they do not say the same:\n%s\n\n%s", strings.Join(a, "\n"), strings.Join(other, "\n"))
	}
	for _, bot := range []*benchBot{full, bare} {
		bot.api.Forgetful()
		bot.talk(b, benchPeople*len(dialog)) // warm
		bot.reset(b)
	}
	b.ResetTimer()
	const rounds = 8
	for range rounds {
		full.measure(b, max(b.N/rounds, 1))
		bare.measure(b, max(b.N/rounds, 1))
	}
	b.StopTimer()
	full.report(b)
	bare.report(b)
	b.ReportMetric(full.speed()/bare.speed(), "full/bare")
	b.ReportMetric(0, "ns/op") // of both together: says nothing
}

var dialog = []string{"/mau", "Nguyễn Thị Đào", "0912 345 678", "Tinh dầu sả", "Bán tinh dầu", "Đã có mẫu thử", "Quảng Ngãi"}

const benchPeople = 100

// benchBot is a bot in a process of its own, with a platform of its own.
type benchBot struct {
	name   string
	api    *telegramtest.Server
	people []*telegramtest.Person
	cmd    *exec.Cmd
	stats  *bufio.Reader // a line for each SIGUSR1: allocations so far, and round trips to Redis

	turns                     int
	took                      time.Duration
	cpuBefore                 time.Duration
	allocsBefore, tripsBefore int64
}

func startBot(b *testing.B, name string, r *storagetest.Redis) *benchBot {
	b.Helper()
	database := storagetest.PostgresURL(b)
	storagetest.Open(b, database)
	api := telegramtest.New()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), botVariable+"="+name, "API="+api.URL, "REDIS="+r.URL(), "DB="+database)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		api.Close()
	})
	people := make([]*telegramtest.Person, benchPeople)
	for i := range people {
		people[i] = api.Person(fmt.Sprint("Người ", i))
	}
	return &benchBot{name: name, api: api, people: people, cmd: cmd, stats: bufio.NewReader(out)}
}

// ask has the bot tell what it has used so far.
func (bot *benchBot) ask(b *testing.B) (allocs, trips int64) {
	b.Helper()
	_ = bot.cmd.Process.Signal(syscall.SIGUSR1)
	if _, err := fmt.Fscanln(bot.stats, &allocs, &trips); err != nil {
		b.Fatal(err)
	}
	return allocs, trips
}

func (bot *benchBot) reset(b *testing.B) {
	bot.cpuBefore = cpuTime(b, bot.cmd.Process.Pid)
	bot.allocsBefore, bot.tripsBefore = bot.ask(b)
}

func (bot *benchBot) measure(b *testing.B, n int) {
	start := time.Now()
	bot.turns += bot.talk(b, n)
	bot.took += time.Since(start)
}

func (bot *benchBot) speed() float64 { return float64(bot.turns) / bot.took.Seconds() }

func (bot *benchBot) report(b *testing.B) {
	allocs, trips := bot.ask(b)
	each := func(v float64, unit string) { b.ReportMetric(v/float64(bot.turns), bot.name+"-"+unit+"/turn") }
	b.ReportMetric(bot.speed(), bot.name+"-turns/s")
	each(float64((cpuTime(b, bot.cmd.Process.Pid) - bot.cpuBefore).Microseconds()), "cpu-µs")
	each(float64(allocs-bot.allocsBefore), "allocs")
	each(float64(trips-bot.tripsBefore), "redis-trips")
	each(float64(bot.api.Calls("getUpdates")), "polls")
}

// talk has everybody hold whole dialogs until about n updates are answered, and returns how many were.
func (bot *benchBot) talk(b *testing.B, n int) int {
	b.Helper()
	var all sync.WaitGroup
	var turns atomic.Int64
	for _, p := range bot.people {
		all.Go(func() {
			for turns.Load() < int64(n) {
				for _, text := range dialog {
					if err := sayAndWait(p, text); err != nil {
						b.Errorf("%s: no answer to %q: %v", bot.name, text, err)
						return
					}
					turns.Add(1)
				}
			}
		})
	}
	all.Wait()
	return int(turns.Load())
}

// screens holds one dialog and gives what the person then sees, from the first message on.
func (bot *benchBot) screens(b *testing.B) (seen []string) {
	b.Helper()
	for _, text := range dialog {
		if err := sayAndWait(bot.people[0], text); err != nil {
			b.Fatalf("%s: no answer to %q: %v", bot.name, text, err)
		}
	}
	for _, m := range bot.people[0].Inbox() {
		seen = append(seen, m.HTML)
		for _, row := range m.Buttons {
			labels := make([]string, len(row))
			for i, button := range row {
				labels[i] = button.Label
			}
			seen = append(seen, "["+strings.Join(labels, "|")+"]")
		}
	}
	return seen
}

func sayAndWait(p *telegramtest.Person, text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	want := p.Received() + 1
	p.Send(text)
	return p.WaitFor(ctx, want)
}

// cpuTime is what a process has used so far, from /proc: in ticks of 10 ms on Linux.
func cpuTime(b *testing.B, pid int) time.Duration {
	b.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		b.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// tellStats prints, for each SIGUSR1, what this process has allocated and how many round trips it made to Redis.
func tellStats(trips *atomic.Int64) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGUSR1)
	go func() {
		for range asked {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			_, _ = fmt.Fprintln(os.Stdout, m.Mallocs, trips.Load())
		}
	}()
}

// tripCounter counts what go over a connection to Redis: a command or a pipeline is one round trip.
type tripCounter struct{ n *atomic.Int64 }

func (c tripCounter) DialHook(next redis.DialHook) redis.DialHook { return next }

func (c tripCounter) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error { c.n.Add(1); return next(ctx, cmd) }
}

func (c tripCounter) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error { c.n.Add(1); return next(ctx, cmds) }
}

func TestMain(m *testing.M) {
	if prefix := os.Getenv("BENCH_PROFILE"); prefix != "" && os.Getenv(botVariable) != "" {
		f, _ := os.Create(prefix + os.Getenv(botVariable))
		_ = pprof.StartCPUProfile(f)
		defer pprof.StopCPUProfile()
	}
	switch os.Getenv(botVariable) {
	case "full":
		fullBot()
	case "bare":
		bareBot()
	default:
		storagetest.Main(m)
	}
}
