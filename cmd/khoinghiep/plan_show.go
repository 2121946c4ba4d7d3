package main

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage/plan"
)

// showPlan prints a version of the plan to be read, and what is due in the present year.
func showPlan(c console, catalogue *plan.Catalogue, now time.Time) error {
	tz, err := time.LoadLocation(zone)
	if err != nil {
		return fmt.Errorf("load time zone: %w", err)
	}
	calendar, err := plan.LoadCalendar(catalogue)
	if err != nil {
		return err
	}
	today := now.In(tz)
	fmt.Fprintf(c.out, "%s (%s)\nPhiên bản %s, có hiệu lực từ %s.\n", catalogue.Name, catalogue.Document, catalogue.Version, viet.ShowDate(catalogue.From))
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	showTasks(table, catalogue)
	showAgencies(table, catalogue)
	showDuties(table, catalogue, today.Year())
	showDaysOff(table, calendar, today.Year())
	return table.Flush()
}

func showTasks(w *tabwriter.Writer, c *plan.Catalogue) {
	fmt.Fprintf(w, "\nNHIỆM VỤ (%d)\n", len(c.Tasks))
	for _, group := range c.Groups {
		fmt.Fprintf(w, "%s. %s\n", group.ID, group.Title)
		for _, t := range c.Tasks {
			if strings.HasPrefix(t.ID, group.ID+".") {
				fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", t.ID, t.Title, shortNames(c, t.Leads, c.From), showTime(c, t), t.Clause)
			}
		}
	}
}

func showTime(c *plan.Catalogue, t plan.Task) string {
	switch {
	case t.Time == plan.Local:
		return "theo tình hình địa phương"
	case t.Time == plan.External:
		return "theo kế hoạch của " + shortNames(c, []string{t.By}, c.From)
	case t.Time == plan.Yearly && t.Since > 0:
		return fmt.Sprintf("hằng năm từ %d", t.Since)
	case t.Time == plan.Yearly:
		return "hằng năm"
	case t.Since == t.Until:
		return fmt.Sprintf("năm %d", t.Since)
	}
	return fmt.Sprintf("%d–%d", t.Since, t.Until)
}

// showAgencies lists the agencies with what became of them; the communes and the districts are counted only.
func showAgencies(w *tabwriter.Writer, c *plan.Catalogue) {
	communes, districts := 0, 0
	fmt.Fprint(w, "\nCƠ QUAN\n")
	for _, a := range c.Agencies {
		switch {
		case a.IsCommune():
			communes++
			continue
		case a.IsDistrict():
			districts++
			continue
		}
		fmt.Fprintf(w, "  %s\t%s\n", a.ID, a.Name)
		for _, later := range a.Later {
			fmt.Fprintf(w, "\t  từ %s là %s (%s)\n", showDay(later.From), later.Name, showCertainty(later.Evidence))
		}
		for _, s := range c.Successions {
			if s.From == a.ID {
				fmt.Fprintf(w, "\t  từ %s do %s kế thừa%s (%s)\n", showDay(s.On), shortNames(c, []string{s.To}, s.On), showScope(s), showCertainty(s.Evidence))
			}
		}
	}
	fmt.Fprintf(w, "  huyen-…\tUBND của %d huyện, thị xã, thành phố, đến hết 30/06/2025\n", districts)
	fmt.Fprintf(w, "  xa-…\tUBND của %d xã, phường, đặc khu\n", communes)
}

func showScope(s plan.Succession) string {
	if s.Scope == "" {
		return ""
	}
	return " phần " + s.Scope
}

func showDuties(w *tabwriter.Writer, c *plan.Catalogue, year int) {
	fmt.Fprintf(w, "\nPHẢI GỬI TRONG NĂM %d\n", year)
	title := ""
	for _, d := range c.DutiesDue(fmt.Sprintf("%d-01-01", year), fmt.Sprintf("%d-12-31", year)) {
		if d.Title != title {
			title = d.Title
			fmt.Fprintf(w, "%s (%s): hết %s\n", d.Title, d.Clause, viet.ShowDate(d.LastDay))
		}
		if len(d.Tasks) == 0 {
			fmt.Fprintf(w, "  %s\n", showSender(c, d))
			continue
		}
		fmt.Fprintf(w, "  %s\t%s\n", showSender(c, d), strings.Join(d.Tasks, ", "))
	}
}

// showSender names who owes it on its last day, or whom staff have to choose for.
func showSender(c *plan.Catalogue, d plan.Duty) string {
	found, choice := c.Resolve(d.Agency, d.LastDay)
	switch {
	case !choice:
		return shortNames(c, found, d.LastDay)
	case len(found) == 0:
		return shortNames(c, []string{d.Agency}, d.LastDay) + " (cán bộ chọn)"
	}
	return fmt.Sprintf("%s (cán bộ chọn trong %d nơi)", shortNames(c, []string{d.Agency}, d.LastDay), len(found))
}

func showDaysOff(w *tabwriter.Writer, calendar *plan.Calendar, year int) {
	words := map[string]string{"final": "chính thức", "provisional": "tạm thời", "memory": "chưa đối chiếu thông báo", "inferred": "suy ra từ luật"}
	fmt.Fprint(w, "\nNGÀY NGHỈ\n")
	for y := year; y <= year+1; y++ {
		known, ok := words[calendar.Certainty(y)]
		if !ok {
			known = "chưa có, chỉ biết cuối tuần và ngày lễ cố định"
		}
		fmt.Fprintf(w, "  %d\t%s\n", y, known)
	}
}

// shortNames names agencies as they are called on a day.
func shortNames(c *plan.Catalogue, ids []string, day string) string {
	names := []string{}
	for _, id := range ids {
		a, _ := c.Agency(id)
		_, short := a.NameOn(day)
		names = append(names, short)
	}
	return strings.Join(names, ", ")
}

func showCertainty(e plan.Evidence) string {
	words := map[plan.Certainty]string{plan.Confirmed: "đã xác nhận", plan.Secondary: "nguồn thứ cấp", plan.FromMemory: "chưa kiểm chứng", plan.Inferred: "suy ra"}
	if e.DayCertainty != "" {
		return words[e.Certainty] + ", ngày " + words[e.DayCertainty]
	}
	return words[e.Certainty]
}

// showDay gives a day as "01/03/2025".
func showDay(iso string) string {
	_, day, _ := strings.Cut(viet.ShowDate(iso), "ngày ")
	return day
}
