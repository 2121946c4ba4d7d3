package storage

import (
	"context"
	"database/sql/driver"
	"slices"
	"strings"
)

// Audience is who is to be told: any mix of the kinds below. Within a kind any of the values will do, between kinds all
// must hold; a kind without values leaves nobody out. What is about a startup must hold of one and the same.
type Audience struct {
	Roles      []string `json:"roles,omitempty"` // RoleCitizen, or a Role: also whoever has one that includes it
	Registered string   `json:"registered,omitempty"`
	Places     []string `json:"places,omitempty"` // of communes, or PlaceOutside, PlaceUnsure
	Fields     []string `json:"fields,omitempty"`
	Stages     []string `json:"stages,omitempty"`
	Groups     []string `json:"groups,omitempty"` // in the profile of a startup
	Needs      []string `json:"needs,omitempty"`  // in the profile of a startup
}

// RoleCitizen stands for everybody without a role at Sở KH&CN.
const RoleCitizen = "citizen"

// Values of Audience.Registered. "": whether registered or not.
const (
	RegisteredYes = "yes" // has a startup that is not withdrawn
	RegisteredNo  = "no"
)

// Where the profile of a startup has what an audience asks for, several values with commas between.
const (
	ProfileGroups = "nhom"
	ProfileNeeds  = "nhu_cau"
)

// Value gives the JSON that is kept.
func (a Audience) Value() (driver.Value, error) { return encodeColumn(a) }

// Scan reads what Value gave.
func (a *Audience) Scan(kept any) error { return decodeColumn(kept, a) }

// Recipients lists the people of an audience who agreed to announcements, as things stand inside tx.
func Recipients(ctx context.Context, tx *Tx, a Audience) ([]int64, error) {
	all, err := members(ctx, tx, a)
	people := []int64{}
	for _, m := range all {
		if m.Agrees {
			people = append(people, m.ID)
		}
	}
	return people, err
}

// member is somebody of an audience.
type member struct {
	ID     int64
	Name   string
	Agrees bool // to announcements
}

// agreesToAnnouncements is 1 for people p who want announcements. Silence is no consent but of officials, who are told what
// concerns their work.
const agreesToAnnouncements = `COALESCE(
	(SELECT c.given FROM consents c WHERE c.person_id = p.id AND c.purpose = 'announcements' ORDER BY c.id DESC LIMIT 1),
	CASE WHEN EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id) THEN 1 ELSE 0 END)`

// members lists an audience in the order in which its people came.
func members(ctx context.Context, tx *Tx, a Audience) ([]member, error) {
	list := []member{}
	where, values := a.ofPeople()
	err := tx.SelectContext(ctx, &list, `SELECT p.id, p.name, `+agreesToAnnouncements+` = 1 AS agrees FROM people p WHERE `+where+` ORDER BY p.id`, values...)
	if err != nil || !a.asksForStartup() {
		return list, wrap("list an audience", err)
	}
	founders, err := a.founders(ctx, tx)
	return slices.DeleteFunc(list, func(m member) bool { return !founders[m.ID] }), err
}

// ofPeople is the condition on people p.
func (a Audience) ofPeople() (where string, values []any) {
	const official = `EXISTS (SELECT 1 FROM roles r WHERE r.person_id = p.id`
	parts := []string{`1 = 1`}
	if roles := a.officials(); len(roles) > 0 || slices.Contains(a.Roles, RoleCitizen) {
		either := []string{}
		if len(roles) > 0 {
			either = append(either, official+` AND r.role IN `+placeholders(1, len(roles))+`)`)
		}
		if slices.Contains(a.Roles, RoleCitizen) {
			either = append(either, `NOT `+official+`)`)
		}
		parts, values = append(parts, `(`+strings.Join(either, ` OR `)+`)`), roles
	}
	const registered = `EXISTS (SELECT 1 FROM startups s WHERE s.person_id = p.id AND s.` + isOpen + `)`
	switch a.Registered {
	case RegisteredYes:
		parts = append(parts, registered)
	case RegisteredNo:
		parts = append(parts, `NOT `+registered)
	}
	return strings.Join(parts, ` AND `), values
}

// officials are the roles of those who have one that was asked for.
func (a Audience) officials() []any {
	roles := []any{}
	for _, has := range []Role{Staff, Approver, Admin} {
		if slices.ContainsFunc(a.Roles, func(asked string) bool { return has.Includes(Role(asked)) }) {
			roles = append(roles, has)
		}
	}
	return roles
}

func (a Audience) asksForStartup() bool {
	return len(a.Places)+len(a.Fields)+len(a.Stages)+len(a.Groups)+len(a.Needs) > 0
}

// founders are those who have a startup that the audience asks for.
func (a Audience) founders(ctx context.Context, tx *Tx) (map[int64]bool, error) {
	rows := []struct {
		Person              int64 `db:"person_id"`
		Place, Field, Stage string
		Profile             Profile
	}{}
	if err := tx.SelectContext(ctx, &rows, `SELECT person_id, place, field, stage, profile FROM startups WHERE `+isOpen); err != nil {
		return nil, wrap("list startups of an audience", err)
	}
	founders := map[int64]bool{}
	for _, r := range rows {
		if among(a.Places, r.Place) && among(a.Fields, r.Field) && among(a.Stages, r.Stage) &&
			among(a.Groups, strings.Split(r.Profile[ProfileGroups], ",")...) && among(a.Needs, strings.Split(r.Profile[ProfileNeeds], ",")...) {
			founders[r.Person] = true
		}
	}
	return founders, nil
}

// among reports whether one of the values was asked for, or nothing was.
func among(asked []string, values ...string) bool {
	return len(asked) == 0 || slices.ContainsFunc(values, func(v string) bool { return slices.Contains(asked, v) })
}
