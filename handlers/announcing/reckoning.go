package announcing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// counts tell how many are reached, on which ways, and name some of them.
func (d Desk) counts(p storage.Preview) string {
	lines := []string{
		fmt.Sprintf("Có %s người như vậy; %s người đồng ý nhận thông báo.", viet.ShowCount(p.People), viet.ShowCount(p.Agreed)),
		"Sẽ gửi qua: " + ways(p.Channels) + ".",
		unreached(p) + " " + cost(p),
	}
	if len(p.Samples) > 0 {
		names := []string{}
		for _, s := range p.Samples {
			names = append(names, d.sample(s))
		}
		lines = append(lines, "Ví dụ người nhận: "+strings.Join(names, "; ")+".")
	}
	if p.Agreed == 0 {
		lines = append(lines, "Chưa có ai nhận được, nên chưa trình được. Anh/chị sửa phần người nhận.")
	}
	return strings.Join(lines, "\n")
}

// unreached tells how many get nothing, and why.
func unreached(p storage.Preview) string {
	text := fmt.Sprintf("Không liên lạc được: %s người", viet.ShowCount(p.Unreachable))
	if p.Closed > 0 {
		text += fmt.Sprintf(" (%s người đã lâu không nhắn trên Zalo, Zalo không cho gửi)", viet.ShowCount(p.Closed))
	}
	return text + "."
}

// What a message by template costs, in đồng: from, to [2+]. What one at a charge costs, the account's package says.
const (
	leastPerTemplate = 200
	mostPerTemplate  = 300
)

// cost tells what Zalo charges for, and what is left of the month's budget.
func cost(p storage.Preview) string {
	paid, templates := p.Modes[storage.ModePaid], p.Modes[storage.ModeTemplate]+p.Modes[storage.ModePhone]
	parts := []string{}
	if templates > 0 {
		parts = append(parts, fmt.Sprintf("%s tin theo mẫu, khoảng %s đến %s đồng (người nhận thấy tiêu đề, nhắn lại thì thấy cả thông báo)",
			viet.ShowCount(templates), viet.ShowCount(leastPerTemplate*templates), viet.ShowCount(mostPerTemplate*templates)))
	}
	if paid > 0 {
		parts = append(parts, viet.ShowCount(paid)+" tin tính phí theo giá của gói Zalo OA")
	}
	text := "Chi phí: 0 đồng."
	if len(parts) > 0 {
		text = "Chi phí: " + strings.Join(parts, "; ") + "."
	}
	if p.Budget > 0 {
		text += fmt.Sprintf(" Hạn mức tin tính phí tháng này còn %s trên %s.", viet.ShowCount(p.BudgetLeft), viet.ShowCount(p.Budget))
	}
	return text
}

// ways lists channels with how many people, the most first.
func ways(channels map[string]int) string {
	names := channelsOf(channels)
	slices.SortStableFunc(names, func(a, b string) int { return channels[b] - channels[a] })
	parts := []string{}
	for _, name := range names {
		parts = append(parts, fmt.Sprintf("%s %s người", channelName(name), viet.ShowCount(channels[name])))
	}
	if len(parts) == 0 {
		return "chưa có kênh nào"
	}
	return strings.Join(parts, ", ")
}

// sample is a recipient, recognised by whoever knows them and hardly by others: "Nguyễn V. A. (Xã Ba Vinh)".
func (d Desk) sample(s storage.Sample) string {
	place := "chưa đăng ký dự án"
	if s.Place != "" {
		place = handlers.PlaceName(d.Places, s.Place)
	}
	return shorten(s.Name) + " (" + place + ")"
}

func shorten(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "người chưa cho biết tên"
	}
	for i, word := range words[1:] {
		words[i+1] = string([]rune(word)[:1]) + "."
	}
	return strings.Join(words, " ")
}

// timing tells when it begins and, at the pace of the channels, when it ends.
func (d Desk) timing(a storage.Announcement, p storage.Preview, now time.Time) string {
	start, from := now, "ngay khi được duyệt"
	if a.StartAt > now.UnixMilli() {
		start = time.UnixMilli(a.StartAt).In(now.Location())
		from = showTime(start)
	} else if begin := a.Hours().Next(now); begin.After(now) {
		from += ", từ " + showTime(begin)
	}
	text := "Lúc gửi: " + from + ".\nDự kiến xong: " + showTime(d.end(a, p.Channels, start)) + "."
	if !a.Urgent {
		text += " Ai đã nhận một thông báo hôm đó thì nhận vào hôm sau."
	}
	return text
}

// end is when the slowest channel has sent to all its people. Approximate: it knows nothing of what else is to be sent.
func (d Desk) end(a storage.Announcement, channels map[string]int, start time.Time) time.Time {
	longest := time.Duration(0)
	for name, people := range channels {
		longest = max(longest, time.Duration(float64(people)/d.Rate(name)*float64(time.Second)))
	}
	return a.Hours().Later(start, longest.Truncate(time.Minute)+time.Minute)
}

func showTime(at time.Time) string {
	return at.Format("15:04 ") + viet.ShowDate(at.Format(time.DateOnly))
}
