package contests

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
)

// dossier is an entry with all that belongs to it.
type dossier struct {
	storage.Entry
	staff       bool // staff fill it in from paper
	competition storage.Competition
	definition  competition.Definition
	files       []storage.EntryFile
	members     []storage.EntryMember
}

// own reads an entry of who writes by its id, or, for staff, one from paper, and keeps others from changing it. It fails with
// storage.ErrNoEntry for one that is not theirs.
func (o Office) own(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) (d dossier, err error) {
	id, _ := strconv.ParseInt(number, 10, 64) // not a number: not found
	if o.paper {
		return ofPaper(ctx, tx, t, id)
	}
	if d.Entry, d.competition, err = storage.OwnEntry(ctx, tx, t.In.From, id); err != nil {
		return d, err
	}
	return d, d.complete(ctx, tx)
}

// room is the conversation in which entries are filled in.
func (o Office) room() string {
	if o.paper {
		return enteringPaper
	}
	return entering
}

// data is the data of a button that does something with the entry.
func (d *dossier) data(verb string, more ...string) string {
	if d.staff {
		return strings.Join(append([]string{enteringPaper, verb, fmt.Sprint(d.ID)}, more...), ":")
	}
	return entryData(verb, d.Entry, more...)
}

// out is the button that leads out of the entry.
func (d *dossier) out() bot.Button {
	if d.staff {
		return paperEntriesButton(d.competition.Code)
	}
	return allButton()
}

// open reports whether the entry can still be changed: from paper, until entries are dealt.
func (d *dossier) open(now time.Time) bool {
	if d.staff {
		return d.competition.Round == 0
	}
	return now.UnixMilli() < d.competition.ClosesAt
}

// complete reads what belongs to the entry.
func (d *dossier) complete(ctx context.Context, tx *storage.Tx) (err error) {
	if d.definition, err = competition.Decode(d.competition.Definition); err != nil {
		return err
	}
	if d.files, err = storage.EntryFiles(ctx, tx, d.ID); err != nil {
		return err
	}
	d.members, err = storage.Members(ctx, tx, d.ID)
	return err
}

// filled are the answers by item; those of files are their names.
func (d *dossier) filled() map[string]string {
	answers := map[string]string{}
	maps.Copy(answers, d.Answers)
	for _, f := range d.files {
		if answers[f.Item] != "" {
			answers[f.Item] += ", "
		}
		answers[f.Item] += fileName(f.File)
	}
	return answers
}

// answered lists the answers, item by item; with fileNames, which may tell who entered, also those of files.
func (d *dossier) answered(fileNames bool) []string {
	lines, filled := []string{}, d.filled()
	for _, item := range d.definition.Dossier() {
		if filled[item.Key] != "" && (fileNames || item.Kind != competition.Files) {
			lines = append(lines, item.Label+": "+item.Show(filled[item.Key]))
		}
	}
	return lines
}

func (d *dossier) attached() []bot.File {
	list := []bot.File{}
	for _, f := range d.files {
		list = append(list, f.File)
	}
	return list
}

func fileName(f bot.File) string {
	if f.Name == "" {
		return "ảnh"
	}
	return f.Name
}

// lacks lists what still has to be done before d can be submitted, in words.
func (d *dossier) lacks() []string {
	list := []string{}
	if !slices.Contains(d.definition.Tracks, d.Track) {
		list = append(list, "bảng dự thi")
	}
	for _, item := range d.definition.Missing(d.filled()) {
		list = append(list, viet.LowerFirst(item.Label))
	}
	if d.definition.Who == competition.Teams && d.confirmed() == 0 {
		list = append(list, "ít nhất một thành viên")
	}
	return list
}

// confirmed counts the members that the captain confirmed.
func (d *dossier) confirmed() int {
	return len(d.memberNames())
}

// memberNames are of those whom the captain confirmed.
func (d *dossier) memberNames() []string {
	names := []string{}
	for _, m := range d.members {
		if m.Confirmed {
			names = append(names, m.Name)
		}
	}
	return names
}

// bar shows how much of what is asked for is there.
func (d *dossier) bar() string {
	done, all := 0, 1
	if d.Track != "" {
		done++
	}
	filled := d.filled()
	for _, item := range d.definition.Dossier() {
		all++
		if filled[item.Key] != "" {
			done++
		}
	}
	return fmt.Sprintf("%s%s %d/%d", strings.Repeat("▰", done), strings.Repeat("▱", all-done), done, all)
}

func (o Office) openEntry(ctx context.Context, tx *storage.Tx, t *handlers.Turn, number string) error {
	d, err := o.own(ctx, tx, t, number)
	if errors.Is(err, storage.ErrNoEntry) && !o.paper {
		return o.openAsMember(ctx, tx, t, number)
	}
	if err != nil {
		return err
	}
	return o.show(t, d, "")
}

// showDossier is show for an entry that was just begun.
func (o Office) showDossier(ctx context.Context, tx *storage.Tx, t *handlers.Turn, e storage.Entry, c storage.Competition, note string) error {
	d := dossier{Entry: e, competition: c, staff: o.paper}
	if err := d.complete(ctx, tx); err != nil {
		return err
	}
	return o.show(t, d, note)
}

