package form

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
)

const (
	receiving  = "Đang nhận các tệp bạn gửi cùng lúc. Gửi xong hết, bạn chọn “Xong”."
	removeWord = "xoa " // folded
)

// TakesFiles tells whether the question being asked is answered with files.
func (f *Form) TakesFiles(p *Progress, who Person) bool {
	t := f.turn(p, who)
	return !p.Cancelling && !t.reviewing() && t.line().Kind == upload
}

// receive takes files where they are asked for. An album comes as several messages and gets one reply.
func (t *turn) receive(in bot.Incoming) (Outcome, []bot.Outgoing) {
	album := in.Group != "" && in.Group == t.p.Attempt.Group
	t.p.Attempt.Group = in.Group
	switch {
	case !t.p.Cancelling && !t.reviewing() && t.line().Kind == upload:
		return t.addFiles(in, album)
	case album:
		return Asking, nil
	}
	return t.say(noFiles)
}

// addFiles adds to the list. The rest of an album is quiet, but for the first file too many.
func (t *turn) addFiles(in bot.Incoming, album bool) (Outcome, []bot.Outgoing) {
	files := decodeFiles(t.unfinished())
	fresh := unlisted(in.Files, files)
	taken := fresh[:min(len(fresh), max(0, t.line().Most-len(files)))]
	t.setFiles(append(files, taken...))

	full, told := len(taken) < len(fresh), album && t.p.Attempt.Full
	t.p.Attempt.Full = full || told
	switch {
	case album && (!full || told):
		return Asking, nil
	case full:
		return t.say(fmt.Sprintf("Tối đa %d tệp, nên mình chưa nhận hết. Muốn thay tệp nào, bạn xóa tệp đó trước.", t.line().Most))
	case in.Group != "":
		return Asking, []bot.Outgoing{t.lay(bot.Outgoing{Title: t.title(), Text: t.address(receiving)}, t.questionMenu())}
	case len(fresh) == 0:
		return t.say("Tệp này đã có trong danh sách.")
	}
	return t.say("Đã nhận tệp. Bạn gửi thêm, hoặc chọn “Xong”.")
}

// unlisted leaves out the files that are on the list already: the same content has the same ID.
func unlisted(files, list []bot.File) []bot.File {
	listed := func(f bot.File) bool {
		return slices.ContainsFunc(list, func(has bot.File) bool { return has.ID == f.ID })
	}
	return slices.DeleteFunc(slices.Clone(files), listed)
}

// removeTyped takes a file off the list: "xóa 2".
func (t *turn) removeTyped(text string) (Outcome, []bot.Outgoing) {
	files := decodeFiles(t.unfinished())
	names := make([]Choice, len(files))
	rest, ok := strings.CutPrefix(viet.Fold(text), removeWord)
	i, known := number(names, rest)
	switch {
	case !ok:
		return t.fail("Câu này cần tệp. " + sendFiles)
	case !known:
		return t.fail("Không có tệp số đó. Bạn xem lại danh sách dưới đây.")
	}
	name := fileName(files[i])
	t.setFiles(append(files[:i:i], files[i+1:]...))
	return t.say(fmt.Sprintf("Đã xóa %s.", name))
}

// setFiles keeps the list without contents: the platform has them.
func (t *turn) setFiles(files []bot.File) {
	if len(files) == 0 {
		t.setUnfinished("")
		return
	}
	for i := range files {
		files[i].Data = nil
	}
	value, err := json.Marshal(files)
	if err != nil {
		panic("form: encoding strings and numbers cannot fail: " + err.Error())
	}
	t.setUnfinished(string(value))
}

// fileLines is the list under the question.
func (t *turn) fileLines() []string {
	files := decodeFiles(t.unfinished())
	if len(files) == 0 {
		return nil
	}
	lines := []string{"Đã có:"}
	for i, f := range files {
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, fileName(f)))
	}
	return append(lines, "Muốn bỏ tệp nào, gõ “xóa” và số, ví dụ: xóa 1.")
}

func fileNames(files []bot.File) string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = fileName(f)
	}
	return fmt.Sprintf("%d tệp (%s)", len(files), strings.Join(names, ", "))
}

func fileName(f bot.File) string {
	switch {
	case f.Name != "":
		return f.Name
	case f.Image:
		return "ảnh"
	}
	return "tệp không tên"
}
