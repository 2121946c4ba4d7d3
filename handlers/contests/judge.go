package contests

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage"
)

const judging = "chamthi"

// What the buttons of Judge do, with the id of a reading.
const (
	read       = "doc"
	noConflict = "khong"
	hasOne     = "co"
	scoreAnew  = "lai"
	memoRead   = "phieu"
	mostNote   = 500
	mostShown  = 8
)

// notYourReading answers for a reading of somebody else, one of a round that is over, and one that does not exist.
const notYourReading = problem("Mình không thấy hồ sơ này trong các hồ sơ anh/chị đang chấm.")

// Judge is where jurors score entries: whom a code made a juror, sees what was dealt to them and nothing else. Each score is
// kept at once, so that they can go on at any time.
func (o Office) Judge() *handlers.Conversation {
	steps := map[string]step{read: o.read, noConflict: o.noConflict, hasOne: o.hasConflict, scoreAnew: o.scoreAnew}
	return &handlers.Conversation{
		Name: judging, Always: []string{"chấm thi"}, Words: []string{"chấm điểm", "giám khảo"}, Code: storage.JurorCode, Follow: o.becomeJuror,
		Open: func(_ context.Context, t *handlers.Turn, argument string) error {
			verb, rest, _ := strings.Cut(argument, ":")
			do, ok := steps[verb]
			if !ok {
				do = o.bench
			}
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explainedToJuror(t, do(ctx, tx, t, rest)) })
			return nil
		},
		Asks: true,
		Listen: func(_ context.Context, t *handlers.Turn) error {
			t.Keep(func(ctx context.Context, tx *storage.Tx) error { return explainedToJuror(t, o.hearScore(ctx, tx, t)) })
			return nil
		},
	}
}

func explainedToJuror(t *handlers.Turn, err error) error {
	var wrong problem
	if errors.As(err, &wrong) {
		t.Say(bot.Outgoing{Text: viet.ToOfficer(wrong.Error()), Buttons: []bot.Button{benchButton()}})
		return nil
	}
	return err
}

func benchButton() bot.Button { return bot.Button{Label: "Chấm thi", Data: judging + ":", Row: true} }

// becomeJuror uses the code up.
func (o Office) becomeJuror(_ context.Context, t *handlers.Turn, code storage.Code) error {
	t.Keep(func(ctx context.Context, tx *storage.Tx) error {
		used, ok, err := storage.UseCode(ctx, tx, storage.JurorCode, code.Key, t.Now)
		if err != nil {
			return err
		}
		c, there, err := storage.FindCompetition(ctx, tx, used.Data)
		if err != nil {
			return err
		}
		if !ok || !there {
			t.Say(handlers.WrongCode())
			return nil
		}
		me, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		if err := addJuror(ctx, tx, t, c, me); err != nil {
			return err
		}
		t.Say(bot.Outgoing{Title: "Ban giám khảo " + c.Name, Text: "Kính gửi anh/chị. Anh/chị đã vào ban giám khảo. Khi có hồ sơ để chấm, mình báo anh/chị. Bất cứ lúc nào, anh/chị gõ “chấm thi” để xem.", Buttons: []bot.Button{benchButton()}})
		return storage.AddAudit(ctx, tx, t.In.From, "become-juror", c.Code, t.Now)
	})
	return nil
}

// addJuror makes a person a juror by the name that is known, or else by a number.
func addJuror(ctx context.Context, tx *storage.Tx, t *handlers.Turn, c storage.Competition, person int64) error {
	known, err := storage.NameOf(ctx, tx, person)
	if err != nil {
		return err
	}
	jurors, err := storage.Jurors(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	return storage.AddJuror(ctx, tx, c.ID, person, cmp.Or(known, t.In.Name, fmt.Sprintf("Giám khảo %d", len(jurors)+1)), t.Now)
}

// bench shows a juror what is theirs to score.
func (o Office) bench(ctx context.Context, tx *storage.Tx, t *handlers.Turn, _ string) error {
	if t.Session.Name == judging {
		t.Session.Drop()
	}
	juries, err := storage.JuriesAt(ctx, tx, t.In.From)
	if err != nil {
		return err
	}
	m, lines := bot.Outgoing{Title: "Chấm thi"}, []string{}
	for _, j := range juries {
		c, ok, err := storage.CompetitionByID(ctx, tx, j.Competition)
		if err != nil {
			return err
		}
		if !ok || c.Round == 0 || c.Published >= c.Round {
			continue
		}
		list, err := storage.ReadingsOf(ctx, tx, j.ID, c.Round)
		if err != nil {
			return err
		}
		scored, all, buttons, err := pile(ctx, tx, list, func(r storage.Reading) string { return readingData(read, r) })
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%s: anh/chị đã chấm %d/%d hồ sơ.", c.Name, scored, all))
		m.Buttons = append(m.Buttons, buttons...)
	}
	if len(lines) == 0 {
		lines = append(lines, "Hiện không có hồ sơ nào chờ anh/chị chấm.")
	}
	m.Text = strings.Join(lines, "\n\n")
	t.Say(m)
	return nil
}

// pile counts what is scored of what a juror reads, of the entries that still take part, and has buttons for the next.
func pile(ctx context.Context, tx *storage.Tx, list []storage.Reading, data func(storage.Reading) string) (scored, all int, buttons []bot.Button, err error) {
	for _, r := range list {
		e, _, ok, err := storage.FindEntry(ctx, tx, r.Entry)
		if err != nil {
			return 0, 0, nil, err
		}
		if !ok {
			continue
		}
		mark := ""
		if all++; r.State == storage.ReadingScored {
			scored++
			mark = "✓ "
		}
		if len(buttons) < mostShown {
			buttons = append(buttons, bot.Button{Label: mark + e.Code, Data: data(r), Row: len(buttons)%2 == 0})
		}
	}
	return scored, all, buttons, nil
}

func readingData(verb string, r storage.Reading) string {
	return judging + ":" + verb + ":" + strconv.FormatInt(r.ID, 10)
}
