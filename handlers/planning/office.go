// Package planning has the conversations in which staff of Sở KH&CN see the plan through: who answers for which agency, who
// has sent what, what is made of it, and the letters and reports that come of it all.
package planning

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Office is where staff see the plan through.
type Office struct {
	Plan     *plan.Catalogue // in force when the program started, see on
	Places   *viet.Places
	Calendar *plan.Calendar
	Steps    plan.Steps // of reminders, usually
}

// on is the office with the version of the plan that is in force on a day.
func (o Office) on(ctx context.Context, t *handlers.Turn, day string) (Office, error) {
	p, err := t.PlanOn(ctx, o.Plan, day)
	o.Plan = p
	return o, err
}

// Names of the conversations.
const (
	agencies    = "donvi"
	progress    = "tiendo"
	obligation  = "phieuviec"
	submissions = "duyetbao"
	answers     = "hoidap"
	choosing    = "chonnguoi"
	assigning   = "giaoviec"
	filling     = "ghiketqua"
	recording   = "ghisukien"
	quotas      = "dinhmuc"
	letters     = "congvan"
	reporting   = "baocao"
	wording     = "suabaocao"
)

const pageSize = 5

const (
	docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// listen has what is typed next go to a conversation, which needs to know what it is about.
func listen(t *handlers.Turn, conversation string, memo map[string]string) {
	t.PutAside()
	t.Session.Name, t.Session.Memo = conversation, memo
}

// Keys of what a conversation that listens remembers.
const (
	askedKey   = "viec" // what is asked for
	subjectKey = "ma"   // what it is about
)

// cancelled tells that the person does not want to say what they were asked for.
func cancelled(t *handlers.Turn) bool { return viet.Fold(t.In.Text) == "huy" }

func row(label string, data ...string) bot.Button {
	return bot.Button{Label: label, Data: strings.Join(data, ":"), Row: true}
}

// onPage gives the part of a list on a page, and how many pages there are. A page too many is the last one.
func onPage[T any](list []T, page int) (part []T, at, pages int) {
	pages = max(1, (len(list)+pageSize-1)/pageSize)
	at = min(max(page, 0), pages-1)
	return list[at*pageSize : min(len(list), (at+1)*pageSize)], at, pages
}

// pageNumber reads the number of a page from a button: what is none, or more than anybody pressed for, is the first or the last.
func pageNumber(text string) int {
	const most = 999
	number, _ := strconv.Atoi(text) // not a number: the first page
	return min(max(number, 0), most)
}

func today(t *handlers.Turn) string { return t.Now.Format(time.DateOnly) }

// clock gives an instant as people read it.
func clock(millis int64, t *handlers.Turn) string {
	return time.UnixMilli(millis).In(t.Now.Location()).Format("15:04 02/01/2006")
}

// daysBetween counts calendar days from one day to another; 0 for what is no day.
func daysBetween(from, until string) int {
	a, errA := time.Parse(time.DateOnly, from)
	b, errB := time.Parse(time.DateOnly, until)
	if errA != nil || errB != nil {
		return 0
	}
	return int(b.Sub(a).Hours() / 24)
}

// give sends a file, or says where it can be had.
func give(t *handlers.Turn, text, name, mime string, content []byte) {
	t.Say(bot.Outgoing{Text: text, File: &bot.File{Name: name, MIME: mime, Data: content, Size: int64(len(content))}})
}

func noFiles(word string) bot.Outgoing {
	return bot.Outgoing{Text: fmt.Sprintf("Ở đây mình không gửi được tệp. Anh/chị mở trợ lý trên trang web hoặc Telegram, gõ “%s” rồi tải ở đó.", word)}
}

// tellOfficers queues a notice for everybody who answers for an agency, but for who acts; told is false when nobody does. what tells
// these notices from others about the same subject.
func tellOfficers(ctx context.Context, tx *storage.Tx, t *handlers.Turn, agency, what string, m bot.Outgoing) (told bool, err error) {
	officers, err := storage.OfficersOf(ctx, tx, agency)
	for _, officer := range officers {
		if err := tell(ctx, tx, t, officer.Person, fmt.Sprintf("%s/%d", what, t.Now.UnixMilli()), m); err != nil {
			return false, err
		}
	}
	return len(officers) > 0, err
}

// tellOwner is tellOfficers about what their agency owes; the words are for staff.
func tellOwner(ctx context.Context, tx *storage.Tx, t *handlers.Turn, owed storage.Obligation, what string, m bot.Outgoing) (words string, err error) {
	told, err := tellOfficers(ctx, tx, t, owed.Agency, fmt.Sprintf("%s/%d", what, owed.ID), m)
	if !told {
		return " Đơn vị chưa có cán bộ đầu mối nên chưa ai được báo.", err
	}
	return " Cán bộ đầu mối được báo.", err
}

// tell queues a notice for one person, unless it is who acts.
func tell(ctx context.Context, tx *storage.Tx, t *handlers.Turn, person int64, source string, m bot.Outgoing) error {
	me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
	if err != nil || me == person {
		return err
	}
	return storage.Notify(ctx, tx, storage.Notice{Source: source, Person: person, Message: m, Queue: storage.QueueNotices, Again: true}, t.Now)
}
