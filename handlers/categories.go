package handlers

import "khoinghiep/bot/form"

// Categories are what an announcement may be about. Values are kept in the database: labels may change, values not.
func Categories() []form.Choice {
	return []form.Choice{
		{Value: "cuoc_thi", Label: "Cuộc thi"},
		{Value: "su_kien", Label: "Sự kiện"},
		{Value: "ho_tro", Label: "Chương trình hỗ trợ"},
		{Value: "khac", Label: "Việc khác"},
	}
}
