package announcing

import (
	"slices"
	"strings"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Keys of the form. Answers are kept under their keys: labels may change, keys and values not.
const (
	titleKey      = "tieu_de"
	textKey       = "noi_dung"
	fileKey       = "tep"
	categoryKey   = "loai"
	audienceKey   = "gui_cho"
	filtersKey    = "loc"
	roleKey       = "vai_tro"
	registeredKey = "dang_ky"
	placeKey      = "noi"
	fieldKey      = "linh_vuc"
	stageKey      = "giai_doan"
	groupKey      = storage.ProfileGroups
	needKey       = storage.ProfileNeeds
	urgentKey     = "khan"
	whenKey       = "luc"
	dayKey        = "ngay"
	hourKey       = "gio"
)

// Values of audienceKey and whenKey that open more questions.
const (
	everybody = "tat_ca"
	chosen    = "chon"
	atOnce    = "ngay"
	later     = "hen"
)

// The most characters of a title and of a text. What both may have together, see lengthLimit.
const (
	longestTitle = 100
	longestText  = 1700
)

func (d Desk) form() *form.Form {
	file := form.Files(fileKey, "Hình hoặc tệp", "Anh/chị gửi một hình hoặc một tệp đi kèm, hoặc bỏ qua.")
	file.Optional, file.Most = true, 1
	fields := []form.Field{
		longest(form.Text(titleKey, "Tiêu đề", "Tiêu đề của thông báo là gì?", "Mở đăng ký cuộc thi khởi nghiệp năm 2026"), longestTitle),
		longest(form.LongText(textKey, "Nội dung", "Nội dung là gì? Nhiều nhất 1.700 ký tự; có hình hoặc tệp kèm thì cả tiêu đề nhiều nhất 900.",
			"Hạn đăng ký: hết thứ Hai, ngày 30/11/2026. Gõ “đăng ký” để tham gia."), longestText),
		file,
		form.One(categoryKey, "Loại", "Thông báo về việc gì?", handlers.Categories()...),
		form.One(audienceKey, "Người nhận", "Gửi cho ai? Chỉ người đã đồng ý nhận thông báo mới nhận được.",
			form.Choice{Value: everybody, Label: "Tất cả"}, form.Choice{Value: chosen, Label: "Chọn theo điều kiện"}),
	}
	fields = append(fields, d.filters()...)
	return &form.Form{Name: composing, Title: "Soạn thông báo", Officer: true, Submit: "Xem trước", Fields: append(fields, schedule()...)}
}

func longest(f form.Field, characters int) form.Field {
	f.Most = characters
	return f
}

// filters ask whom to choose: first by what, then each of these.
func (d Desk) filters() []form.Field {
	kinds := []form.Field{
		form.Many(roleKey, "Vai trò", "Người nhận có vai trò nào?", roles()...),
		form.One(registeredKey, "Đăng ký dự án", "Người nhận đã đăng ký dự án chưa?",
			form.Choice{Value: storage.RegisteredYes, Label: "Đã đăng ký"}, form.Choice{Value: storage.RegisteredNo, Label: "Chưa đăng ký"}),
		placesField(d.Places),
		form.Many(fieldKey, "Lĩnh vực", "Dự án của người nhận thuộc lĩnh vực nào?", d.choices(fieldKey)...),
		form.Many(stageKey, "Giai đoạn", "Dự án của người nhận đang ở giai đoạn nào?", d.choices(stageKey)...),
		form.Many(groupKey, "Nhóm", "Người nhận thuộc nhóm nào?", d.choices(groupKey)...),
		form.Many(needKey, "Nhu cầu hỗ trợ", "Dự án của người nhận đang cần hỗ trợ gì?", d.choices(needKey)...),
	}
	which := form.Many(filtersKey, "Chọn theo", "Chọn người nhận theo những điều kiện nào? Người nhận phải có đủ các điều kiện được chọn.")
	labels := []form.Choice{}
	for i, f := range kinds {
		labels = append(labels, form.Choice{Value: f.Key, Label: f.Label})
		kinds[i].Skip = func(a form.Answers) bool { return !slices.Contains(strings.Split(a[filtersKey], ","), f.Key) }
	}
	which.Choices = func(form.Answers) []form.Choice { return labels }
	which.Skip = func(a form.Answers) bool { return a[audienceKey] != chosen }
	return append([]form.Field{which}, kinds...)
}

func roles() []form.Choice {
	return []form.Choice{
		{Value: storage.RoleCitizen, Label: "Không phải cán bộ"},
		{Value: string(storage.Staff), Label: "Cán bộ (gồm người duyệt và quản trị)"},
		{Value: string(storage.Approver), Label: "Người duyệt (gồm quản trị)"},
		{Value: string(storage.Admin), Label: "Quản trị"},
	}
}

// choices are those of a question about startups.
func (d Desk) choices(key string) []form.Choice {
	i := slices.IndexFunc(d.Profile.Fields, func(f form.Field) bool { return f.Key == key })
	return d.Profile.Fields[i].Choices(form.Answers{})
}

// schedule asks when to send.
func schedule() []form.Field {
	day := form.ComingDate(dayKey, "Ngày gửi", "Gửi ngày nào?")
	hour := form.Text(hourKey, "Giờ gửi", "Gửi lúc mấy giờ? Từ 08:00 đến 20:00; tin khẩn từ 06:00 đến 21:30.", "08:30")
	hour.Check = viet.Clock
	fields := []form.Field{
		form.YesNo(urgentKey, "Khẩn", "Đây có phải tin thay đổi hoặc hủy một việc trong 48 giờ tới không? Chỉ tin như vậy mới gửi khẩn: "+
			"người đã nhận một thông báo trong ngày vẫn nhận."),
		form.One(whenKey, "Lúc gửi", "Gửi lúc nào?",
			form.Choice{Value: atOnce, Label: "Ngay khi được duyệt"}, form.Choice{Value: later, Label: "Hẹn ngày giờ"}),
		day, hour,
	}
	for i := range fields[2:] {
		fields[2+i].Skip = func(a form.Answers) bool { return a[whenKey] != later }
	}
	return fields
}
