package competition

import (
	"fmt"
	"time"
)

// whole looks at what no line shows alone: what is missing, and what does not go together. after is the row below the last.
func (r *reader) whole(after int) {
	for _, k := range lineKinds() {
		if _, there := r.first[k.name]; k.must && !there {
			r.failAt(after, 0, k.name, "Tệp còn thiếu dòng “"+k.name+"”.")
		}
	}
	r.named(after)
	r.times()
	if _, there := r.first[teamLine]; r.d.Who != Alone && r.d.Who != "" && !there {
		r.failAt(after, 0, teamLine, "Có nhóm dự thi thì cần dòng “"+teamLine+"”.")
	}
	if r.d.Who == Alone {
		r.d.TeamMost = 0
	}
	for i, round := range r.d.Rounds {
		r.weights(round, r.roundRows[i])
	}
	r.dues()
}

// dues holds that jurors have time to score after the closing, and in each round after the one before.
func (r *reader) dues() {
	before, problem := r.d.Closes.Format(time.DateOnly), "Hạn chấm phải sau ngày đóng nhận."
	for i, round := range r.d.Rounds {
		if round.Due == "" || r.d.Closes.IsZero() {
			continue
		}
		if round.Due <= before {
			r.failAt(r.roundRows[i], dueColumn, roundLine, problem)
		}
		before, problem = round.Due, "Hạn chấm phải sau hạn chấm của vòng trước."
	}
}

// named has who runs it be told: without a line, it is the one that goes without saying.
func (r *reader) named(after int) {
	if _, there := r.first[hostLine]; there {
		return
	}
	id, err := r.cellsOf.Host("")
	if err != nil {
		r.failAt(after, 0, hostLine, "Tệp còn thiếu dòng “"+hostLine+"”.")
	}
	r.d.Host = id
}

func (r *reader) times() {
	r.later(closesLine, r.d.Opens, r.d.Closes, "Lúc đóng nhận phải sau lúc mở nhận.")
	if r.d.Vote != nil {
		r.later(voteLine, r.d.Closes, *r.d.Vote, "Bình chọn phải kết thúc sau lúc đóng nhận.")
	}
}

// later notes a mistake unless both times were read and one is after the other.
func (r *reader) later(line string, before, after time.Time, problem string) {
	if !before.IsZero() && !after.IsZero() && !after.After(before) {
		r.failAt(r.first[line], 1, line, problem)
	}
}

func (r *reader) weights(round Round, row int) {
	sum := 0
	for _, c := range round.Criteria {
		sum += c.Weight
	}
	switch {
	case len(round.Criteria) == 0:
		r.failAt(row, 1, roundLine, "Vòng này chưa có tiêu chí nào ở các dòng dưới.")
	case sum != 100:
		r.failAt(row, 1, roundLine, fmt.Sprintf("Trọng số các tiêu chí của vòng này cộng lại là %d, cần đúng 100.", sum))
	}
}
