package storage

import (
	"context"
	"slices"
	"strings"

	"khoinghiep/bot"
)

// Draft is a form that somebody is filling in or has put aside in one of their chats.
type Draft struct {
	Owner        bot.Address // the chat that has it
	Conversation string
	ID           string // form.Progress.Draft
	Answered     bool   // there is an answer in it
}

// DraftsElsewhere lists the drafts that who writes from a has in other chats. With Redis it may be a second behind.
func (s *Store) DraftsElsewhere(ctx context.Context, a bot.Address) ([]Draft, error) {
	rows := []struct {
		bot.Address
		State string
	}{}
	err := s.read.SelectContext(ctx, &rows, `
		SELECT d.channel, d.chat, d.state FROM addresses a JOIN addresses o ON o.person_id = a.person_id
		JOIN dialogs d ON d.channel = o.channel AND d.chat = o.chat
		WHERE a.channel = $1 AND a.chat = $2 AND NOT (o.channel = $1 AND o.chat = $2)`, a.Channel, a.Chat)
	if err != nil {
		return nil, wrap("list drafts", err)
	}
	list := []Draft{}
	for _, row := range rows {
		d := Dialog{}
		if err := d.decode([]byte(row.State)); err != nil {
			return nil, err
		}
		list = append(list, d.Session.drafts(row.Address)...)
	}
	slices.SortFunc(list, func(a, b Draft) int { return strings.Compare(a.Conversation+a.ID, b.Conversation+b.ID) })
	return list, nil
}

func (s *Session) drafts(owner bot.Address) []Draft {
	list := []Draft{}
	if s.Form != nil {
		list = append(list, Draft{owner, s.Name, s.Form.Draft, len(s.Form.Answers) > 0})
	}
	for conversation, p := range s.Aside {
		list = append(list, Draft{owner, conversation, p.Draft, len(p.Answers) > 0})
	}
	return list
}
