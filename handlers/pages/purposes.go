package pages

import (
	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// about is what the page says.
type about struct {
	Title string
	Text  string
	Next  string // what to do
}

const typeIt = "Bạn mở trợ lý bằng một nút dưới đây. Nếu trợ lý chưa nhận mã, bạn sao chép mã rồi gửi cho trợ lý."

// purposes are what codes are for, by kind.
func purposes() map[storage.CodeKind]about {
	return map[storage.CodeKind]about{
		storage.InviteCode: {
			Title: "Mã mời cán bộ",
			Text:  "Mã này trao quyền cán bộ của Sở Khoa học và Công nghệ tỉnh Quảng Ngãi cho người dùng mã. Mã dùng một lần.",
			Next:  typeIt,
		},
		storage.JoinCode: {
			Title: "Nối hai cuộc trò chuyện",
			Text:  "Mã này nối hai cuộc trò chuyện của cùng một người với trợ lý. Bạn chỉ dùng mã do chính bạn vừa tạo.",
			Next:  typeIt,
		},
		storage.GuardianCode: {
			Title: "Nhờ cha, mẹ hoặc người giám hộ đồng ý",
			Text: "Một em chưa đủ 16 tuổi muốn đăng ký dự án khởi nghiệp với Sở Khoa học và Công nghệ tỉnh Quảng Ngãi và cần người lớn đồng ý. " +
				"Chưa có thông tin nào của em được lưu.",
			Next: typeIt,
		},
		storage.ContestGuardianCode: {
			Title: "Nhờ cha, mẹ hoặc người giám hộ đồng ý",
			Text:  "Một em chưa đủ 16 tuổi muốn dự một cuộc thi khởi nghiệp và cần người lớn đồng ý. Mã dùng một lần.",
			Next:  typeIt,
		},
		storage.TeamCode: {
			Title: "Mời vào nhóm dự thi",
			Text:  "Mã này để xin vào một nhóm dự thi khởi nghiệp; trưởng nhóm sẽ xác nhận. Mã dùng một lần.",
			Next:  typeIt,
		},
		storage.JurorCode: {
			Title: "Mời vào ban giám khảo",
			Text:  "Mã này ghi người dùng mã vào ban giám khảo của một cuộc thi khởi nghiệp. Mã dùng một lần.",
			Next:  viet.ToOfficer(typeIt),
		},
		storage.OfficerCode: {
			Title: "Mã mời cán bộ đầu mối",
			Text: "Mã này ghi người dùng mã làm cán bộ đầu mối của một cơ quan, đơn vị: nhận nhắc hạn và gửi kế hoạch, báo cáo cho " +
				"Sở Khoa học và Công nghệ tỉnh Quảng Ngãi. Mã dùng một lần.",
			Next: viet.ToOfficer(typeIt),
		},
	}
}

func unknown() about {
	return about{
		Title: "Mã không dùng được",
		Text:  "Mã này không đúng, đã được dùng hoặc đã hết hạn.",
		Next:  "Bạn xin mã mới từ người đã gửi liên kết cho bạn.",
	}
}

func tooMany() about {
	return about{
		Title: "Bạn thử lại sau nhé",
		Text:  "Từ nơi bạn đang dùng mạng đã có nhiều mã chưa đúng.",
		Next:  "Bạn chờ khoảng một giờ rồi mở lại liên kết, hoặc gửi mã thẳng cho trợ lý.",
	}
}

func unavailable() about {
	return about{
		Title: "Bạn thử lại sau nhé",
		Text:  "Hệ thống đang bận ít phút. Mã của bạn vẫn còn nguyên.",
		Next:  "Bạn mở lại liên kết này sau ít phút.",
	}
}
