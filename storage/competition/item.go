package competition

import (
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot/viet"
)

// Item is one thing that a dossier has to say or to have.
type Item struct {
	Key      string   `json:"key"` // [a-z0-9_]; never changed once people have drafts
	Label    string   `json:"label"`
	Kind     Kind     `json:"kind"`
	Optional bool     `json:"optional,omitempty"`
	Most     int      `json:"most,omitempty"` // most characters, or files
	Choices  []string `json:"choices,omitempty"`
}

// Kind is how an item is answered.
type Kind string

// The kinds of items.
const (
	Text   Kind = "chu"
	Number Kind = "so"
	Year   Kind = "nam"
	Money  Kind = "tien"
	Date   Kind = "ngay"
	Link   Kind = "lien_ket"
	Choice Kind = "chon"
	Files  Kind = "tep"
)

// The most characters of a text, and files of an item, unless the definition says less.
const (
	longestText = 1500
	mostFiles   = 5
)

// Keys of the items that the conditions of entering bring.
const (
	foundedKey = "thanh_lap"
	schoolKey  = "truong"
)

// Dossier lists what a dossier has: the items of the definition, after those that tell whether somebody may enter.
func (d Definition) Dossier() []Item {
	items := []Item{}
	if d.FirmYears > 0 {
		items = append(items, Item{Key: foundedKey, Label: "Năm thành lập doanh nghiệp", Kind: Year, Optional: true})
	}
	if d.Students {
		items = append(items, Item{Key: schoolKey, Label: "Trường đang học", Kind: Text, Most: 120})
	}
	return append(items, d.Items...)
}

// Accept cleans an answer to an item of d, or says what is wrong with it, with a viet.Problem. Files are not its business.
func (d Definition) Accept(item Item, text string) (string, error) {
	switch {
	case item.Key == foundedKey:
		return d.acceptYear(text)
	case item.Kind == Choice:
		return item.choose(text)
	}
	check := map[Kind]func(string) (string, error){Number: viet.Number, Year: viet.Year, Money: viet.Money, Date: viet.Date, Link: viet.Link}[item.Kind]
	if check == nil {
		return viet.Text(text, item.Most)
	}
	return check(text)
}

// acceptYear holds a firm to the age that may enter, in calendar years.
func (d Definition) acceptYear(text string) (string, error) {
	year, err := viet.Year(text)
	if err != nil {
		return "", err
	}
	n, _ := strconv.Atoi(year) // four digits
	switch oldest := d.Closes.Year() - d.FirmYears; {
	case n < oldest:
		return "", viet.Problem(fmt.Sprintf("Cuộc thi này dành cho doanh nghiệp thành lập từ năm %d. Nếu chưa có doanh nghiệp, bạn để trống mục này.", oldest))
	case n > d.Closes.Year():
		return "", viet.Problem("Năm này chưa tới. Bạn xem lại giúp.")
	}
	return year, nil
}

// choose takes a choice by its name or its number.
func (i Item) choose(text string) (string, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err == nil && n >= 1 && n <= len(i.Choices) {
		return i.Choices[n-1], nil
	}
	for _, c := range i.Choices {
		if viet.Fold(c) == viet.Fold(text) {
			return c, nil
		}
	}
	return "", viet.Problem("Mục này có các lựa chọn: " + strings.Join(i.Choices, "; ") + ".")
}

// Show is how an answer that Accept gave is read.
func (i Item) Show(value string) string {
	switch i.Kind {
	case Money:
		return viet.ShowMoney(value)
	case Date:
		return viet.ShowDate(value)
	}
	return value
}
