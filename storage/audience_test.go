package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"khoinghiep/bot"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// citizen is somebody of the crowd that audiences are drawn from, as the test knows them.
type citizen struct {
	id       int64
	roles    []storage.Role
	startups []storage.Startup
	said     string // the answers about announcements, the last one counts: "y" or "n" each
	lost     bool   // blocked us
	telegram bool   // also there
}

// crowd makes people of every mix, each kind with a rhythm of its own.
func crowd(t *testing.T, s *storage.Store) []*citizen {
	t.Helper()
	people := []*citizen{}
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		for i := range 60 {
			c := &citizen{
				said: []string{"", "y", "n", "ny", "yn"}[i%5], lost: i%7 == 0, telegram: i%3 == 0,
				roles: [][]storage.Role{nil, nil, {storage.Staff}, nil, {storage.Approver}, nil, nil, {storage.Staff, storage.Admin}}[i%8],
			}
			if err := c.arrive(ctx, tx, i); err != nil {
				return err
			}
			people = append(people, c)
		}
		return nil
	})
	return people
}

func (c *citizen) arrive(ctx context.Context, tx *storage.Tx, i int) (err error) {
	web := bot.Address{Channel: "web", Chat: fmt.Sprint("person", i)}
	if c.id, err = storage.EnsurePerson(ctx, tx, web, profileDay); err != nil {
		return err
	}
	if err := storage.DescribePerson(ctx, tx, c.id, fmt.Sprint("Người ", i), ""); err != nil {
		return err
	}
	for n, answer := range c.said {
		consent := storage.Consent{Person: c.id, Purpose: storage.Announcements, Given: answer == 'y', From: web, MessageID: fmt.Sprint(n), At: profileDay}
		if err := storage.AddConsent(ctx, tx, consent); err != nil {
			return err
		}
	}
	for _, role := range c.roles {
		if err := storage.GrantRole(ctx, tx, c.id, role, profileDay); err != nil {
			return err
		}
	}
	if c.telegram {
		_, err := tx.ExecContext(ctx, `INSERT INTO addresses (channel, chat, person_id, since) VALUES ('telegram', $1, $2, 1)`, web.Chat, c.id)
		if err != nil {
			return err
		}
	}
	if c.lost {
		if _, err := tx.ExecContext(ctx, `UPDATE addresses SET reachable = 0 WHERE person_id = $1`, c.id); err != nil {
			return err
		}
	}
	return c.register(ctx, tx, web, i)
}

// register gives none, one or two startups; some of them are withdrawn.
func (c *citizen) register(ctx context.Context, tx *storage.Tx, web bot.Address, i int) error {
	for n := range i % 3 {
		k := i + 5*n
		st := storage.Startup{
			Draft: fmt.Sprint(i, "-", n), Person: c.id, Name: fmt.Sprint("Dự án ", i, "-", n),
			Place: []string{"21025", "21172", storage.PlaceOutside}[k%3], Field: []string{"nong_nghiep", "so"}[k%2], Stage: []string{"y_tuong", "mau_thu", "doanh_thu"}[k%3],
		}
		if err := storage.AddStartup(ctx, tx, &st, profileDay); err != nil {
			return err
		}
		_, err := storage.ReviseStartup(ctx, tx, web, st.Code, func(s *storage.Startup) {
			s.Profile[storage.ProfileGroups] = []string{"", "phu_nu", "nong_dan,phu_nu"}[k%3]
			s.Profile[storage.ProfileNeeds] = []string{"von", "", "von,co_van", "thi_truong"}[k%4]
			if k%6 == 5 {
				s.Status = storage.StatusWithdrawn
			}
			st = *s
		}, profileDay)
		if err != nil {
			return err
		}
		c.startups = append(c.startups, st)
	}
	return nil
}

// fits says, without SQL, whether the person is in the audience.
func (c *citizen) fits(a storage.Audience) bool {
	open := slices.DeleteFunc(slices.Clone(c.startups), func(s storage.Startup) bool { return s.Status == storage.StatusWithdrawn })
	registered := a.Registered == "" || (a.Registered == storage.RegisteredYes) == (len(open) > 0)
	asksOfStartups := len(a.Places)+len(a.Fields)+len(a.Stages)+len(a.Groups)+len(a.Needs) > 0
	about := !asksOfStartups || slices.ContainsFunc(open, func(s storage.Startup) bool { return isAbout(s, a) })
	return c.plays(a.Roles) && registered && about
}

func (c *citizen) plays(roles []string) bool {
	return len(roles) == 0 || slices.ContainsFunc(roles, func(asked string) bool {
		citizen := asked == storage.RoleCitizen && len(c.roles) == 0
		return citizen || slices.ContainsFunc(c.roles, func(has storage.Role) bool { return has.Includes(storage.Role(asked)) })
	})
}

