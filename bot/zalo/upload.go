package zalo

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"time"

	"khoinghiep/bot"
)

const uploadLife = 6 * 24 * time.Hour // an id ends after 7 days; the last one is left to clocks that differ

// Uploads remembers what Zalo keeps of ours, so that a file for many people is uploaded once. Ids hold for one account.
type Uploads interface {
	// Upload is the id kept under key, if that was after since; "" when there is none.
	Upload(ctx context.Context, key string, since time.Time) (id string, err error)
	// KeepUpload remembers the id of what was uploaded at a time. key is 70 characters at most.
	KeepUpload(ctx context.Context, key, id string, at time.Time) error
}

// upload gives the id by which a message refers to data; kind is "image" or "file".
func (c *Channel) upload(ctx context.Context, kind, name string, data []byte) (id string, err error) {
	sum := sha256.Sum256(data)
	key := kind + "-" + hex.EncodeToString(sum[:])
	id, err = c.cfg.Uploads.Upload(ctx, key, c.cfg.Clock().Add(-uploadLife))
	if err != nil {
		return "", fmt.Errorf("find an upload: %w", err)
	}
	if id != "" {
		return id, nil
	}
	at := c.cfg.Clock()
	if id, err = c.uploadNew(ctx, kind, name, data); err != nil {
		return "", err
	}
	if err := c.cfg.Uploads.KeepUpload(ctx, key, id, at); err != nil {
		return "", fmt.Errorf("keep an upload: %w", err)
	}
	return id, nil
}

// uploadNew hands data to Zalo. That it is unknown what became of it is no bot.ErrUnknown: the person got nothing.
func (c *Channel) uploadNew(ctx context.Context, kind, name string, data []byte) (id string, err error) {
	body, kindOfBody, err := multiform(name, data)
	if err != nil {
		return "", fmt.Errorf("encode an upload: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	told, err := c.authorised(ctx, func(ctx context.Context, token string) (*http.Request, error) {
		return newRequest(ctx, c.cfg.APIURL+"/v2.0/oa/upload/"+kind, token, kindOfBody, body)
	})
	if errors.Is(err, bot.ErrUnknown) {
		return "", errors.New("upload: cut off")
	}
	if err != nil {
		return "", fmt.Errorf("upload: %w", err)
	}
	return uploadID(told)
}

// multiform is a form with one file, and the Content-Type that it needs.
func multiform(name string, data []byte) (body []byte, contentType string, err error) {
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		return nil, "", err
	}
	if _, err := part.Write(data); err != nil {
		return nil, "", err
	}
	err = w.Close()
	return form.Bytes(), w.FormDataContentType(), err
}

// uploadID reads an upload's id: that of an image, or the token of a file.
func uploadID(data json.RawMessage) (string, error) {
	var told struct {
		Image text `json:"attachment_id"`
		File  text `json:"token"`
	}
	if err := parse(data, &told); err != nil || told.Image+told.File == "" {
		return "", errors.New("upload: the answer has no id")
	}
	return string(told.Image + told.File), nil
}
