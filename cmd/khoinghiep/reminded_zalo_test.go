package main

import (
	"testing"

	"khoinghiep/bot"
	"khoinghiep/bot/zalo/zalotest"
	"khoinghiep/storage"
	"khoinghiep/storage/storagetest"
)

// TestAnOfficerOnZaloAloneIsDoneInTwoMessages plays testdata/zalo/reminded.txt: officers who have only Zalo and were last seen
// more than 20 days ago get a reminder as a template, answer anything, and are done in two more messages. The fake's time
// passes with the script's, so that it takes nothing but templates then.
func TestAnOfficerOnZaloAloneIsDoneInTwoMessages(t *testing.T) {
	t.Parallel()
	server := zalotest.New()
	server.Buy(0, 10)
	templates := map[string]string{storage.AnyNews: "tin_moi", storage.DueSoon: "nhac_han"}
	server.SetTemplate("tin_moi", zalotest.Template{Params: map[string]int{"tieu_de": 60}})
	server.SetTemplate("nhac_han", zalotest.Template{Params: map[string]int{"don_vi": 60, "bao_cao": 60, "han": 30}})
	p, end := beginPlay(t, testConfig(storagetest.SQLiteURL(t), ""), func(t *testing.T, over chan<- error) ([]bot.Channel, func(a *app, name string) chat) {
		return onFakeZalo(t, over, server, templates)
	})
	defer end()
	for _, s := range readScript(t, "testdata/zalo/reminded.txt") {
		if s.verb == "wait" {
			server.Advance(duration(t, s.arg))
		}
		p.step(s)
	}
	compare(t, "testdata/zalo/reminded.golden", p.golden.String())
}
