package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"khoinghiep/bot"
)

// hidden is what the log of a web chat has in the place of what was hidden.
const hidden = "••••••"

// HideSecret takes what a person typed in an update out of the log of their web chat, where it stands in the clear. It
// returns the id that a message replaces (bot.Outgoing.Replace) to take it off open pages as well; "" where the chat's
// window is not ours, and the person has to delete the message. The entry keeps its key: sent again, it is not new.
//
// It cannot undo what was kept before: the database's own log and backups may have the text.
func HideSecret(ctx context.Context, tx *Tx, a bot.Address, updateID string) (entry string, err error) {
	if !strings.HasPrefix(a.Channel, "web") {
		return "", nil
	}
	body, err := json.Marshal(bot.Outgoing{Text: hidden})
	if err != nil {
		return "", fmt.Errorf("encode web message: %w", err)
	}
	var seq int64
	ok, err := found(tx.GetContext(ctx, &seq, `UPDATE web_log SET body = $3 WHERE chat = $1 AND key = $2 AND mine = 1 RETURNING seq`,
		a.Chat, "in:"+updateID, string(body)))
	if !ok || err != nil {
		return "", wrap("hide a web message", err)
	}
	return strconv.FormatInt(seq, 10), nil
}
