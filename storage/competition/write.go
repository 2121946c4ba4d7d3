package competition

import (
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot/form"
)

// Columns is how many cells a line has at most.
const Columns = 7

// Headings is the first line of a sheet.
func Headings() []string {
	return []string{"Mục", "Nội dung", "Chi tiết 1", "Chi tiết 2", "Chi tiết 3", "Chi tiết 4", "Chi tiết 5"}
}

// Lines writes a definition as the lines of a sheet below the headings: Read gives it back.
func (d Definition) Lines(with Cells) [][]string {
	lines := [][]string{}
	for _, k := range lineKinds() {
		if k.write == nil {
			continue
		}
		for _, cells := range k.write(d, with) {
			lines = append(lines, append([]string{k.name}, cells...))
		}
	}
	return append(lines, writeRounds(d)...)
}

// Guide explains each kind of line: its name, and what its cells have.
func Guide() [][]string {
	lines := [][]string{}
	for _, k := range lineKinds() {
		lines = append(lines, append([]string{k.name}, k.hint...))
	}
	return lines
}

// writeRounds writes each round with its criteria below it.
func writeRounds(d Definition) [][]string {
	lines := [][]string{}
	for _, r := range d.Rounds {
		shown := named
		if r.Blind {
			shown = blind
		}
		lines = append(lines, []string{roundLine, r.Name, digits(r.Keep), digits(r.Readers), digits(r.MeanLeast), shown, showDay(r.Due)})
		for _, c := range r.Criteria {
			zero := ""
			if c.Floor {
				zero = floor
			}
			lines = append(lines, []string{criterionLine, c.Name, digits(c.Weight), digits(c.Most), zero})
		}
	}
	return lines
}

// showDay shows a day as people write it; "" for none.
func showDay(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return ""
	}
	return at.Format("02/01/2006")
}

func showItem(i Item) []string {
	must, detail := required, digits(i.Most)
	if i.Optional {
		must = optional
	}
	switch {
	case i.Kind == Choice:
		detail = strings.Join(i.Choices, "; ")
	case i.Most == 0:
		detail = ""
	}
	return []string{i.Label, label(kinds(), string(i.Kind)), must, detail}
}

func digits(n int) string { return strconv.Itoa(n) }

func label(choices []form.Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}
