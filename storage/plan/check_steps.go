package plan

import "fmt"

// mostSteps and mostDays bound what may be asked for one obligation.
const (
	mostSteps = 50
	mostDays  = 366
)

// ParseSteps reads steps, as YAML or as the JSON that encoding/json makes of Steps. When something is wrong in them, the
// error is Mistakes.
func ParseSteps(text []byte) (Steps, error) {
	s := Steps{}
	d, err := readDocument(text, &s)
	if err != nil {
		return nil, err
	}
	d.checkSteps(s)
	if err := d.mistakes.err(); err != nil {
		return nil, err
	}
	return s, nil
}

func (d *document) checkSteps(s Steps) {
	if len(s) > mostSteps {
		d.wrong(fmt.Sprintf("nhiều nhất %d bước", mostSteps))
	}
	seen := map[string]bool{}
	for i, r := range s {
		if r.After != "" && !seen[r.After] {
			d.wrong(fmt.Sprintf("không có bước %q ở trên", r.After), i, "after")
		}
		d.unique(seen, r.Name, i, "name")
		if r.Days < -mostDays || r.Days > mostDays {
			d.wrong(fmt.Sprintf(`"days" phải từ -%d đến %d`, mostDays, mostDays), i, "days")
		}
		if r.WorkingDays < 0 || r.WorkingDays > mostDays {
			d.wrong(fmt.Sprintf(`"working_days" phải từ 0 đến %d`, mostDays), i, "working_days")
		}
		if r.Days != 0 && r.WorkingDays != 0 {
			d.wrong(`chỉ một trong "days" và "working_days"`, i, "working_days")
		}
		if len(r.To) == 0 {
			d.wrong(`thiếu người nhận ("to")`, i, "to")
		}
		for j, to := range r.To {
			oneOf(d, to, []Audience{Officers, Heads, Staff, Approver}, i, "to", j)
		}
	}
}
