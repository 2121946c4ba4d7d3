package handlers

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
)

// departmentName is what people call Sở KH&CN.
const departmentName = "Sở Khoa học và Công nghệ tỉnh Quảng Ngãi"

// HostName is who holds an event or a competition, as people read it: of what is kept as its host.
func HostName(host string) string {
	if host == storage.Department {
		return departmentName
	}
	return host
}

// Hosts are the agencies in whose name somebody may hold events and competitions.
type Hosts struct {
	Agencies []storage.Agency
	Default  string // the id of the one that is meant where none is named; "": one has to be named
}

// HostsOf tells it of who writes, inside tx. Staff mean the department where they name nobody, an officer their only agency.
func HostsOf(ctx context.Context, tx *storage.Tx, t *Turn) (h Hosts, err error) {
	o, err := storage.OrganisingAt(ctx, tx, t.In.From, t.Now)
	switch {
	case err != nil:
		return h, err
	case o.All:
		h.Default = storage.Department
		h.Agencies, err = storage.Agencies(ctx, tx)
		if !slices.ContainsFunc(h.Agencies, func(a storage.Agency) bool { return a.ID == storage.Department }) {
			h.Agencies = append(h.Agencies, storage.Agency{ID: storage.Department, Name: departmentName}) // before the plan is read
		}
		return h, err
	case len(o.Mine) == 1:
		h.Default = o.Mine[0].ID
	}
	h.Agencies = o.Mine
	return h, nil
}

// mostHosts is how many agencies a sentence names.
const mostHosts = 6

// Find gives the id of the agency that a name means: its name, what it is called for short, or its id; "" for that which is meant
// where none is named. Otherwise it fails with a viet.Problem.
func (h Hosts) Find(name string) (id string, err error) {
	if name == "" && h.Default != "" {
		return h.Default, nil
	}
	near := []string{}
	for _, a := range h.Agencies {
		for _, called := range []string{a.Name, a.Short, a.ID, HostName(a.ID)} {
			if viet.Fold(called) == viet.Fold(name) {
				return a.ID, nil
			}
		}
		if strings.Contains(viet.Fold(a.Name), viet.Fold(name)) || len(h.Agencies) <= mostHosts {
			near = append(near, a.Name)
		}
	}
	if len(near) == 0 || len(near) > mostHosts {
		return "", viet.Problem("Mình không thấy đơn vị này. Anh/chị ghi đúng tên đơn vị, ví dụ: Sở Công Thương.")
	}
	return "", viet.Problem("Anh/chị ghi đúng tên đơn vị: " + strings.Join(near, "; ") + ".")
}

// Name is what people call an agency with an id.
func (h Hosts) Name(id string) string {
	for _, a := range h.Agencies {
		if a.ID == id {
			return a.Name
		}
	}
	return HostName(id)
}
