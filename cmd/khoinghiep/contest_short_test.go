package main

import (
	"strings"
	"testing"
)

// TestTheJuryPageTellsWhatIsShort of readers, until the entries are dealt again: also once a juror is no more.
func TestTheJuryPageTellsWhatIsShort(t *testing.T) {
	t.Parallel()
	s := newArena(t)
	for _, c := range []struct {
		data  string
		short bool
	}{
		{"qlcuocthi:bgk:C", true}, {"qlcuocthi:chia:C", false}, {"qlcuocthi:bgk:C", false}, {"qlcuocthi:bobgk:C:J", true},
	} {
		heard := s.presses("staff", c.data)
		s.settle()
		if strings.Contains(heard(), "2 hồ sơ đang thiếu người chấm") != c.short {
			t.Errorf("%s: %s", c.data, heard())
		}
	}
}
