package founder_test

import (
	"strings"
	"testing"
)

// TestMembersCountWhoeverAnswers holds that a team has a plausible size.
func TestMembersCountWhoeverAnswers(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":so_nguoi")
	for typed, want := range map[string]string{"0": "ít nhất một người", "-1": "số nguyên", "1000000": "lớn quá"} {
		if got := k.types("founder", typed); !strings.Contains(got, want) {
			t.Errorf("%s: %s", typed, got)
		}
	}
	k.types("founder", "5 người")
	if got := k.startups("founder")[0].Profile["so_nguoi"]; got != "5" {
		t.Errorf("kept %q", got)
	}
}
