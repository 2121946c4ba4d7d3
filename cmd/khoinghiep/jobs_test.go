package main

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestJobsOnTwoReplicasAndAfterADayOfDowntime runs every job on two replicas at the same moments, from a Tuesday on, but for
// the Wednesday, when both are down: everybody hears everything once, by day, and of what was missed only the latest.
func TestJobsOnTwoReplicasAndAfterADayOfDowntime(t *testing.T) {
	t.Parallel()
	now := &moment{at: time.Date(2026, time.December, 1, 7, 0, 0, 0, time.FixedZone("ICT", 7*60*60))}
	cfg := testConfig(storagetest.PostgresURL(t), storagetest.RedisURL(t))
	cfg.still, cfg.goLive = true, "2026-12-01"
	o := &shift{t: t, now: now, replicas: []*hall{openHallAt(t, cfg, now.get), openHallAt(t, cfg, now.get)}}

	o.employ("staff", storage.Staff)
	o.employ("approver", storage.Approver)
	o.register("early")
	o.replicas[0].say("dreamer", "/dangky")
	o.replicas[0].press("dreamer", "Đồng ý, tôi đủ 16 tuổi")
	o.work(now.get().Add(2 * time.Hour))
	o.register("late")
	o.replicas[0].say("asker", "gặp cán bộ")
	o.replicas[0].say("asker", "Dự án của tôi cần giấy phép gì?")
	o.work(time.Date(2026, time.December, 2, 0, 0, 0, 0, now.get().Location()))
	now.pass(24 * time.Hour)
	o.work(time.Date(2026, time.December, 5, 12, 0, 0, 0, now.get().Location()))

	for chat, want := range map[string][]string{
		"staff": {
			"Tue 08:00 Tiến độ gửi kế hoạch, báo cáo", "Tue 08:00 Đăng ký chờ anh/chị xem", "Tue 09:15 Yêu cầu YC-2026-0001 · chưa rõ tên", "Tue 14:00 Đăng ký chờ anh/chị xem",
			"Thu 08:00 Tiến độ gửi kế hoạch, báo cáo", "Thu 08:00 Yêu cầu YC-2026-0001", // asked for a working day
			"Fri 08:00 Tiến độ gửi kế hoạch, báo cáo", // what is due on the 9th
		},
		"approver": {
			"Tue 08:00 Tiến độ gửi kế hoạch, báo cáo", "Tue 08:00 Đăng ký chờ anh/chị xem", "Tue 09:15 Yêu cầu YC-2026-0001 · chưa rõ tên", "Tue 14:00 Đăng ký chờ anh/chị xem",
			"Thu 08:00 Tiến độ gửi kế hoạch, báo cáo", "Thu 08:00 Yêu cầu YC-2026-0001", "Thu 09:00 Yêu cầu YC-2026-0001", // for two
			"Fri 08:00 Tiến độ gửi kế hoạch, báo cáo",
		},
		"dreamer": {"Thu 08:00 Bạn đang điền dở “Đăng ký dự án”"}, // the second nudge, as the first was missed
	} {
		if got := o.heard(chat); !slices.Equal(got, want) {
			t.Errorf("%s heard\n  %s\nwant\n  %s", chat, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
		}
	}
}

// shift is a service of several replicas whose days pass as told.
type shift struct {
	t        *testing.T
	now      *moment
	replicas []*hall
}

func (o *shift) employ(chat string, role storage.Role) {
	o.t.Helper()
	now := o.now.get()
	code, err := o.replicas[0].app.store.Invite(o.t.Context(), role, now, now.Add(time.Hour))
	if err != nil {
		o.t.Fatal(err)
	}
	o.replicas[0].say(chat, code)
}

func (o *shift) register(chat string) {
	h := o.replicas[0]
	for _, text := range []string{"/dangky", "1", "Lê Văn An", "0912345678", "Ba Vinh", "Tinh dầu của " + chat, "1", "1", "gửi"} {
		h.say(chat, text)
	}
	h.press(chat, "Không nhận")
}

// work has both replicas do everything that is due, every quarter of an hour until a time.
func (o *shift) work(until time.Time) {
	o.t.Helper()
	ctx, stop := context.WithCancel(o.t.Context())
	var senders sync.WaitGroup
	for _, h := range o.replicas {
		senders.Go(func() { h.app.sender.Run(ctx) })
	}
	defer senders.Wait()
	defer stop()
	for o.now.get().Before(until) {
		o.now.pass(15 * time.Minute)
		o.tick()
	}
}

func (o *shift) tick() {
	o.t.Helper()
	now := o.replicas[0].app.engine.Clock()
	var all sync.WaitGroup
	for _, h := range o.replicas {
		for _, job := range h.app.jobs() {
			all.Go(func() {
				if err := job.Run(o.t.Context(), now); err != nil {
					o.t.Errorf("%s at %s: %v", job.Name, now, err)
				}
			})
		}
	}
	all.Wait()
	o.replicas[0].settle()
	eventually(o.t, "everything is sent", func() bool {
		n, err := o.replicas[0].app.store.WaitingDeliveries(o.t.Context(), now)
		return n == 0 && err == nil
	})
}

// heard is what somebody was told after 07:00 on Tuesday by whichever replica, and when.
func (o *shift) heard(chat string) []string {
	list := []string{}
	for _, h := range o.replicas {
		for i, m := range h.said[chat] {
			title, _, _ := strings.Cut(m.Body(), "\n")
			title, _, _ = strings.Cut(title, ". ")
			if at := h.times[chat][i]; at.Hour() != 7 {
				list = append(list, at.Format("02 Mon 15:04 ")+title)
			}
		}
	}
	slices.Sort(list)
	for i := range list {
		_, list[i], _ = strings.Cut(list[i], " ")
	}
	return list
}
