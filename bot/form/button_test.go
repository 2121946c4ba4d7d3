package form_test

import (
	"reflect"
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
)

func TestOwns(t *testing.T) {
	p := fill(t, registration(), rich)
	if draft, ok := form.Owns(p.button("Hủy")); draft != "d1" || !ok {
		t.Errorf("Owns(own button) = %q, %t", draft, ok)
	}
	for _, data := range []string{"", "f:", "f:d1", "f:d1:name", "menu:d1:name:x"} {
		if _, ok := form.Owns(data); ok {
			t.Errorf("Owns(%q) = true", data)
		}
	}
}

func TestOldButtonsChangeNothing(t *testing.T) {
	tests := []struct {
		name string
		data string // pressed when the phone is asked
	}{
		{"of the question before", "f:d1:consent:young"},
		{"of another draft", "f:d0:phone:!skip"},
		{"of the review", "f:d1:!review:!submit"},
		{"of the cancel question", "f:d1:!cancel:!erase"},
		{"of a field that is gone", "f:d1:gone:x"},
		{"a choice where there is none", "f:d1:phone:x"},
		{"submit before the review", "f:d1:phone:!submit"},
		{"an act unknown", "f:d1:phone:!what"},
		{"keep where nothing is kept", "f:d1:phone:!keep"},
		{"done where nothing is collected", "f:d1:phone:!done"},
		{"a suggestion no longer made", "f:d1:phone:!suggest"},
		{"what nothing wrong was meant for", "f:d1:phone:!meant"},
		{"a note no longer there", "f:d1:phone:!note7"},
		{"not ours", "x"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := fill(t, registration(), rich)
			p.types("1", "Lê Văn An")
			before := *p.p
			p.do(bot.Incoming{Button: test.data})
			p.ends(form.Asking)
			p.sees("Nút này thuộc câu trước.", "Cán bộ gọi bạn số nào?")
			if !reflect.DeepEqual(before, *p.p) {
				t.Errorf("progress changed: %+v, was %+v", *p.p, before)
			}
		})
	}
}

func TestOldButtonAtTheReview(t *testing.T) {
	p := atReview(t, rich)
	p.do(bot.Incoming{Button: "f:d1:stage:sold"})
	p.sees("Nút này thuộc câu trước.", "Xem lại", "5. Giai đoạn: Ý tưởng")
	p.do(bot.Incoming{Button: "f:d1:!review:!keep"})
	p.sees("Xem lại")
}

func TestPressingTwice(t *testing.T) {
	p := fill(t, registration(), rich)
	yes := p.button("Đồng ý, tôi đủ 16 tuổi")
	p.do(bot.Incoming{Button: yes})
	p.do(bot.Incoming{Button: yes})
	p.sees("Nút này thuộc câu trước.", "Bước 1/5")
}
