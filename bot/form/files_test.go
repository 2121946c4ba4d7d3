package form_test

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func sent(group string, names ...string) bot.Incoming {
	files := []bot.File{}
	for _, name := range names {
		files = append(files, bot.File{ID: "id-" + name, Name: name, Data: []byte("x")})
	}
	return bot.Incoming{Files: files, Group: group}
}

func threeFiles(t *testing.T) *filler {
	t.Helper()
	return fill(t, ask(with(form.Files("f", "Tệp", "Bạn gửi tệp."), func(f *form.Field) { f.Most = 3 })), rich)
}

func TestFilesAddUp(t *testing.T) {
	p := threeFiles(t)
	p.do(sent("", "a.pdf"))
	p.sees("Đã nhận tệp", "1. a.pdf", "[Xong]")
	p.do(sent("", "a.pdf"))
	p.sees("đã có trong danh sách")
	p.do(sent("", "a.pdf", "b.pdf", "c.pdf", "d.pdf"))
	p.sees("Tối đa 3 tệp", "3. c.pdf")
	p.types("xóa 2")
	p.sees("Đã xóa b.pdf.", "2. c.pdf")
	p.types("xoa 9")
	p.sees("Không có tệp số đó")
	p.types("đây")
	p.sees("Câu này cần tệp")
	p.types("xong")
	p.sees("1. Tệp: 2 tệp (a.pdf, c.pdf)")
	p.kept("f", `[{"id":"id-a.pdf","name":"a.pdf"},{"id":"id-c.pdf","name":"c.pdf"}]`)
}

func TestAlbumGetsOneReply(t *testing.T) {
	p := threeFiles(t)
	p.do(sent("g", "a.jpg"))
	p.sees("Đang nhận các tệp", "[Xong]")
	for _, step := range []struct {
		name    string
		replies int
	}{{"b.jpg", 0}, {"c.jpg", 0}, {"d.jpg", 1}, {"e.jpg", 0}} {
		p.do(sent("g", step.name))
		if len(p.last) != step.replies {
			t.Errorf("%d replies to %s, want %d", len(p.last), step.name, step.replies)
		}
	}
	p.types("xong")
	p.sees("3 tệp (a.jpg, b.jpg, c.jpg)")
}

func TestAlbumWhereNoneIsAsked(t *testing.T) {
	p := fill(t, registration(), rich)
	p.do(sent("g", "a.jpg"))
	p.sees("Câu này chưa nhận tệp")
	p.do(sent("g", "b.jpg"))
	if len(p.last) != 0 {
		t.Errorf("a second reply to one album:\n%s", p.read())
	}
}

func TestFilesWithoutNames(t *testing.T) {
	p := threeFiles(t)
	p.do(bot.Incoming{Files: []bot.File{{ID: "1", Image: true}, {ID: "2"}}})
	p.sees("1. ảnh", "2. tệp không tên")
}

func TestNoFiles(t *testing.T) {
	p := threeFiles(t)
	p.presses("Xong")
	p.sees("Bạn gửi ít nhất một tệp")
	p.do(sent("", "a.pdf"))
	p.types("xóa 1", "xong")
	p.sees("Bạn gửi ít nhất một tệp")
}

func TestFilesAtTheReview(t *testing.T) {
	p := threeFiles(t)
	p.do(sent("", "a.pdf"))
	p.presses("Xong")
	p.do(sent("", "b.pdf"))
	p.sees("Câu này chưa nhận tệp", "1 tệp (a.pdf)")
	p.types("1")
	p.do(sent("", "b.pdf"))
	p.presses("Giữ nguyên")
	p.sees("1 tệp (a.pdf)")
}
