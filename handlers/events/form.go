package events

import (
	"strconv"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Keys of the form of an event.
const (
	titleKey    = "ten"
	kindKey     = "loai"
	taskKey     = "nhiem_vu"
	hostKey     = "don_vi" // asked of staff
	placeKey    = "dia_diem"
	mapKey      = "ban_do"
	startDay    = "ngay"
	startHour   = "gio"
	endDay      = "ngay_xong"
	endHour     = "gio_xong"
	capacityKey = "suc_chua"
)

// revisionKey is where the answers in hand say, beside eventKey, which text of an event they correct; no field has it.
const revisionKey = "ban"

// Where the answers in hand say what staff are told with the question for the host, and which of their agencies an officer
// holds the event for: keys of no field.
const (
	hostHintKey = "goi_y_don_vi"
	ownHostKey  = "cua_don_vi"
)

const hostHint = "Nếu là Sở Khoa học và Công nghệ, anh/chị bỏ qua."

// noTask is the answer for an event that counts for no task.
const noTask = "khong"

// tasks are those of QĐ 827 that events count for.
func tasks() []form.Choice {
	return []form.Choice{
		{Value: "1.6", Label: "1.6 Diễn đàn, tọa đàm, tập huấn cho thanh niên, phụ nữ"},
		{Value: "2.2", Label: "2.2 Sự kiện quy mô cấp tỉnh"},
		{Value: "2.3", Label: "2.3 Techfest Quảng Ngãi"},
		{Value: "2.4", Label: "2.4 Giao lưu, học tập, hợp tác"},
		{Value: noTask, Label: "Không tính cho nhiệm vụ nào"},
	}
}

func eventForm(planned handlers.Hosts) *form.Form {
	fields := []form.Field{
		longest(form.Text(titleKey, "Tên sự kiện", "Sự kiện tên gì?", "Ngày hội khởi nghiệp đổi mới sáng tạo 2026"), 100),
		form.One(kindKey, "Loại sự kiện", "Sự kiện thuộc loại nào?", handlers.EventKinds()...),
		form.One(taskKey, "Nhiệm vụ", "Sự kiện tính cho nhiệm vụ nào của kế hoạch khởi nghiệp?", tasks()...),
		hostField(planned),
		longest(form.Text(placeKey, "Địa điểm", "Sự kiện tổ chức ở đâu? Anh/chị ghi tên nơi và địa chỉ.", "Hội trường Sở Khoa học và Công nghệ, 202 Trần Hưng Đạo"), 200),
		optional(form.Link(mapKey, "Bản đồ", "Anh/chị gửi đường dẫn bản đồ tới nơi đó, hoặc bỏ qua.")),
		form.ComingDate(startDay, "Ngày bắt đầu", "Sự kiện bắt đầu ngày nào?"),
		clock(startHour, "Giờ bắt đầu", "Bắt đầu lúc mấy giờ?", "08:00"),
		optional(form.ComingDate(endDay, "Ngày kết thúc", "Kết thúc ngày nào? Nếu kết thúc trong ngày, anh/chị bỏ qua.")),
		clock(endHour, "Giờ kết thúc", "Kết thúc lúc mấy giờ?", "11:30"),
		form.Number(capacityKey, "Số chỗ", "Có bao nhiêu chỗ? Nếu không giới hạn, anh/chị gõ 0.", "100"),
	}
	for i := range mostQuestions {
		fields = append(fields, questionField(i))
	}
	return &form.Form{Name: creating, Title: "Tạo sự kiện", Officer: true, Submit: "Lưu sự kiện", Fields: fields}
}

// hostField asks staff who holds the event; an officer said so before, see Create.
func hostField(planned handlers.Hosts) form.Field {
	f := optional(form.Place(hostKey, "Đơn vị tổ chức", "Đơn vị nào tổ chức?", "Tỉnh Đoàn", planned.Search, planned.Name))
	f.Noun = "đơn vị"
	f.Detail = func(a form.Answers) string { return a[hostHintKey] }
	return f
}

// questionField asks for the question number i, once there is the one before it.
func questionField(i int) form.Field {
	number := strconv.Itoa(i + 1)
	f := optional(longest(form.Text(questionKey+strconv.Itoa(i), "Câu hỏi "+number, "Câu hỏi "+number+" cho người tham gia là gì? Nếu không hỏi, anh/chị bỏ qua.",
		"Bạn cần hỗ trợ gì nhất?"), 200))
	if i > 0 {
		f.Skip = func(a form.Answers) bool { return a[questionKey+strconv.Itoa(i-1)] == "" }
	}
	return f
}

func longest(f form.Field, characters int) form.Field {
	f.Most = characters
	return f
}

func optional(f form.Field) form.Field {
	f.Optional = true
	return f
}

func clock(key, label, prompt, example string) form.Field {
	f := form.Text(key, label, prompt, example)
	f.Check = viet.Clock
	return f
}

// longestEvent is how long an event may last, so that a mistyped year is noticed.
const longestEvent = 31 * 24 * time.Hour

// misfit says which answers do not go together, as the field to ask again and why; "" when all do.
func misfit(kept form.Answers, now time.Time) (key, problem string) {
	start, end := times(kept, now.Location())
	switch {
	case end.Before(now):
		return startDay, "Sự kiện này đã qua. Anh/chị chọn lại ngày, rồi xem lại giờ."
	case !end.After(start):
		return endHour, "Sự kiện kết thúc trước khi bắt đầu. Anh/chị xem lại giờ kết thúc, hoặc ngày ở bước xem lại."
	case end.Sub(start) > longestEvent:
		return endDay, "Sự kiện dài hơn một tháng. Anh/chị xem lại ngày kết thúc."
	}
	return "", ""
}

// times are those of the answers, which were checked.
func times(kept form.Answers, zone *time.Location) (start, end time.Time) {
	last := kept[endDay]
	if last == "" {
		last = kept[startDay]
	}
	start, _ = time.ParseInLocation(time.DateOnly+" 15:04", kept[startDay]+" "+kept[startHour], zone)
	end, _ = time.ParseInLocation(time.DateOnly+" 15:04", last+" "+kept[endHour], zone)
	return start, end
}

// event makes one of the answers; who holds it is found later.
func event(kept form.Answers, zone *time.Location) storage.Event {
	start, end := times(kept, zone)
	e := storage.Event{
		Name: kept[titleKey], Kind: kept[kindKey], Task: kept[taskKey], Place: kept[placeKey], Map: kept[mapKey],
		Questions: storage.Questions{}, StartsAt: start.UnixMilli(), EndsAt: end.UnixMilli(),
	}
	if e.Task == noTask {
		e.Task = ""
	}
	e.Capacity, _ = strconv.ParseInt(kept[capacityKey], 10, 64) // checked
	for i := range mostQuestions {
		if question := kept[questionKey+strconv.Itoa(i)]; question != "" {
			e.Questions = append(e.Questions, question)
		}
	}
	return e
}

// answersOf are the answers that would make e, and which text of it they are.
func answersOf(e storage.Event, zone *time.Location) form.Answers {
	start, end := e.Start(zone), e.End(zone)
	answers := form.Answers{
		titleKey: e.Name, kindKey: e.Kind, taskKey: e.Task, hostKey: e.Agency, placeKey: e.Place, mapKey: e.Map,
		startDay: start.Format(time.DateOnly), startHour: start.Format("15:04"), endDay: end.Format(time.DateOnly), endHour: end.Format("15:04"),
		capacityKey: strconv.FormatInt(e.Capacity, 10), revisionKey: strconv.FormatInt(e.Revision, 10), eventKey: e.Code,
	}
	if e.Task == "" {
		answers[taskKey] = noTask
	}
	for i := range mostQuestions {
		answers[questionKey+strconv.Itoa(i)] = ""
		if i < len(e.Questions) {
			answers[questionKey+strconv.Itoa(i)] = e.Questions[i]
		}
	}
	return answers
}
