package founder

import (
	"slices"
	"strings"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// Keys of the profile that others read. Answers are kept under their keys: labels may change, keys and values not.
const (
	nameKey      = "ho_ten"
	phoneKey     = "dien_thoai"
	legalFormKey = "loai_hinh"
	documentsKey = "tai_lieu"
	linkKey      = "lien_ket"
)

// Profile has all that can be told of a startup and its founder, in any order and at any time: what was registered, and more.
// The answers of the registration can be changed but not emptied.
func Profile(places *viet.Places) *form.Form {
	fields := slices.DeleteFunc(registration(places).Fields, func(f form.Field) bool { return column(&storage.Startup{}, f.Key) == nil })
	for _, f := range []form.Field{
		form.LongText("mo_ta", "Mô tả ngắn", "Dự án làm gì, cho ai, có gì mới? Bạn viết nhiều nhất 500 ký tự.",
			"Tinh dầu sả chưng cất tại Trà Bồng, bán cho cơ sở lưu trú và cửa hàng quà tặng."),
		form.Many("nhu_cau", "Nhu cầu hỗ trợ", "Dự án đang cần hỗ trợ gì?", needs()...),
		form.One(legalFormKey, "Loại hình", "Dự án đang hoạt động theo loại hình nào?", legalForms()...),
		taxCode(),
		members(),
		groups(),
		form.Email("email", "Email", "Cán bộ gửi tài liệu cho bạn tới địa chỉ email nào?"),
		form.Files(documentsKey, "Tài liệu", "Bạn gửi tài liệu của dự án: PDF, Word, Excel, PowerPoint hoặc ảnh, mỗi tệp tối đa 20 MB, nhiều nhất 5 tệp. "+
			"Đừng gửi ảnh căn cước và tài liệu mật."),
		form.Link(linkKey, "Đường dẫn", "Dự án có trang web, video hoặc tài liệu trên mạng không? Bạn gửi một đường dẫn."),
	} {
		f.Optional = true
		fields = append(fields, f)
	}
	for _, f := range []form.Field{form.Name(nameKey, "Họ và tên", askName), form.Phone(phoneKey, "Số điện thoại", askPhone)} {
		f.Uncounted = true // given with every registration
		fields = append(fields, f)
	}
	return &form.Form{Name: "hoanthien", Title: "Hoàn thiện hồ sơ", Single: true, Fields: fields}
}

func needs() []form.Choice {
	return []form.Choice{
		{Value: "co_van", Label: "Cố vấn"},
		{Value: "von", Label: "Vốn"},
		{Value: "phong_thi_nghiem", Label: "Phòng thí nghiệm"},
		{Value: "thi_truong", Label: "Thị trường"},
		{Value: "chung_nhan", Label: "Chứng nhận"},
		{Value: "san_tmdt", Label: "Sàn thương mại điện tử"},
		{Value: "so_huu_tri_tue", Label: "Sở hữu trí tuệ"},
		{Value: "dao_tao", Label: "Đào tạo"},
		{Value: "mat_bang", Label: "Mặt bằng"},
	}
}

func legalForms() []form.Choice {
	return []form.Choice{
		{Value: "chua_lap", Label: "Chưa lập"},
		{Value: "ho", Label: "Hộ kinh doanh"},
		{Value: "to_hop_tac", Label: "Tổ hợp tác"},
		{Value: cooperative, Label: "Hợp tác xã"},
		{Value: enterprise, Label: "Doanh nghiệp"},
	}
}

// The legal forms that are asked for a tax code. A household's is its holder's personal number, which is never asked.
const (
	cooperative = "hop_tac_xa"
	enterprise  = "doanh_nghiep"
)

func taxCode() form.Field {
	f := form.TaxCode("ma_so_thue", "Mã số thuế", "Mã số thuế của doanh nghiệp hoặc hợp tác xã là gì?", "0100109106")
	f.Skip = func(a form.Answers) bool { return a[legalFormKey] != cooperative && a[legalFormKey] != enterprise }
	return f
}

// members counts whoever answers, so that there is one at least.
func members() form.Field {
	f := form.Number("so_nguoi", "Số thành viên", "Nhóm có bao nhiêu người, tính cả bạn?", "3")
	f.Check = func(typed string) (string, error) {
		number, err := viet.Number(strings.TrimSuffix(viet.Clean(typed), " người"))
		switch {
		case err != nil:
			return "", err
		case number == "0":
			return "", viet.Problem("Nhóm có ít nhất một người là bạn. Bạn gõ lại giúp, ví dụ: 3.")
		case len(number) > mostMembersDigits:
			return "", viet.Problem("Số này lớn quá. Bạn xem lại giúp, ví dụ: 3.")
		}
		return number, nil
	}
	return f
}

// mostMembersDigits: no team of a startup has 10,000 members or more.
const mostMembersDigits = 4

// groups are those that programmes of support ask for. Ethnicity, religion and health are sensitive data and never asked.
func groups() form.Field {
	f := form.Many("nhom", "Bạn thuộc nhóm nào?", "Câu này không bắt buộc, chỉ dùng để giới thiệu chương trình phù hợp.",
		form.Choice{Value: "thanh_nien", Label: "Thanh niên"},
		form.Choice{Value: "phu_nu", Label: "Phụ nữ"},
		form.Choice{Value: "hoc_sinh", Label: "Sinh viên, học sinh"},
		form.Choice{Value: "nong_dan", Label: "Nông dân"},
		form.Choice{Value: "tri_thuc", Label: "Trí thức, nhà khoa học"},
		form.Choice{Value: "tro_ve", Label: "Người trở về quê lập nghiệp"})
	f.Uncounted = true
	return f
}
