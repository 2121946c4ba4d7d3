package founder

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"khoinghiep/bot"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// Withdraw takes a consent back, as easily as it was given: one word and one press.
func Withdraw() *handlers.Conversation {
	return &handlers.Conversation{
		Name: "rut", Label: "Rút đồng ý",
		Always: []string{"rút đồng ý", "rút lại đồng ý", "rutdongy", "thu hồi đồng ý"},
		Open: func(ctx context.Context, t *handlers.Turn, argument string) error {
			if id, ok := strings.CutPrefix(argument, ofWard); ok {
				withdrawWard(t, id)
				return nil
			}
			switch storage.Purpose(argument) {
			case storage.Dossier:
				withdrawDossier(t)
			case storage.Announcements:
				refuseAnnouncements(t)
				t.Say(bot.Outgoing{Text: t.Address("Mình đã ghi nhận bạn rút đồng ý nhận thông báo. Bạn sẽ không nhận thông báo nữa. Gõ “menu” để xem các việc khác.")})
			case storage.Attendance:
				withdrawAttendance(t)
			case storage.Voting:
				withdrawVotes(t)
			default:
				return offerWithdrawal(ctx, t)
			}
			return nil
		},
	}
}

func offerWithdrawal(ctx context.Context, t *handlers.Turn) error {
	given, err := t.Store.ConsentsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	wards, err := t.Store.WardsAt(ctx, t.In.From)
	if err != nil {
		return err
	}
	if len(given)+len(wards) == 0 {
		t.Say(bot.Outgoing{Text: t.Address("Hiện bạn không có đồng ý nào đang có hiệu lực, nên không có gì để rút. Gõ “menu” để xem các việc khác.")})
		return nil
	}
	labels := map[storage.Purpose]string{storage.Dossier: "Rút: lưu hồ sơ", storage.Announcements: "Rút: nhận thông báo", storage.Attendance: "Rút: tham gia sự kiện", storage.Voting: "Rút: bình chọn"}
	m := bot.Outgoing{Text: t.Address(withdrawalQuestion(given, len(wards) > 0)) + t.MakeWay()}
	for _, purpose := range given {
		m.Buttons = append(m.Buttons, bot.Button{Label: labels[purpose], Data: "rut:" + string(purpose), Row: true})
	}
	for _, w := range wards {
		m.Buttons = append(m.Buttons, bot.Button{Label: "Rút: " + forWard(w, t), Data: "rut:" + ofWard + strconv.FormatInt(w.ID, 10), Row: true})
	}
	t.Say(m)
	return nil
}

// withdrawalQuestion says what follows from each kind of consent that may be taken back.
func withdrawalQuestion(given []storage.Purpose, wards bool) string {
	text := "Bạn muốn rút đồng ý nào?"
	if slices.Contains(given, storage.Dossier) {
		text += " Rút “lưu hồ sơ” thì mọi đăng ký và hồ sơ dự thi của bạn dừng xử lý."
	}
	if slices.Contains(given, storage.Attendance) {
		text += " Rút “tham gia sự kiện” thì bạn rời các sự kiện sắp tới."
	}
	if slices.Contains(given, storage.Voting) {
		text += " Rút “bình chọn” thì các phiếu của bạn không còn."
	}
	if wards {
		text += " Rút đồng ý cho em thì mọi đăng ký và hồ sơ dự thi của em dừng xử lý."
	}
	return text + " Không muốn rút thì bạn gõ “menu”."
}

// ofWard comes before the id of a consent that a guardian gave.
const ofWard = "em:"

// forWard names a consent by the child, else by its day.
func forWard(w storage.Ward, t *handlers.Turn) string {
	if w.Name == "" {
		return "đồng ý cho em, ngày " + time.UnixMilli(w.At).In(t.Now.Location()).Format("02/01/2006")
	}
	return "đồng ý cho em " + w.Name
}

func withdrawWard(t *handlers.Turn, id string) {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			n = 0 // nobody's
		}
		ok, err := handlers.WithdrawGuardian(ctx, tx, t, n)
		switch {
		case err != nil:
			return err
		case !ok:
			t.Say(bot.Outgoing{Text: "Đồng ý này không còn hiệu lực, nên không có gì để rút. Gõ “menu” để xem các việc khác."})
		default:
			t.Say(bot.Outgoing{Text: t.Address("Mình đã ghi nhận bạn rút đồng ý cho em. Các đăng ký và hồ sơ dự thi của em đã dừng xử lý, và mình báo để em biết. Muốn xóa hẳn thông tin của em, bạn nhắn “gặp cán bộ”.")})
		}
		return nil
	})
}

// dropDossier lets go of what is being filled in for the dossier: nothing of it may be kept any more. It reports whether there
// was anything.
func dropDossier(t *handlers.Turn) bool {
	_, dropped := t.Session.Aside["dangky"]
	delete(t.Session.Aside, "dangky")
	if t.Session.Name == "dangky" || t.Session.Name == "hoanthien" {
		dropped = true
		t.Session.Drop()
	}
	return dropped
}

func withdrawDossier(t *handlers.Turn) {
	dropped := dropDossier(t)
	t.Keep(keepConsent(t, storage.Dossier, false, consentShort+"\n"+consentFull))
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		n, err := storage.WithdrawStartups(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		text := "Mình đã ghi nhận bạn rút đồng ý lưu hồ sơ."
		if n > 0 {
			text += " Các đăng ký và hồ sơ dự thi của bạn đã dừng xử lý."
		}
		if dropped {
			text += " Phần đang điền cũng đã được bỏ."
		}
		t.Say(bot.Outgoing{Text: t.Address(text + " Muốn xóa hẳn, bạn nhắn “xóa dữ liệu”.")})
		return nil
	})
}

// withdrawAttendance also leaves the events that are still to come.
func withdrawAttendance(t *handlers.Turn) {
	t.Keep(handlers.KeepAttendance(t, false))
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		n, err := storage.LeaveEvents(ctx, tx, me, t.Now)
		if err != nil {
			return err
		}
		text := "Mình đã ghi nhận bạn rút đồng ý lưu tên để tham gia sự kiện."
		if n > 0 {
			text += " Bạn đã rời các sự kiện sắp tới."
		}
		t.Say(bot.Outgoing{Text: t.Address(text + " Muốn xóa hẳn, bạn nhắn “xóa dữ liệu”.")})
		return nil
	})
}

// withdrawVotes also takes the votes back.
func withdrawVotes(t *handlers.Turn) {
	t.Keep(handlers.KeepVoting(t, false))
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		n, err := storage.DropVotes(ctx, tx, me)
		if err != nil {
			return err
		}
		text := "Mình đã ghi nhận bạn rút đồng ý bình chọn."
		if n > 0 {
			text += " Các phiếu của bạn đã được xóa; số phiếu đã công bố trước đó giữ nguyên."
		}
		t.Say(bot.Outgoing{Text: text})
		return nil
	})
}
