package founder_test

import (
	"reflect"
	"strings"
	"testing"

	"khoinghiep/storage"
)

const notYours = "Mình không thấy hồ sơ này"

// TestGuessedButtonsAreRefused presses, as somebody else, every button there is for a startup: nothing of it is told, and
// nothing of it changes.
func TestGuessedButtonsAreRefused(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.registers("other", "Mật ong")
	for _, who := range []string{"other", "stranger"} {
		for _, data := range []string{
			"hoso:CODE", "hoso:hoi:CODE", "hoso:rut:CODE", "hoso:con:CODE", "hoso:dung:CODE", "hoso:xxx:CODE",
			"hoanthien:CODE", "hoanthien:CODE:ten_du_an", "hoanthien:CODE:tai_lieu", "hoanthien:CODE:", "hoanthien:CODE:xxx",
			"hoso:rut:", "hoso:rut:KN-2026-0009", "hoanthien:KN-2026-0009", "hoanthien:%", "hoso::",
		} {
			got := k.presses(who, strings.ReplaceAll(data, "CODE", mine.Code))
			if !strings.HasPrefix(got, notYours) || strings.Contains(got, mine.Name) {
				t.Errorf("%s presses %s: %s", who, data, got)
			}
		}
	}
	if after := k.startups("founder"); len(after) != 1 || !reflect.DeepEqual(after[0], mine) {
		t.Errorf("was %+v, is %+v", mine, after)
	}
}

// TestAnswersComeTooLate answers a question about a startup that was withdrawn meanwhile: the answer is not kept.
func TestAnswersComeTooLate(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":mo_ta")
	k.inTx(func(tx *storage.Tx) error {
		_, err := storage.WithdrawStartups(t.Context(), tx, k.address("founder"), k.now())
		return err
	})
	if got := k.types("founder", "Sấy mít bằng nắng"); !strings.HasPrefix(got, notYours) {
		t.Errorf("the answer: %s", got)
	}
	if after := k.startups("founder"); len(after[0].Profile) != 0 {
		t.Errorf("kept %v", after[0].Profile)
	}
}

// TestWithdrawnConsentEndsTheQuestion withdraws the consent in the middle of a question of the file.
func TestWithdrawnConsentEndsTheQuestion(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":mo_ta")
	if got := k.presses("founder", "rut:dossier"); strings.Contains(got, "Mô tả ngắn") {
		t.Errorf("asked again after the consent was withdrawn: %s", got)
	}
	k.types("founder", "Sấy mít bằng nắng")
	if after := k.startups("founder"); len(after[0].Profile) != 0 || after[0].Status != storage.StatusWithdrawn {
		t.Errorf("kept %+v", after[0])
	}
}

// TestOldQuestionsKeepOtherAnswers answers a question after another field was changed in another chat: neither answer
// undoes the other.
func TestOldQuestionsKeepOtherAnswers(t *testing.T) {
	t.Parallel()
	k := newTalk(t)
	mine := k.registers("founder", "Sấy mít")
	k.presses("founder", "hoanthien:"+mine.Code+":so_nguoi")
	k.inTx(func(tx *storage.Tx) error {
		_, err := storage.ReviseStartup(t.Context(), tx, k.address("founder"), mine.Code, func(s *storage.Startup) { s.Profile["email"] = "dao@example.vn" }, k.now())
		return err
	})
	k.types("founder", "3")
	if got := k.startups("founder")[0].Profile; got["email"] != "dao@example.vn" || got["so_nguoi"] != "3" {
		t.Errorf("kept %v", got)
	}
}
