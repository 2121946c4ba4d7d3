package handlers

import (
	"khoinghiep/bot"
	"khoinghiep/bot/form"
	"khoinghiep/storage"
)

// draftHere is what this chat has of a conversation's form, in hand or put aside; nil for nothing.
func draftHere(s *storage.Session, conversation string) *form.Progress {
	if s.Form != nil && s.Name == conversation {
		return s.Form
	}
	if p, ok := s.Aside[conversation]; ok {
		return &p
	}
	return nil
}

// forget lets go of what this chat has of a conversation's form.
func forget(s *storage.Session, conversation string) {
	delete(s.Aside, conversation)
	if s.Name == conversation {
		s.Drop()
	}
}

// has reports whether this chat has a draft already: one that was pressed for twice.
func (r *Router) has(s *storage.Session, draft string) bool {
	for name := range r.byName {
		if p := draftHere(s, name); p != nil && p.Draft == draft {
			return true
		}
	}
	return false
}

func notThereAnyMore() bot.Outgoing {
	return bot.Outgoing{Text: "Việc này không còn ở cuộc trò chuyện kia: đã gửi, đã hủy hoặc đã chuyển đi. Gõ “việc đang dở” để xem lại."}
}