// show lists the items of a dossier, with a tick on what is there; a question that is open makes room.
func (o Office) show(t *handlers.Turn, d dossier, note string) error {
	if t.Session.Name == o.room() {
		t.Session.Drop()
	}
	lines := []string{note + d.bar(), d.status(t, time.UnixMilli(d.competition.ClosesAt))}
	m := bot.Outgoing{Title: d.competition.Name + " · " + d.Name}
	if d.open(t.Now) {
		lines = append(lines, d.address("Bạn chọn mục muốn điền hoặc sửa, theo thứ tự nào cũng được. Mỗi câu trả lời được lưu ngay."))
		m.Buttons = d.buttons()
	}
	if d.State == storage.EntrySubmitted && d.competition.VoteOpen(t.Now) {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xin bình chọn", Data: entryData(askForVotes, d.Entry), Row: true})
	}
	if d.competition.VotePublished > 0 {
		lines = append(lines, fmt.Sprintf("Bình chọn: %d phiếu.", d.CountedVotes(d.competition)))
	}
	m.Text = strings.Join(lines, "\n")
	m.Buttons = append(m.Buttons, d.out())
	t.Say(m)
	return nil
}

// status tells where the entry stands, and until when it can be changed.
func (d *dossier) status(t *handlers.Turn, closes time.Time) string {
	if d.staff {
		return d.paperStatus(t)
	}
	until := clock(closes, t.Now.Location())
	switch submitted := d.State == storage.EntrySubmitted; {
	case submitted && t.Now.Before(closes):
		return fmt.Sprintf("Đã nộp, mã %s. Bạn còn sửa được đến %s, %s.", d.Code, until, viet.TimeLeft(closes, t.Now))
	case submitted:
		return fmt.Sprintf("Đã nộp, mã %s. Đã đóng nhận hồ sơ lúc %s.", d.Code, until)
	case t.Now.Before(closes):
		return fmt.Sprintf("Chưa nộp. Hạn nộp: %s, %s. Hồ sơ không tự nộp: điền xong, bạn bấm “Nộp hồ sơ”.", until, viet.TimeLeft(closes, t.Now))
	}
	return "Chưa nộp. Đã đóng nhận hồ sơ lúc " + until + "."
}

func (d *dossier) buttons() []bot.Button {
	track := "Bảng dự thi"
	if d.Track != "" {
		track = "✓ Bảng: " + d.Track
	}
	list := []bot.Button{{Label: track, Data: d.data(chooseTrack), Row: true}}
	filled := d.filled()
	for i, item := range d.definition.Dossier() {
		label := item.Label
		if filled[item.Key] != "" {
			label = "✓ " + label
		}
		list = append(list, bot.Button{Label: label, Data: d.data(askItem, item.Key), Row: i%2 == 0})
	}
	if d.definition.TeamMost > 0 {
		list = append(list, bot.Button{Label: fmt.Sprintf("Nhóm (%d người)", d.confirmed()+1), Data: d.data(showTeam), Row: true})
	}
	if d.State == storage.EntryDraft {
		list = append(list, bot.Button{Label: "Nộp hồ sơ", Data: d.data(submitEntry), Row: true})
	}
	return append(list, bot.Button{Label: "Rút hồ sơ", Data: d.data(askWithdraw), Row: d.State != storage.EntryDraft})
}

// address is what is said to a founder as it is said to who fills the entry in.
func (d *dossier) address(words string) string {
	if d.staff {
		return viet.ToOfficer(words)
	}
	return words
}

// keep saves d, if what changed it came in time, and shows it.
func (o Office) keep(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d dossier, note string) error {
	if err := save(ctx, tx, t, &d); err != nil {
		return err
	}
	return o.show(t, d, note)
}

func save(ctx context.Context, tx *storage.Tx, t *handlers.Turn, d *dossier) error {
	if d.staff {
		return d.saveFromPaper(ctx, tx, t)
	}
	arrival, err := came(ctx, tx, t)
	if err != nil {
		return err
	}
	return storage.SaveEntry(ctx, tx, d.competition, &d.Entry, arrival, t.Now)
}

// chooseTrack asks for the track, or takes it.
func (o Office) chooseTrack(ctx context.Context, tx *storage.Tx, t *handlers.Turn, rest string) error {
	number, chosen, _ := strings.Cut(rest, ":")
	d, err := o.own(ctx, tx, t, number)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(chosen); err == nil && n >= 0 && n < len(d.definition.Tracks) {
		d.Track = d.definition.Tracks[n]
		return o.keep(ctx, tx, t, d, "Đã lưu.\n")
	}
	m := bot.Outgoing{Title: d.Name, Text: d.address("Bạn dự thi ở bảng nào?")}
	for i, track := range d.definition.Tracks {
		m.Buttons = append(m.Buttons, bot.Button{Label: track, Data: d.data(chooseTrack, strconv.Itoa(i)), Row: true})
	}
	m.Buttons = append(m.Buttons, backButton(d))
	t.Say(m)
	return nil
}

func backButton(d dossier) bot.Button {
	return bot.Button{Label: "Quay lại", Data: d.data(showEntry), Row: true}
}

// item finds an item of the dossier of which a button or the session has the key. ok is false when the definition has no
// such item any more.
func (d *dossier) item(key string) (competition.Item, bool) { return d.definition.Item(key) }

func (d *dossier) filesOf(key string) []bot.File {
	list := []bot.File{}
	for _, f := range d.files {
		if f.Item == key {
			list = append(list, f.File)
		}
	}
	return slices.Clip(list)
}
