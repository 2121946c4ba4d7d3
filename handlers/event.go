package handlers

import (
	"fmt"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// EventKinds are what an event may be. Values are kept in the database: labels may change, values not.
func EventKinds() []form.Choice {
	return []form.Choice{
		{Value: "dien_dan", Label: "Diễn đàn"},
		{Value: "toa_dam", Label: "Tọa đàm"},
		{Value: "hoi_nghi", Label: "Hội nghị"},
		{Value: "tap_huan", Label: "Tập huấn"},
		{Value: "ngay_hoi", Label: "Ngày hội"},
		{Value: "ket_noi", Label: "Kết nối"},
		{Value: "khac", Label: "Khác"},
	}
}

// EventHost is who holds an event, as people read it.
func EventHost(e storage.Event) string { return HostName(e.Host) }

// EventDays tells how far off an event is: "còn 9 ngày".
func EventDays(e storage.Event, now time.Time) string {
	start := e.Start(now.Location())
	switch days := int(date(start).Sub(date(now)).Hours()) / 24; {
	case e.State == storage.EventCancelled:
		return "đã hủy"
	case !now.Before(e.End(now.Location())):
		return "đã kết thúc"
	case !now.Before(start):
		return "đang diễn ra"
	case days == 0:
		return "hôm nay"
	case days == 1:
		return "ngày mai"
	default:
		return fmt.Sprintf("còn %d ngày", days)
	}
}

// date is the day of t as days are counted: each has 24 hours.
func date(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// EventPlaces tells how many places an event has left.
func EventPlaces(e storage.Event, s storage.Seats) string {
	switch free := s.Free(e); {
	case e.Capacity == 0:
		return "Không giới hạn số người."
	case s.Waiting > 0:
		return fmt.Sprintf("Đã hết chỗ; %d người đang chờ.", s.Waiting)
	case free <= 0:
		return "Đã hết chỗ, còn nhận vào danh sách chờ."
	default:
		return fmt.Sprintf("Còn %d chỗ.", free)
	}
}
