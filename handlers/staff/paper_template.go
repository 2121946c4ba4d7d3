package staff

import (
	"khoinghiep/bot/form"
	"khoinghiep/bot/viet"
	"khoinghiep/handlers"
	"khoinghiep/storage/export"
)

// dossierTemplate is an empty sheet with an example, and one with what may be chosen.
func dossierTemplate(places *viet.Places) ([]byte, error) {
	fields := dossierFields(places)
	dossiers, shown := export.Sheet{Name: "Hồ sơ"}, []any{}
	for i, text := range example(fields) {
		dossiers.Columns = append(dossiers.Columns, export.Column{Heading: fields[i].Label, Width: 26})
		shown = append(shown, text)
	}
	dossiers.Rows = [][]any{shown}
	return export.XLSX(dossiers, choicesSheet(places))
}

// example is the row that shows how to fill the sheet. Left as it is, it is passed over.
func example(fields []form.Field) []string {
	row := []string{}
	for _, f := range fields {
		text := f.Example
		if text == "" {
			text = f.Choices(form.Answers{})[0].Label
		}
		row = append(row, text)
	}
	return row
}

func choicesSheet(places *viet.Places) export.Sheet {
	lists := [][]string{{}, labels(handlers.Fields()), labels(handlers.Stages())}
	for _, p := range places.All() {
		lists[0] = append(lists[0], p.Title())
	}
	lists[0] = append(lists[0], labels(handlers.OtherPlaces())...)
	sheet := export.Sheet{Name: "Lựa chọn", Columns: []export.Column{{Heading: "Nơi thực hiện", Width: 30}, {Heading: "Lĩnh vực", Width: 30}, {Heading: "Giai đoạn", Width: 20}}}
	for i := range lists[0] {
		row := []any{}
		for _, list := range lists {
			if i < len(list) {
				row = append(row, list[i])
			}
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

func labels(choices []form.Choice) []string {
	list := []string{}
	for _, c := range choices {
		list = append(list, c.Label)
	}
	return list
}
