package staff

import "khoinghiep/bot"

// goneFor answers for a startup that does not exist or was withdrawn.
func goneFor() bot.Outgoing {
	return bot.Outgoing{
		Text:    "Mình không thấy hồ sơ này, hoặc người đăng ký đã rút. Anh/chị tìm theo tên hay số điện thoại giúp.",
		Buttons: []bot.Button{searchButton()},
	}
}

// noneChosen answers who asks for something that is done to one startup, without one.
func noneChosen() bot.Outgoing {
	return bot.Outgoing{Text: "Anh/chị chọn hồ sơ trước, rồi làm tiếp từ phiếu của hồ sơ đó.", Buttons: []bot.Button{waitingButton(), searchButton()}}
}

func searchButton() bot.Button {
	return bot.Button{Label: "Tìm hồ sơ", Data: "timkiem:", Row: true}
}

// waitingButton leads on to the next registration.
func waitingButton() bot.Button {
	return bot.Button{Label: "Xem đăng ký chờ", Data: "dangkymoi:", Row: true}
}
