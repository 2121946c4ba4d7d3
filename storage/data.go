package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"khoinghiep/bot"
)

// Data is what is kept about a person, as it is: the rows of each table, by its name. Tables without any are left out.
type Data map[string][]Row

// Row is one row by the names of its columns. Times are of type time.Time, and JSON is taken apart.
type Row map[string]any

// DataAt reads everything that is kept about who writes from a, in all their chats. The contents of files are not in it,
// and with Redis dialogs may be a second behind.
func (s *Store) DataAt(ctx context.Context, a bot.Address) (Data, error) {
	data := Data{}
	chats := []struct {
		bot.Address
		Person int64 `db:"person_id"`
	}{}
	err := s.read.SelectContext(ctx, &chats, `SELECT channel, chat, person_id FROM addresses
		WHERE person_id = (SELECT person_id FROM addresses WHERE channel = $1 AND chat = $2)`, a.Channel, a.Chat)
	if err != nil {
		return nil, fmt.Errorf("find a person's chats: %w", err)
	}
	if len(chats) == 0 {
		return data, s.addChat(ctx, data, a)
	}
	for _, h := range ofPerson() {
		if err := s.addRows(ctx, data, h, chats[0].Person); err != nil {
			return nil, err
		}
	}
	for _, c := range chats {
		if err := s.addChat(ctx, data, c.Address); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (s *Store) addChat(ctx context.Context, data Data, a bot.Address) error {
	dialog := holding{table: "dialogs", rows: `channel = $1 AND chat = $2`}
	wards := holding{ // the child's, and so not erased with the guardian's data, but for name and phone: see EraseChat
		table: "guardians", as: "guardian_of", columns: "name, phone, at",
		rows: `paper_date = '' AND consent_id IN (SELECT id FROM consents WHERE channel = $1 AND chat = $2)`,
	}
	for _, h := range append(ofChat(), dialog, wards) {
		if err := s.addRows(ctx, data, h, a.Channel, a.Chat); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) addRows(ctx context.Context, data Data, h holding, whose ...any) error {
	rows, err := s.read.QueryxContext(ctx, `SELECT `+cmp.Or(h.columns, "*")+` FROM `+h.table+` WHERE `+h.rows, whose...)
	if err != nil {
		return fmt.Errorf("read %s: %w", h.table, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		row := Row{}
		if err := rows.MapScan(row); err != nil {
			return fmt.Errorf("read %s: %w", h.table, err)
		}
		for column, value := range row {
			row[column] = readable(column, value)
		}
		name := cmp.Or(h.as, h.table)
		data[name] = append(data[name], row)
	}
	return wrap("read "+h.table, rows.Err())
}

// readable makes a value what it means; how we keep times and JSON, see the package comment.
func readable(column string, value any) any {
	if text, ok := value.([]byte); ok {
		value = string(text)
	}
	switch value := value.(type) {
	case int64:
		switch isTime := strings.HasSuffix(column, "_at") || slices.Contains([]string{"at", "since"}, column); {
		case isTime && value == 0:
			return nil
		case isTime:
			return time.UnixMilli(value).UTC()
		}
	case string:
		var object map[string]any
		if strings.HasPrefix(value, "{") && json.Unmarshal([]byte(value), &object) == nil {
			return withoutContents(object)
		}
	}
	return value
}

// withoutContents leaves out the contents of files that we sent, such as an earlier copy of all this.
func withoutContents(object map[string]any) map[string]any {
	for name, value := range object {
		switch value := value.(type) {
		case map[string]any:
			if name == "file" {
				delete(value, "data")
			}
			withoutContents(value)
		case []any:
			for _, item := range value {
				if item, ok := item.(map[string]any); ok {
					withoutContents(item)
				}
			}
		}
	}
	return object
}
