package storage

import (
	"cmp"

	"khoinghiep/bot"
)

// The names of our templates; docs/mau-zalo.md has the texts that were submitted for approval, with the same parameters.
const (
	AnyNews      = "tin_moi"       // tieu_de: whatever has no template of its own
	Announced    = "thong_bao"     // tieu_de, ma: an announcement, with a link to its page
	Reviewed     = "ket_qua_ho_so" // ma, ket_qua: what became of a registration
	Answered     = "tra_loi"       // ma: somebody of staff answered a request
	DueSoon      = "nhac_han"      // don_vi, bao_cao, han: what an agency has to send, and until when
	OfEvent      = "su_kien"       // tieu_de, thoi_gian, ma: what is new about an event that they joined, with a link to its page
	EntryDue     = "han_du_thi"    // ten, han: an entry is not submitted yet
	VoteOpen     = "binh_chon"     // ten, han: the public votes on an entry, until when
	DutyDecided  = "ket_qua_viec"  // ma, ket_qua: what became of what an agency must send
	subjectLimit = 60              // characters of tieu_de; what Zalo takes is not known for sure [?]
)

// TemplateNames lists all our templates.
func TemplateNames() []string {
	return []string{AnyNews, Announced, Reviewed, Answered, DueSoon, OfEvent, EntryDue, VoteOpen, DutyDecided}
}

// TemplateOf is the template by which a message goes where it cannot go as it is: its own, if there is one, else the one for
// anything, which says what it is about and that an answer brings the rest.
func TemplateOf(m bot.Outgoing, has func(name string) bool) bot.Template {
	if m.Template != nil && has(m.Template.Name) {
		return *m.Template
	}
	return bot.Template{Name: AnyNews, Params: map[string]string{"tieu_de": Subject(cmp.Or(m.Title, m.Text))}}
}

// Subject is a text as short as tieu_de may be.
func Subject(text string) string {
	if letters := []rune(text); len(letters) > subjectLimit {
		return string(letters[:subjectLimit-1]) + "…"
	}
	return text
}
