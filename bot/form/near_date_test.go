package form_test

import (
	"testing"
	"time"

	"khoinghiep/bot/form"
)

// TestADaySaidForShortIsReadBack is on a Friday.
func TestADaySaidForShortIsReadBack(t *testing.T) {
	for _, c := range []struct {
		field             form.Field
		typed, kept, told string
	}{
		{form.ComingDate("k", "L", "P?"), "28/11", "2026-11-28", "Mình ghi: thứ Bảy, ngày 28/11/2026."},
		{form.PastDate("k", "L", "P?"), "28/11", "2025-11-28", "Mình ghi: thứ Sáu, ngày 28/11/2025."},
		{form.ComingDate("k", "L", "P?"), "thứ Hai", "2026-11-30", "Mình ghi: thứ Hai, ngày 30/11/2026."},
		{form.PastDate("k", "L", "P?"), "hôm qua", "2026-11-26", "Mình ghi: thứ Năm, ngày 26/11/2026."},
	} {
		t.Run(c.typed+", "+c.kept, func(t *testing.T) {
			p := fill(t, ask(c.field), rich)
			p.who.Now = time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
			p.types(c.typed)
			p.kept("k", c.kept)
			p.sees(c.told)
		})
	}
	p := fill(t, ask(form.ComingDate("k", "L", "P?")), rich)
	p.who.Now = time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	p.types("31/2")
	p.sees("Tháng 2 năm 2026 có 28 ngày")
	p.types("28/11/2026")
	p.kept("k", "2026-11-28")
	p.seesNot("Mình ghi")
}
