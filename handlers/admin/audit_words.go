package admin

import (
	"strings"

	"khoinghiep/handlers"
	"khoinghiep/storage"
)

// actionName is what readers of the log call an action. An action that has no name yet is shown as it is.
func actionName(action string) string {
	if name, ok := actionNames()[action]; ok {
		return name
	}
	return action
}

func actionNames() map[string]string { //nolint:funlen // a list
	return map[string]string{
		"join":            "Nhận vai trò",
		"join-chats":      "Nối hai cuộc trò chuyện",
		"invite":          "Mời người mới",
		"list-roles":      "Xem danh sách vai trò",
		"open-person":     "Mở thông tin cán bộ",
		"name-person":     "Ghi tên cán bộ",
		"revoke-staff":    "Bỏ vai trò cán bộ",
		"revoke-approver": "Bỏ vai trò người duyệt",
		"revoke-admin":    "Bỏ vai trò quản trị",
		"set-pin":         "Đặt mã PIN",
		"reset-pin":       "Xóa mã PIN",

		"delegate":         "Ủy quyền duyệt",
		"end-delegation":   "Lấy lại ủy quyền",
		"list-delegations": "Xem ủy quyền",
		"read-audit":       "Xem nhật ký",
		"export-audit":     "Tải nhật ký",

		"list-startups":    "Xem đăng ký chờ",
		"search-startups":  "Tìm hồ sơ",
		"export-startups":  "Tải bảng hồ sơ",
		"show-startup":     "Mở phiếu đăng ký",
		"compare-startups": "So sánh hai hồ sơ",
		"clear-twin":       "Ghi là không trùng",
		"review-confirmed": "Xác nhận hồ sơ",
		"review-changes":   "Yêu cầu sửa hồ sơ",
		"review-declined":  "Từ chối hồ sơ",
		"review-merged":    "Gộp hồ sơ",

		"list-documents": "Xem tài liệu",
		"strike-file":    "Gỡ tài liệu",
		"paper-consent":  "Ghi giấy đồng ý của người giám hộ",

		"open-import":       "Mở phần nhập hồ sơ",
		"download-template": "Tải mẫu nhập hồ sơ",
		"check-import":      "Gửi tệp nhập hồ sơ để kiểm tra",
		"drop-import":       "Bỏ tệp nhập hồ sơ",
		"import-startup":    "Nhập hồ sơ giấy",

		"view-statistics":       "Xem thống kê",
		"view-targets":          "Xem chỉ tiêu",
		"list-achievements":     "Xem kết quả của một chỉ tiêu",
		"view-achievement":      "Mở kết quả có minh chứng",
		"confirm-achievement":   "Xác nhận kết quả có minh chứng",
		"take-back-achievement": "Gỡ kết quả có minh chứng",

		"load-plan":         "Nạp phiên bản kế hoạch",
		"list-agencies":     "Xem các đơn vị",
		"view-agency":       "Bắt đầu việc của một đơn vị",
		"open-agency":       "Mở đơn vị",
		"search-agencies":   "Tìm đơn vị",
		"add-unit":          "Thêm phòng, trung tâm",
		"invite-officer":    "Mời cán bộ đầu mối",
		"print-invitations": "In giấy mời cán bộ đầu mối",
		"remove-officer":    "Bỏ cán bộ đầu mối",
		"view-progress":     "Xem tiến độ",
		"remind-agency":     "Nhắc một đơn vị",
		"remind-late":       "Nhắc các đơn vị trễ",
		"view-obligation":   "Mở phiếu việc",
		"assign-task":       "Giao nhiệm vụ cho phòng, trung tâm",
		"fill-task":         "Ghi kết quả nhiệm vụ thay đơn vị",
		"list-submissions":  "Xem bản gửi chờ duyệt",
		"accept-submission": "Nhận bản gửi",
		"return-submission": "Trả lại bản gửi",
		"stop-obligation":   "Dừng việc phải gửi",
		"reopen-obligation": "Mở lại việc phải gửi",
		"set-last-day":      "Đổi hạn gửi",
		"set-reminders":     "Đổi lịch nhắc",
		"list-answers":      "Xem đơn vị hẹn, hỏi",
		"accept-answer":     "Đồng ý ngày hẹn, lý do",
		"decline-answer":    "Không đồng ý ngày hẹn, lý do",
		"list-choices":      "Xem việc chờ chọn đơn vị",
		"open-choice":       "Mở việc chờ chọn đơn vị",
		"make-choice":       "Chọn đơn vị phải gửi",
		"assign-obligation": "Giao việc cho đơn vị",
		"record-event":      "Ghi sự kiện đã tổ chức",
		"view-quotas":       "Xem định mức sự kiện",
		"draft-letters":     "Tải dự thảo công văn đôn đốc",
		"view-report":       "Xem báo cáo tổng hợp",
		"export-report":     "Tải báo cáo tổng hợp",
		"edit-report":       "Sửa lời báo cáo tổng hợp",
		"report-sent":       "Ghi là đã gửi báo cáo tổng hợp",
		"report-draft":      "Ghi báo cáo tổng hợp là bản nháp",

		"list-announcements":   "Xem các thông báo",
		"open-announcement":    "Mở thông báo",
		"begin-approval":       "Bắt đầu duyệt thông báo",
		"begin-return":         "Bắt đầu trả lại thông báo",
		"approve-announcement": "Duyệt thông báo",
		"return-announcement":  "Trả lại thông báo",
		"write-announcement":   "Soạn thông báo",
		"correct-announcement": "Sửa thông báo",
		"test-announcement":    "Gửi thử thông báo",
		"propose-announcement": "Trình duyệt thông báo",
		"discard-announcement": "Bỏ thông báo",
		"pause-announcement":   "Tạm dừng thông báo",
		"resume-announcement":  "Gửi tiếp thông báo",
		"cancel-announcement":  "Hủy gửi thông báo",
		"report-announcement":  "Tải báo cáo gửi thông báo",
		"resend-announcement":  "Gửi lại thông báo",
		"wrong-pin":            "Gõ sai mã PIN",
		"locked-pin":           "Gõ mã PIN khi đang bị khóa",

		"list-events":          "Xem các sự kiện",
		"open-event":           "Mở sự kiện",
		"add-event":            "Tạo sự kiện",
		"correct-event":        "Sửa sự kiện",
		"cancel-event":         "Hủy sự kiện",
		"confirm-event":        "Xác nhận sự kiện đã tổ chức",
		"request-event-notice": "Đề nghị thông báo sự kiện",
		"export-guests":        "Tải danh sách khách của sự kiện",
		"check-ticket":         "Soát vé",

		"list-contests":    "Xem các cuộc thi",
		"open-contest":     "Mở cuộc thi",
		"prepare-contest":  "Mở phần lập cuộc thi",
		"download-contest": "Tải mẫu lập cuộc thi",
		"check-contest":    "Gửi tệp cuộc thi để kiểm tra",
		"drop-contest":     "Bỏ tệp cuộc thi",
		"add-contest":      "Lập cuộc thi",
		"change-contest":   "Sửa cuộc thi",
		"begin-extension":  "Bắt đầu gia hạn cuộc thi",
		"list-entries":     "Xem các hồ sơ dự thi đã nộp",
		"open-entry":       "Mở hồ sơ dự thi",
		"export-entries":   "Tải danh sách hồ sơ dự thi",

		"open-jury":           "Xem ban giám khảo",
		"invite-juror":        "Mời giám khảo",
		"become-juror":        "Vào ban giám khảo",
		"remove-juror":        "Bỏ giám khảo",
		"deal-entries":        "Chia hồ sơ dự thi cho giám khảo",
		"remind-jury":         "Nhắc giám khảo",
		"view-results":        "Xem kết quả chấm thi",
		"publish-results":     "Công bố kết quả cuộc thi",
		"export-scores":       "Tải bảng điểm cuộc thi",
		"open-votes":          "Xem phiếu bình chọn đã kết thúc",
		"leave-votes-out":     "Không tính phiếu bình chọn dồn dập",
		"count-all-votes":     "Tính đủ phiếu bình chọn",
		"publish-votes":       "Công bố bình chọn",
		"declare-conflict":    "Khai có liên quan lợi ích",
		"declare-no-conflict": "Khai không liên quan lợi ích",
		"score-entry":         "Chấm hồ sơ dự thi",
		"score-anew":          "Chấm lại hồ sơ dự thi",

		"open-paper-entries":   "Mở phần nhập hồ sơ dự thi giấy",
		"search-paper-entry":   "Tìm dự án để nhập hồ sơ dự thi giấy",
		"begin-paper-entry":    "Bắt đầu nhập hồ sơ dự thi giấy",
		"add-paper-entry":      "Lập hồ sơ dự thi từ giấy",
		"open-paper-entry":     "Mở hồ sơ dự thi giấy",
		"change-paper-entry":   "Ghi vào hồ sơ dự thi giấy",
		"submit-paper-entry":   "Nộp hồ sơ dự thi giấy",
		"withdraw-paper-entry": "Rút hồ sơ dự thi giấy",
		"begin-paper-juror":    "Bắt đầu thêm giám khảo chấm giấy",
		"add-paper-juror":      "Thêm giám khảo chấm giấy",
		"open-paper-scores":    "Mở phần nhập điểm từ giấy",
		"open-paper-sheet":     "Xem phiếu chấm nhập từ giấy",
		"begin-paper-sheet":    "Bắt đầu nhập phiếu chấm giấy",
		"enter-paper-scores":   "Nhập phiếu chấm giấy thay giám khảo",
		"enter-paper-conflict": "Ghi liên quan lợi ích theo giấy",

		"list-requests":     "Xem danh sách yêu cầu",
		"open-request":      "Mở yêu cầu",
		"take-request":      "Nhận yêu cầu",
		"answer-request":    "Trả lời yêu cầu",
		"leave-request":     "Để yêu cầu sang một bên",
		"return-request":    "Trả lại yêu cầu",
		"choose-colleague":  "Chọn người để chuyển yêu cầu",
		"hand-over-request": "Chuyển yêu cầu cho người khác",
		"close-request":     "Kết thúc yêu cầu",

		"join-agency":      "Nhận làm cán bộ đầu mối",
		"list-obligations": "Xem việc của đơn vị",
		"open-obligation":  "Mở việc của đơn vị",
		"begin-submission": "Bắt đầu gửi kế hoạch, báo cáo",
		"send-submission":  "Gửi kế hoạch, báo cáo",
		"list-tasks":       "Xem các nhiệm vụ trong một việc",
		"open-task":        "Mở tình hình nhiệm vụ",
		"tell-task":        "Ghi tình hình nhiệm vụ",
		"begin-answer":     "Bắt đầu trả lời nhắc hạn",
		"answer-seen":      "Báo đã nắm, sẽ gửi",
		"answer-promise":   "Hẹn ngày gửi",
		"answer-not-ours":  "Báo không thuộc nhiệm vụ đơn vị",
	}
}

// actor is what readers call who acted.
func actor(l storage.AuditLine) string {
	if l.Person == 0 {
		return "Người quản lý máy chủ (dòng lệnh)"
	}
	return called(l.Name)
}

// subjectName is what readers call what was acted on.
func subjectName(l storage.AuditLine) string {
	page, isPage := strings.CutPrefix(l.Subject, "page ")
	switch role := storage.Role(l.Subject); {
	case l.OnPerson():
		return called(l.About)
	case role.Valid():
		return handlers.RoleName(role)
	case isPage:
		return "trang " + page
	}
	return l.Subject
}
