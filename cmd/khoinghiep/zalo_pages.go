package main

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"path"

	"khoinghiep/bot/zalo"
	"khoinghiep/handlers/pages"
)

// consentPath is where Zalo's page of consent leads back to; the address must be registered with the app.
const consentPath = "/zalo/oauth"

// zaloRoutes adds what Zalo and its console look for.
func (a *app) zaloRoutes(mux *http.ServeMux) {
	if a.zalo != nil {
		mux.HandleFunc("GET "+consentPath, a.finishConsent)
	}
	v := a.config.zalo.verifier
	if v.tag != "" {
		mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
			pages.Plain{
				Title: "Khởi Nghiệp Bot", ZaloTag: v.tag, Chat: true,
				Text: "Trợ lý của hệ sinh thái khởi nghiệp đổi mới sáng tạo tỉnh Quảng Ngãi. Bạn bấm nút dưới đây để trò chuyện.",
			}.Write(w, http.StatusOK)
		})
	}
	if v.file != "" {
		mux.HandleFunc("GET /"+v.file, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(v.file)))
			_, _ = io.WriteString(w, v.content)
		})
	}
}

// finishConsent ends what "khoinghiep zalo login" began: an admin of the account agreed.
func (a *app) finishConsent(w http.ResponseWriter, r *http.Request) {
	err := a.zalo.FinishConsent(r.Context(), r.URL.Query())
	switch {
	case err == nil:
		slog.Info("Zalo lets us write for the account")
		pages.Plain{
			Title: "Đã kết nối Zalo", Text: "Trợ lý đã gửi và nhận được tin của trang OA. Bạn đóng trang này được rồi.",
		}.Write(w, http.StatusOK)
	case errors.Is(err, zalo.ErrConsent):
		slog.Warn("a consent of Zalo's is not ours", "error", err)
		pages.Plain{
			Title: "Liên kết không dùng được", Text: "Liên kết này quá hạn, hoặc dành cho trang OA khác. Bạn nhờ người quản trị máy chủ chạy lại “khoinghiep zalo login” và mở liên kết mới.",
		}.Write(w, http.StatusBadRequest)
	default:
		slog.Error("a consent of Zalo's was not finished", "error", err)
		pages.Plain{
			Title: "Chưa kết nối được Zalo", Text: "Zalo chưa cấp quyền. Bạn nhờ người quản trị máy chủ chạy lại “khoinghiep zalo login” và mở liên kết mới.",
		}.Write(w, http.StatusBadGateway)
	}
}
