package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// inEachHall runs a test in a hall on each kind of storage.
func inEachHall(t *testing.T, test func(t *testing.T, h *hall)) {
	t.Helper()
	onEachStorage(t, func(t *testing.T, empty func() config) { test(t, openHall(t, empty())) })
}

// fillIn begins a registration and answers its first questions.
func fillIn(h *hall, chat string, answers ...string) {
	for _, text := range append([]string{"/dangky", "1"}, answers...) {
		h.say(chat, text)
	}
}

// joinTo follows a code in a chat and says yes.
func joinTo(h *hall, chat, code string) {
	h.say(chat, code)
	h.press(chat, "Nối")
}

// TestTwentyChatsJoinInTheMiddleOfForms: twenty chats become one person with the same other chat at the same time, while
// everybody fills in a registration. Nothing that was answered is lost, and each registration is sent once.
func TestTwentyChatsJoinInTheMiddleOfForms(t *testing.T) {
	inEachHall(t, func(t *testing.T, h *hall) {
		chats := []string{"hub"}
		fillIn(h, "hub", "Lê Văn An")
		codes := []string{}
		for i := range 20 {
			chats = append(chats, fmt.Sprint("chat", i))
			codes = append(codes, h.code("hub", func() { h.say("hub", "/noi") }))
		}
		var all sync.WaitGroup
		for i, chat := range chats[1:] {
			all.Go(func() {
				fillIn(h, chat, "Lê Văn An")
				joinTo(h, chat, codes[i])
				h.say(chat, "0912345678")
			})
		}
		all.Go(func() { h.say("hub", "0912345678") })
		all.Wait()
		h.settle()
		people := map[int64]bool{}
		for _, chat := range chats {
			people[h.person(chat)] = true
		}
		if len(people) != 1 {
			t.Errorf("%d people in the end: %v", len(people), slices.Collect(maps.Keys(people)))
		}
		for i, chat := range chats {
			all.Go(func() {
				for _, text := range []string{"Tịnh Khê", fmt.Sprintf("Dự án %c", 'A'+i), "1", "1", "gửi"} {
					h.say(chat, text)
				}
			})
		}
		all.Wait()
		checkProjects(t, h, len(chats))
	})
}

// checkProjects wants the projects A, B, C and so on, once each, all of the person at the hub.
func checkProjects(t *testing.T, h *hall, n int) {
	t.Helper()
	own, err := h.app.store.StartupsAt(t.Context(), h.address("hub"))
	if err != nil {
		t.Fatal(err)
	}
	names, want := []string{}, []string{}
	for _, s := range own {
		names = append(names, s.Name)
	}
	for i := range n {
		want = append(want, fmt.Sprintf("Dự án %c", 'A'+i))
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("registered: %v\nwant: %v", names, want)
	}
}

// TestADraftMovesToOneOfTwoChats: two chats ask for the same draft at the same time, and one gets it, as it was.
func TestADraftMovesToOneOfTwoChats(t *testing.T) {
	inEachHall(t, func(t *testing.T, h *hall) {
		fillIn(h, "hub", "Lê Văn An", "0912345678")
		for _, chat := range []string{"one", "two"} {
			joinTo(h, chat, h.code("hub", func() { h.say("hub", "/noi") }))
			eventually(t, "the draft is seen", func() bool {
				h.say(chat, "/chuyen")
				return h.button(chat, "Tiếp tục ở đây: Đăng ký dự án") != ""
			})
		}
		var both sync.WaitGroup
		for _, chat := range []string{"one", "two"} {
			both.Go(func() { h.press(chat, "Tiếp tục ở đây: Đăng ký dự án") })
		}
		both.Wait()
		h.settle()
		got := []string{}
		for _, chat := range []string{"hub", "one", "two"} {
			if strings.Contains(h.last(chat), "Nơi thực hiện") {
				got = append(got, chat)
			}
		}
		if len(got) != 1 || got[0] == "hub" {
			t.Fatalf("the draft is in %v", got)
		}
		for _, text := range []string{"Tịnh Khê", "Dự án A", "1", "1", "gửi"} {
			h.say(got[0], text)
		}
		checkProjects(t, h, 1)
	})
}

// TestNobodyRunsErrandsByAButton: what one chat asks for in another is not believed when a button says it.
func TestNobodyRunsErrandsByAButton(t *testing.T) {
	h := openHall(t, testConfig(storagetest.SQLiteURL(t), ""))
	parcel := `{"draft":"x","conversation":"dangky","progress":{"draft":"x","answers":{"dong_y":"duoi16"}}}`
	for button, want := range map[string]string{
		"giamho:dongy":         "Việc này cần mã",
		"chuyen:gui:" + parcel: "Việc này không còn",
		"chuyen:hoi:" + parcel: "Việc này không còn",
		"noi:xong":             "Mã: ",
	} {
		h.do("forger", bot.Incoming{Button: button})
		h.settle()
		if got := h.last("forger"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: the bot says %q, want %q", button, got, want)
		}
	}
}

// TestAThousandGuessesGiveNothing: of many guesses from one chat, five are looked up; the right code after them is not.
func TestAThousandGuessesGiveNothing(t *testing.T) {
	h := openHall(t, testConfig(storagetest.SQLiteURL(t), ""))
	now := h.app.engine.Clock()
	code, err := h.app.store.Invite(t.Context(), storage.Admin, now, now.Add(inviteFor))
	if err != nil {
		t.Fatal(err)
	}
	for range 999 {
		h.say("guesser", "BBBB-BBBB-BBBB-BBBB")
	}
	h.say("guesser", code)
	h.settle()
	wrong, refused := 0, 0
	for _, text := range h.all("guesser") {
		switch {
		case strings.HasPrefix(text, "Mã này không đúng"):
			wrong++
		case strings.HasPrefix(text, "Bạn đã thử nhiều mã"):
			refused++
		}
	}
	if wrong != 5 || refused != 995 {
		t.Errorf("%d looked up and %d refused, want 5 and 995", wrong, refused)
	}
	if roles, err := h.app.store.RolesAt(t.Context(), bot.Address{Channel: "hall", Chat: "guesser"}, time.Now()); err != nil || len(roles) != 0 {
		t.Errorf("the guesser has the roles %v, %v", roles, err)
	}
}
