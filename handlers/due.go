package handlers

import (
	"strings"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage/plan"
)

// answerDays is within how many working days registrations are answered: before the day on which they end, as is promised.
const answerDays = 5

// AnswerDue is by when whoever registers now has an answer: the beginning of a day in the zone of now.
func AnswerDue(calendar *plan.Calendar, now time.Time) time.Time {
	day := calendar.AddWorkingDays(now, answerDays)
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, now.Location())
}

// ShowDue tells before which day something is due: "trước thứ Hai 30/11".
func ShowDue(due time.Time) string {
	weekday, _, _ := strings.Cut(viet.ShowDate(due.Format(time.DateOnly)), ",")
	return "trước " + weekday + " " + due.Format("02/01")
}
