package competition

import "khoinghiep/bot/form"

// Levels are who runs a competition (Quyết định 827/QĐ-UBND, V.1.3 to V.1.5). Values are kept: labels may change, values not.
func Levels() []form.Choice {
	return []form.Choice{{Value: "tinh", Label: "Cấp tỉnh"}, {Value: "dia_phuong", Label: "Địa phương"}, {Value: "doan", Label: "Đoàn thanh niên"}}
}

// Entrants are who may enter.
func Entrants() []form.Choice {
	return []form.Choice{{Value: Anyone, Label: "Cá nhân hoặc nhóm"}, {Value: Alone, Label: "Chỉ cá nhân"}, {Value: Teams, Label: "Chỉ nhóm"}}
}

func kinds() []form.Choice {
	return []form.Choice{
		{Value: string(Text), Label: "Chữ"}, {Value: string(Number), Label: "Số"}, {Value: string(Year), Label: "Năm"}, {Value: string(Money), Label: "Tiền"}, {Value: string(Date), Label: "Ngày"},
		{Value: string(Link), Label: "Đường dẫn"}, {Value: string(Choice), Label: "Chọn một"}, {Value: string(Files), Label: "Tệp"},
	}
}

// What cells say.
const (
	required = "Bắt buộc"
	optional = "Không bắt buộc"
	blind    = "Ẩn tên"
	named    = "Hiện tên"
	floor    = "Không được 0"
	students = "Học sinh, sinh viên"
	everyone = "Mọi người"
)

func words(labels ...string) []form.Choice {
	list := []form.Choice{}
	for _, l := range labels {
		list = append(list, form.Choice{Value: l, Label: l})
	}
	return list
}
