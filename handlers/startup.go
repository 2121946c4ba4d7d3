package handlers

import (
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Fields are what a startup may be about. Values are kept in the database: labels may change, values not.
func Fields() []form.Choice {
	return []form.Choice{
		{Value: "nong_nghiep", Label: "Nông, lâm, ngư và chế biến"},
		{Value: "cong_nghiep", Label: "Công nghiệp"},
		{Value: "so", Label: "Công nghệ thông tin, số"},
		{Value: "du_lich", Label: "Du lịch, dịch vụ"},
		{Value: "giao_duc", Label: "Giáo dục"},
		{Value: "y_te", Label: "Y tế"},
		{Value: "moi_truong", Label: "Môi trường"},
		{Value: "tai_chinh", Label: "Tài chính"},
		{Value: "xa_hoi", Label: "Tác động xã hội"},
		{Value: "khac", Label: "Khác"},
	}
}

// Stages are how far a startup has come, in order; values as with Fields.
func Stages() []form.Choice {
	return []form.Choice{
		{Value: "y_tuong", Label: "Ý tưởng"},
		{Value: "mau_thu", Label: "Đã có mẫu thử"},
		{Value: "ban_thu", Label: "Đã bán thử"},
		{Value: "doanh_thu", Label: "Có doanh thu"},
		{Value: "tang_truong", Label: "Tăng trưởng"},
	}
}

// Statuses are what may have become of a startup.
func Statuses() []form.Choice {
	return []form.Choice{
		{Value: storage.StatusNew, Label: "Chờ xem"},
		{Value: storage.StatusChanges, Label: "Cần sửa"},
		{Value: storage.StatusConfirmed, Label: "Đã xác nhận"},
		{Value: storage.StatusDeclined, Label: "Không được nhận"},
		{Value: storage.StatusStopped, Label: "Đã dừng"},
		{Value: storage.StatusMerged, Label: "Đã gộp vào hồ sơ khác"},
		{Value: storage.StatusWithdrawn, Label: "Đã rút"},
	}
}

// OtherPlaces are the answers to "where?" that are no commune.
func OtherPlaces() []form.Choice {
	return []form.Choice{{Value: storage.PlaceOutside, Label: "Ngoài tỉnh"}, {Value: storage.PlaceUnsure, Label: "Không chắc"}}
}

// PlaceName gives what people call a kept place.
func PlaceName(places *viet.Places, code string) string {
	if p, ok := places.ByCode(code); ok {
		return p.Title()
	}
	return Label(OtherPlaces(), code)
}

// DescribeStartup tells in three lines what was registered.
func DescribeStartup(s storage.Startup, places *viet.Places, zone *time.Location) string {
	day := time.UnixMilli(s.CreatedAt).In(zone).Format("02/01/2006")
	sent := "Gửi ngày"
	if s.Origin == storage.OriginPaper {
		sent = "Hồ sơ giấy, nộp ngày"
	}
	return fmt.Sprintf("%s · %s\n%s %s. Tình trạng: %s.\n%s · %s · %s", s.Code, s.Name, sent, day, StatusName(s.Status),
		PlaceName(places, s.Place), Label(Fields(), s.Field), Label(Stages(), s.Stage))
}

// StatusName is a status inside a sentence.
func StatusName(status string) string { return strings.ToLower(Label(Statuses(), status)) }

// Label is how a kept value is read; a value no longer among the choices is read as it is.
func Label(choices []form.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}