func isAbout(s storage.Startup, a storage.Audience) bool {
	has := func(asked []string, kept string) bool {
		return len(asked) == 0 || slices.ContainsFunc(strings.Split(kept, ","), func(v string) bool { return slices.Contains(asked, v) })
	}
	return has(a.Places, s.Place) && has(a.Fields, s.Field) && has(a.Stages, s.Stage) &&
		has(a.Groups, s.Profile[storage.ProfileGroups]) && has(a.Needs, s.Profile[storage.ProfileNeeds])
}

func (c *citizen) agrees() bool {
	if c.said == "" {
		return len(c.roles) > 0
	}
	return strings.HasSuffix(c.said, "y")
}

// mixes are audiences of one kind and of several.
func mixes() map[string]storage.Audience {
	return map[string]storage.Audience{
		"everybody":              {},
		"citizens":               {Roles: []string{storage.RoleCitizen}},
		"staff and above":        {Roles: []string{"staff"}},
		"approvers and above":    {Roles: []string{"approver"}},
		"admins and citizens":    {Roles: []string{"admin", storage.RoleCitizen}},
		"one commune":            {Places: []string{"21025"}},
		"a commune and outside":  {Places: []string{"21172", storage.PlaceOutside}},
		"registered":             {Registered: storage.RegisteredYes},
		"not registered":         {Registered: storage.RegisteredNo},
		"not registered, here":   {Registered: storage.RegisteredNo, Places: []string{"21025"}},
		"a group":                {Groups: []string{"nong_dan"}},
		"groups":                 {Groups: []string{"nong_dan", "thanh_nien", "phu_nu"}},
		"a need":                 {Needs: []string{"co_van"}},
		"a field at a stage":     {Fields: []string{"so"}, Stages: []string{"mau_thu", "doanh_thu"}},
		"all kinds at once":      {Roles: []string{storage.RoleCitizen}, Registered: storage.RegisteredYes, Places: []string{"21025", "21172"}, Fields: []string{"nong_nghiep", "so"}, Stages: []string{"y_tuong", "mau_thu"}, Groups: []string{"phu_nu"}, Needs: []string{"von", "thi_truong"}},
		"what nobody registered": {Fields: []string{"y_te"}},
	}
}

func TestAudiencesAreThoseWhomAnIndependentCountFinds(t *testing.T) {
	t.Parallel()
	storagetest.OnEach(t, func(t *testing.T, s *storage.Store) {
		people := crowd(t, s)
		for name, a := range mixes() {
			want := storage.Preview{Channels: map[string]int{}}
			recipients := []int64{}
			for _, c := range people {
				if !c.fits(a) {
					continue
				}
				want.People++
				if !c.agrees() {
					continue
				}
				want.Agreed++
				recipients = append(recipients, c.id)
				switch {
				case c.lost:
					want.Unreachable++
				case c.telegram:
					want.Channels["telegram"]++
				default:
					want.Channels["web"]++
				}
			}
			checkAudience(t, s, name, a, want, recipients)
		}
	})
}

func checkAudience(t *testing.T, s *storage.Store, name string, a storage.Audience, want storage.Preview, recipients []int64) {
	t.Helper()
	tx(t, s, func(ctx context.Context, tx *storage.Tx) error {
		got, err := storage.Recipients(ctx, tx, a)
		if err != nil {
			return err
		}
		if !slices.Equal(got, recipients) {
			t.Errorf("%s: %d recipients, want %d", name, len(got), len(recipients))
		}
		p, err := storage.PreviewAudience(ctx, tx, a, bot.Outgoing{}, []storage.Way{{Channel: "telegram"}, {Channel: "web"}}, time.Now())
		if n := min(3, len(recipients)); len(p.Samples) != n {
			t.Errorf("%s: %d samples, want %d", name, len(p.Samples), n)
		}
		p.Samples = nil
		if fmt.Sprint(p) != fmt.Sprint(want) {
			t.Errorf("%s: got %+v, want %+v", name, p, want)
		}
		return err
	})
}

func TestHoursGoOnTheNextDay(t *testing.T) {
	t.Parallel()
	at := func(day, hour, minute int) time.Time {
		return time.Date(2026, time.November, day, hour, minute, 0, 0, time.UTC)
	}
	for _, c := range []struct {
		hours storage.Hours
		from  time.Time
		takes time.Duration
		want  time.Time
	}{
		{storage.Daytime, at(22, 9, 0), time.Hour, at(22, 10, 0)},
		{storage.Daytime, at(22, 19, 30), time.Hour, at(23, 8, 30)},
		{storage.Daytime, at(22, 19, 30), 30 * time.Minute, at(22, 20, 0)},
		{storage.Daytime, at(22, 5, 0), 13 * time.Hour, at(23, 9, 0)},
		{storage.Daytime, at(22, 22, 0), 0, at(23, 8, 0)},
		{storage.LongDay, at(22, 21, 0), time.Hour, at(23, 6, 30)},
		{storage.AnyHour, at(22, 23, 0), 2 * time.Hour, at(23, 1, 0)},
	} {
		if got := c.hours.Later(c.from, c.takes); !got.Equal(c.want) {
			t.Errorf("%s, %s after %s: got %s, want %s", c.hours, c.takes, c.from, got, c.want)
		}
	}
}
