package announcing

import (
	"testing"

	"khoinghiep/storage"
)

// TestEveryReasonIsInWords: the report is read by people.
func TestEveryReasonIsInWords(t *testing.T) {
	for _, reason := range []string{
		storage.NoChat, storage.WindowClosed, storage.CutOff, storage.Refused, storage.TriedTooOften, storage.OptedOut, storage.TakenBack, storage.Joined,
	} {
		if why(reason) == reason {
			t.Errorf("%q has no words", reason)
		}
	}
}
