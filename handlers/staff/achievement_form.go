package staff

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

// Keys of an achievement's answers.
const (
	targetKey   = "chi_tieu"
	whoseKey    = "doi_tuong"
	dayKey      = "ngay"
	documentKey = "van_ban"
	evidenceKey = "tep"
)

// RecordAchievement confirms one thing that counts towards a target of the plan, with its evidence.
func RecordAchievement(planned func() plan.Targets) *handlers.Conversation {
	f := achievementForm(planned)
	return &handlers.Conversation{
		Name: "ghiminhchung", Label: "Ghi kết quả có minh chứng", Role: storage.Staff,
		Words: []string{"ghi kết quả", "ghi minh chứng"},
		Form:  f,
		Submit: func(_ context.Context, t *handlers.Turn, kept form.Answers) error {
			targets := planned()
			if key, problem := achievementProblem(targets, t, kept); problem != "" {
				t.AskAgain(f, *t.Session.Form, key, problem)
				return nil
			}
			a, err := achievementOf(*t.Session.Form, kept)
			if err != nil {
				return err
			}
			filled := *t.Session.Form
			t.KeepAs(storage.Staff, func(ctx context.Context, tx *storage.Tx) error {
				return keepAchievement(ctx, tx, t, targets, f, filled, a)
			})
			return nil
		},
	}
}

func achievementForm(planned func() plan.Targets) *form.Form {
	target := form.One(targetKey, "Chỉ tiêu", "Kết quả này tính cho chỉ tiêu nào?")
	target.Choices = func(form.Answers) (choices []form.Choice) {
		for _, target := range planned().All() {
			choices = append(choices, form.Choice{Value: target.ID, Label: target.Name})
		}
		return choices
	}
	document := form.Text(documentKey, "Văn bản", "Số, ngày và nơi ban hành văn bản chứng minh là gì? Nếu chỉ có tệp, anh/chị bỏ qua.", "123/QĐ-SKHCN ngày 05/03/2026")
	evidence := form.Files(evidenceKey, "Tệp minh chứng", "Anh/chị gửi tệp minh chứng, một tệp PDF, Office hoặc ảnh. Nếu đã có số văn bản, có thể bỏ qua.")
	document.Optional, evidence.Optional, evidence.Most = true, true, 1
	whose := form.Text(whoseKey, "Đối tượng", "Kết quả của dự án, tổ chức hoặc người nào? Gõ mã hồ sơ nếu đã đăng ký ở đây, nếu không thì gõ tên.", "KN-2026-0001")
	return &form.Form{
		Officer: true,
		Name:    "ghiminhchung", Title: "Ghi kết quả có minh chứng", Submit: "Xác nhận kết quả",
		Fields: []form.Field{
			target,
			whose,
			form.PastDate(dayKey, "Ngày đạt được", "Kết quả đạt được ngày nào, theo minh chứng?"),
			document, evidence,
		},
	}
}

// achievementProblem finds what no question can see alone: the question to ask again, and why; "" when all is well.
func achievementProblem(targets plan.Targets, t *handlers.Turn, kept form.Answers) (key, problem string) {
	_, planned := targets.On(kept[dayKey])
	switch {
	case isFuture(kept[dayKey], t.Now):
		return dayKey, "Ngày đạt được chưa tới. Anh/chị xem lại ngày này."
	case len(targets) == 0:
		return dayKey, "Kế hoạch đang áp dụng không có chỉ tiêu nào."
	case !planned:
		return dayKey, fmt.Sprintf("Kế hoạch có chỉ tiêu từ %s đến %s. Anh/chị xem lại ngày này.",
			viet.ShowDate(targets[0].From), viet.ShowDate(targets[len(targets)-1].Until))
	case kept[documentKey] == "" && kept[evidenceKey] == "":
		return documentKey, "Chưa có minh chứng nên chưa tính được. Anh/chị ghi số văn bản, hoặc gửi tệp."
	}
	return "", ""
}

var startupCode = regexp.MustCompile(`^KN-\d{4}-\d{4,}$`)

func achievementOf(filled form.Progress, kept form.Answers) (storage.Achievement, error) {
	a := storage.Achievement{Draft: filled.Draft, Target: kept[targetKey], Day: kept[dayKey], Document: kept[documentKey]}
	if code := strings.ToUpper(kept[whoseKey]); startupCode.MatchString(code) {
		a.Startup = code
	} else {
		a.Name = kept[whoseKey]
	}
	if kept[evidenceKey] == "" {
		return a, nil
	}
	files := []bot.File{}
	if err := json.Unmarshal([]byte(kept[evidenceKey]), &files); err != nil {
		return a, fmt.Errorf("decode evidence: %w", err)
	}
	a.Hash, a.FileName = files[0].ID, files[0].Name
	return a, nil
}

func keepAchievement(ctx context.Context, tx *storage.Tx, t *handlers.Turn, targets plan.Targets, f *form.Form, filled form.Progress, a storage.Achievement) error {
	if a.Startup != "" {
		s, ok, err := storage.FindRegistered(ctx, tx, a.Startup)
		if err != nil {
			return err
		}
		if !ok || s.Status == storage.StatusMerged {
			t.AskAgain(f, filled, whoseKey, "Không có hồ sơ "+a.Startup+", hoặc hồ sơ đã rút hay đã gộp. Anh/chị xem lại mã.")
			return nil
		}
	}
	switch err := storage.AddAchievement(ctx, tx, &a, t.In.From, t.Now); {
	case errors.Is(err, storage.ErrFileMissing):
		t.AskAgain(f, filled, evidenceKey, storage.ErrFileMissing.Error())
		return nil
	case err != nil:
		return err
	}
	t.Session.Drop()
	t.Say(bot.Outgoing{Title: "Đã xác nhận kết quả " + a.Code, Text: "Muốn sửa, anh/chị gỡ kết quả này rồi ghi lại."})
	if err := tellTargets(ctx, tx, t, targets, a.Day); err != nil {
		return err
	}
	return storage.AddAudit(ctx, tx, t.In.From, "confirm-achievement", a.Code, t.Now)
}
