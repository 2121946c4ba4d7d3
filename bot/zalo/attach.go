package zalo

import (
	"context"
	"path"
	"slices"
	"strings"

	"khoinghiep/bot"
)

const documentLimit = 5 << 20 // bytes of a file that Zalo takes

// cannotCarry stands in place of a file that Zalo does not carry and for which there is no link.
const cannotCarry = "Mình không gửi được loại tệp này qua Zalo. Bạn mở trợ lý trên trang web hoặc Telegram để nhận tệp."

// sendFile sends an image or a document, or a link to what Zalo does not carry, or tells where to get it.
func (c *Channel) sendFile(ctx context.Context, chat string, f bot.File) (id string, err error) {
	message, err := c.fileContent(ctx, f)
	if err != nil {
		return "", err
	}
	return c.sendContent(ctx, chat, message)
}

func (c *Channel) fileContent(ctx context.Context, f bot.File) (content, error) {
	if picture, ok := fitted(f.Data); ok {
		id, err := c.upload(ctx, "image", "image.jpg", picture)
		return imageMessage(id), err
	}
	if document(f) {
		id, err := c.upload(ctx, "file", written(f.Name), f.Data)
		return fileMessage(id), err
	}
	if url := c.cfg.Link(f); url != "" {
		return content{Text: written(strings.TrimSpace("Bạn xem tệp "+f.Name) + " tại đây: " + url)}, nil
	}
	return content{Text: cannotCarry}, nil
}

// document tells that Zalo takes a file as it is.
func document(f bot.File) bool {
	kinds := []string{".pdf", ".doc", ".docx", ".csv"}
	return slices.Contains(kinds, strings.ToLower(path.Ext(f.Name))) && len(f.Data) > 0 && len(f.Data) <= documentLimit
}
