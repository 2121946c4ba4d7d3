package announcing

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// lengthLimit is the most UTF-16 units that title and text may have together, so that no channel has to split them. A
// caption on Telegram has at most 1,024 (https://core.telegram.org/bots/api#sendphoto).
func lengthLimit(file *bot.File) int {
	if file != nil {
		return 900
	}
	return 1800
}

// urgentWithin is how soon that must be sent which goes beyond one a day.
const urgentWithin = 48 * time.Hour

// misfit says which answers do not go together, as the field to ask again and why; "" when all do.
func misfit(kept form.Answers, now time.Time) (key, problem string) {
	file := attached(kept)
	length, limit := bot.Length(kept[titleKey])+bot.Length(kept[textKey]), lengthLimit(file)
	start, hours := startOf(kept, now.Location()), hoursOf(kept)
	switch {
	case length > limit:
		return textKey, fmt.Sprintf("Tiêu đề và nội dung dài %d ký tự; có tệp kèm thì nhiều nhất %d. Anh/chị rút gọn nội dung, hoặc bỏ tệp ở bước xem lại.", length, limit)
	case start.IsZero():
		return "", ""
	case start.Before(now):
		return dayKey, "Ngày giờ gửi đã qua. Anh/chị chọn lại ngày, rồi xem lại giờ."
	case kept[urgentKey] == form.Yes && start.After(now.Add(urgentWithin)):
		return dayKey, "Tin khẩn là về việc trong 48 giờ tới, nên gửi trong 48 giờ tới. Anh/chị chọn lại ngày, hoặc sửa “Khẩn” ở bước xem lại."
	case !hours.Open(start):
		return hourKey, "Giờ này không được gửi. Thông báo gửi từ 08:00 đến 20:00; tin khẩn từ 06:00 đến 21:30."
	}
	return "", ""
}

// longestPicture is the most bytes that Telegram shows as a picture (https://core.telegram.org/bots/api#sendphoto).
const longestPicture = 10 << 20

// attached is the file of the answers, with a name, as a picture when all channels show it as one; nil for none.
func attached(kept form.Answers) *bot.File {
	files := []bot.File{}
	if json.Unmarshal([]byte(kept[fileKey]), &files) != nil || len(files) == 0 {
		return nil // passed over
	}
	f := files[0]
	f.Image = (f.MIME == "image/jpeg" || f.MIME == "image/png") && f.Size <= longestPicture
	f.Name = cmp.Or(f.Name, "hinh-kem"+storage.Extension(f.MIME))
	return &f
}

// startOf is when to send; the zero time: as soon as it is approved.
func startOf(kept form.Answers, zone *time.Location) time.Time {
	if kept[whenKey] != later {
		return time.Time{}
	}
	start, _ := time.ParseInLocation(time.DateOnly+" 15:04", kept[dayKey]+" "+kept[hourKey], zone) // both were checked
	return start
}

func hoursOf(kept form.Answers) storage.Hours {
	return storage.Announcement{Urgent: kept[urgentKey] == form.Yes}.Hours()
}

// announcement makes one of the answers.
func announcement(kept form.Answers, zone *time.Location) storage.Announcement {
	a := storage.Announcement{
		Category: kept[categoryKey], Urgent: kept[urgentKey] == form.Yes, Audience: audience(kept), Answers: storage.Profile(kept),
		Message: storage.Message{Outgoing: bot.Outgoing{Title: kept[titleKey], Text: kept[textKey], File: attached(kept)}},
	}
	if start := startOf(kept, zone); !start.IsZero() {
		a.StartAt = start.UnixMilli()
	}
	return a
}

// audience reads the answers that are asked today: those of conditions that were taken back are not among them.
func audience(kept form.Answers) storage.Audience {
	several := func(key string) []string {
		return slices.DeleteFunc(strings.Split(kept[key], ","), func(v string) bool { return v == "" })
	}
	return storage.Audience{
		Roles: several(roleKey), Registered: kept[registeredKey], Places: several(placeKey), Fields: several(fieldKey),
		Stages: several(stageKey), Groups: several(groupKey), Needs: several(needKey),
	}
}

// outgoing is the message as people get it.
func outgoing(t *handlers.Turn, a storage.Announcement) bot.Outgoing {
	m := a.Message.Outgoing
	m.Template = &bot.Template{Name: storage.Announced, Params: map[string]string{"tieu_de": storage.Subject(m.Title), "ma": a.Code}}
	m.Buttons = nil
	if a.Event != "" {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem và đăng ký", Data: "sukien:" + a.Event, Row: true})
	}
	if url := t.Page(pagePath(a)); url != "" {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Xem trên trang web", URL: url, Row: true})
	}
	m.Buttons = append(m.Buttons, bot.Button{Label: "Từ chối thông báo", Data: "tuchoi:", Row: true})
	return m
}
