package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Place is a commune of today: a xã, a phường or a đặc khu.
type Place struct {
	Code     string // of the national list of administrative units
	Name     string // without its kind: "Ba Tơ"
	Kind     string // "xã", "phường" or "đặc khu"
	District string // the old district it lay in, as in District.Name; it may reach into others
}

// String gives the place as it is written inside a sentence: "xã Ba Tơ".
func (p Place) String() string { return p.Kind + " " + p.Name }

// Title gives the place as it begins a line or a button: "Xã Ba Tơ".
func (p Place) Title() string {
	first, size := utf8.DecodeRuneInString(p.Kind)
	return string(unicode.ToUpper(first)) + p.Kind[size:] + " " + p.Name
}

// Names tells whether text is, with its accents, the name of the place that a label is about, with its kind or without:
// both "xã Ba Tơ" and "Ba Tơ" name "Xã Ba Tơ (thuộc huyện Ba Tơ cũ)".
func Names(text, label string) bool {
	whole, _, _ := strings.Cut(label, " (")
	typed := spell(text).accents
	return typed != "" && (typed == spell(whole).accents || typed == newPart(whole).accents)
}

// District is a unit that existed until 30 June 2025, known by the communes that took its place.
type District struct {
	Code   string
	Name   string   // with its kind: "huyện Ba Tơ", "thị xã Đức Phổ"
	Places []string // codes of communes
}

// Match is a place that a text may mean.
type Match struct {
	Place Place
	Guess bool   // an unfinished name, or one some letters away: not certain even when alone
	Why   string // "" for its present name; else how the text leads there: "Bình Trung cũ", "thuộc huyện Ba Tơ cũ", "tên gần giống"
}
