package handlers

import (
	"context"
	"time"

	"khoinghiep/storage"
)

// VotingText is what people agree to before their first vote. Whoever changes a word of it gives it a new version: proofs name
// the version and keep the text's hash (Law 91/2025/QH15).
const (
	votingVersion = "2026-11-bc-a"

	// The default of RETENTION_ENTRY: whoever changes it changes this.
	VotingText = "Để bình chọn, mình lưu dự án bạn chọn và lúc bạn chọn, nhiều nhất 24 tháng, để mỗi người chỉ có một phiếu. Không ai được xem bạn chọn dự án nào; " +
		"ban tổ chức xem tổng số phiếu sau khi bình chọn kết thúc. Bạn nhắn “dữ liệu” để xem, “rút đồng ý” để rút lại, “xóa dữ liệu” để xóa: " +
		"khi đó phiếu của bạn không được tính nữa, trừ khi số phiếu đã công bố. Bạn có đồng ý không?"
)

// KeepVoting proves an answer to the question whether votes may be kept; the person becomes known by it.
func KeepVoting(t *Turn, given bool) storage.Effect {
	return func(ctx context.Context, tx *storage.Tx) error {
		id, err := storage.EnsurePerson(ctx, tx, t.In.From, t.Now)
		if err != nil {
			return err
		}
		return storage.AddConsent(ctx, tx, storage.Consent{
			Person: id, Purpose: storage.Voting, Given: given, Version: votingVersion, Text: VotingText,
			From: t.In.From, MessageID: t.In.ID, At: t.Now.Truncate(time.Millisecond),
		})
	}
}
