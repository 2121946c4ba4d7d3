package contests

import (
	"fmt"
	"strings"
	"time"

	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/export"
)

// clock tells a moment: "17:00, thứ Sáu, ngày 15/01/2027".
func clock(at time.Time, zone *time.Location) string {
	at = at.In(zone)
	return at.Format("15:04") + ", " + viet.ShowDate(at.Format(time.DateOnly))
}

// conditions tells who may enter, in lines.
func (o Office) conditions(d competition.Definition) []string {
	lines := []string{"Bảng: " + strings.Join(d.Tracks, ", ") + "."}
	who := handlers.Label(competition.Entrants(), d.Who)
	if d.TeamMost > 0 {
		who += fmt.Sprintf(", nhóm nhiều nhất %d người", d.TeamMost)
	}
	lines = append(lines, fmt.Sprintf("Ai được thi: %s; mỗi người nhiều nhất %d hồ sơ.", viet.LowerFirst(who), d.Cap))
	if d.Students {
		lines = append(lines, "Dành cho học sinh, sinh viên.")
	}
	if d.FirmYears > 0 {
		lines = append(lines, fmt.Sprintf("Doanh nghiệp thành lập không quá %d năm.", d.FirmYears))
	}
	if len(d.Places) > 0 {
		lines = append(lines, "Dự án thực hiện ở: "+o.placeNames(d)+".")
	}
	return lines
}

func (o Office) placeNames(d competition.Definition) string {
	names := []string{}
	for _, code := range d.Places {
		names = append(names, handlers.PlaceName(o.Places, code))
	}
	return strings.Join(names, ", ")
}

// cells tells what the cells of sheets mean to who may run competitions for these hosts.
func (o Office) cells(hosts handlers.Hosts) competition.Cells {
	field := handlers.PlaceField(o.Places, "")
	field.Choices = func(form.Answers) []form.Choice { return nil } // a rule needs a commune
	return competition.Cells{
		Place: field.Read, PlaceName: func(code string) string { return handlers.PlaceName(o.Places, code) },
		Host: hosts.Find, HostName: hosts.Name,
		Day: export.Day, Clock: export.Clock,
	}
}
