package handlers_test

import (
	"strings"
	"testing"

	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// TestAHostIsFoundByItsName, with accents before without, and by a part of one name only.
func TestAHostIsFoundByItsName(t *testing.T) {
	all := handlers.Hosts{Default: storage.Department, Agencies: []storage.Agency{
		{ID: "xa-1", Name: "UBND xã Ba Tơ"}, {ID: "xa-2", Name: "UBND xã Ba Tô"}, {ID: "SCT", Name: "Sở Công Thương", Short: "Sở CT"},
		{ID: "STC", Name: "Sở Tài chính"}, {ID: storage.Department, Name: "Sở Khoa học và Công nghệ", Short: "Sở KH&CN"},
	}}
	of := func(ids ...string) (h handlers.Hosts) {
		for _, id := range ids {
			a, _ := all.Agency(id)
			h.Agencies = append(h.Agencies, a)
		}
		return h
	}
	for _, c := range []struct {
		hosts      handlers.Hosts
		name, want string // what is wrong begins with "!"
	}{
		{all, "", storage.Department}, {all, "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi", storage.Department}, {all, "sở kh&cn", storage.Department},
		{all, "UBND xã Ba Tô", "xa-2"}, {all, "ubnd xa ba to", "!Ba Tơ; UBND xã Ba Tô."}, {all, "so cong thuong", "SCT"}, {all, "tài chính", "STC"}, {all, "sở công nghệ", storage.Department},
		{all, "Sở Lạ", "!Sở Tài chính"},
		{of("SCT"), "Sở Tài chính", "!: Sở Công Thương."}, {of("SCT", "STC"), "", "!: Sở Công Thương; Sở Tài chính."},
		{of("SCT"), "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi", "!: Sở Công Thương."},
	} {
		id, err := c.hosts.Find(c.name)
		if problem, wrong := strings.CutPrefix(c.want, "!"); wrong && (err == nil || !strings.Contains(err.Error(), problem)) || !wrong && (err != nil || id != c.want) {
			t.Errorf("%q: %q, %v, want %q", c.name, id, err, c.want)
		}
	}
	if found := all.Search("xa ba to"); len(found) != 2 {
		t.Errorf("found %+v", found)
	}
}
