package announcing

import "khoinghiep/storage"

// deliveryStates are all states in the order in which people read them.
func deliveryStates() []storage.DeliveryState {
	return []storage.DeliveryState{
		storage.DeliverySent, storage.DeliveryFailed, storage.DeliveryUnreachable, storage.DeliveryUnknown,
		storage.DeliverySending, storage.DeliveryQueued, storage.DeliveryCancelled, storage.DeliveryExpired,
	}
}

// always reports whether people are told of a state that nobody is in.
func always(state storage.DeliveryState) bool {
	return state != storage.DeliverySending && state != storage.DeliveryCancelled && state != storage.DeliveryExpired
}

func stateOfDelivery(state storage.DeliveryState) string {
	switch state {
	case storage.DeliverySent:
		return "Đã gửi"
	case storage.DeliveryFailed:
		return "Lỗi"
	case storage.DeliveryUnreachable:
		return "Không liên lạc được"
	case storage.DeliveryUnknown:
		return "Không rõ đã tới chưa"
	case storage.DeliverySending:
		return "Đang gửi"
	case storage.DeliveryQueued:
		return "Đang chờ"
	case storage.DeliveryCancelled:
		return "Đã hủy"
	}
	return "Quá hạn"
}

// again names what is sent again.
func again(state storage.DeliveryState) string {
	if state == storage.DeliveryUnknown {
		return "không rõ"
	}
	return "lỗi"
}

// why is the reason of a delivery's state, in words; what is not known here, as the ledger has it.
func why(reason string) string {
	switch reason {
	case storage.OptedOut:
		return "người nhận đã từ chối thông báo"
	case storage.CutOff:
		return "đứt kết nối khi đang gửi"
	case storage.NoChat:
		return "không có cuộc trò chuyện nào liên lạc được"
	case storage.WindowClosed:
		return "đã lâu không nhắn trên Zalo, Zalo không cho gửi"
	case storage.TakenBack:
		return "cán bộ đã hủy phần chưa gửi"
	case storage.Joined:
		return "đã nhận ở cuộc trò chuyện khác"
	case storage.Refused:
		return "ứng dụng không nhận tin"
	case storage.TriedTooOften:
		return "đã thử nhiều lần"
	}
	return reason
}
