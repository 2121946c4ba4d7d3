package viet

// Place is a commune of today: a xã, a phường or a đặc khu.
type Place struct {
	Code     string // of the national list of administrative units
	Name     string // without its kind: "Ba Tơ"
	Kind     string // "xã", "phường" or "đặc khu"
	District string // the old district it lay in, as in District.Name; it may reach into others
}

// String gives the place as it is written inside a sentence: "xã Ba Tơ".
func (p Place) String() string { return p.Kind + " " + p.Name }

// District is a unit that existed until 30 June 2025, known by the communes that took its place.
type District struct {
	Code   string
	Name   string   // with its kind: "huyện Ba Tơ", "thị xã Đức Phổ"
	Places []string // codes of communes
}

// Match is a place that a text may mean.
type Match struct {
	Place Place
	Why   string // "" for its present name; else how the text leads there: "Bình Trung cũ", "thuộc huyện Ba Tơ cũ", "tên gần giống"
}
