package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"

	"khoinghiep/bot/viet"
	"khoinghiep/storage"
	"khoinghiep/storage/plan"
)

var errPlanUsage = errors.New("cần việc muốn làm: plan check TỆP, plan load TỆP, plan show hoặc plan show TỆP")

// planCommand checks, loads or shows a version of the plan. Without a file, the one shown is the one that ships with the
// program.
func planCommand(ctx context.Context, c console, args []string) error {
	switch {
	case len(args) == 1 && args[0] == "show":
		catalogue, err := plan.LoadCatalogue()
		if err != nil {
			return err
		}
		return showPlan(c, catalogue, time.Now())
	case len(args) != 2:
		return errPlanUsage
	}
	body, err := os.ReadFile(args[1])
	if err != nil {
		return fmt.Errorf("đọc tệp: %w", err)
	}
	catalogue, err := checkPlan(c, args[1], body)
	if err != nil {
		return err
	}
	switch args[0] {
	case "check":
		fmt.Fprintf(c.out, "%s: không có lỗi. Phiên bản %s, %d nhiệm vụ, có hiệu lực từ %s.\n",
			args[1], catalogue.Version, len(catalogue.Tasks), viet.ShowDate(catalogue.From))
		return nil
	case "show":
		return showPlan(c, catalogue, time.Now())
	case "load":
		return loadPlan(ctx, c, catalogue, string(body))
	}
	return errPlanUsage
}

// checkPlan reads a version of the plan, and prints every mistake with its line.
func checkPlan(c console, name string, body []byte) (*plan.Catalogue, error) {
	catalogue, err := plan.ParseCatalogue(body)
	var mistakes plan.Mistakes
	if errors.As(err, &mistakes) {
		for _, m := range mistakes {
			fmt.Fprintf(c.out, "%s:%d: %s\n", name, m.Line, m.Text)
		}
		return nil, fmt.Errorf("tệp có %d lỗi", len(mistakes))
	}
	return catalogue, err
}

// loadPlan keeps a version of the plan. One that is there already stays as it is.
func loadPlan(ctx context.Context, c console, catalogue *plan.Catalogue, body string) error {
	shipped, err := plan.LoadCatalogue()
	if err != nil {
		return err
	}
	if catalogue.Version == shipped.Version {
		return tellLoaded(c, catalogue, shipped)
	}
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	isNew := false
	err = store.InTx(ctx, func(tx *storage.Tx) error {
		now := time.Now()
		isNew, err = storage.LoadPlan(ctx, tx, storage.PlanVersion{Version: catalogue.Version, From: catalogue.From, Body: body}, now)
		if !isNew || err != nil {
			return err
		}
		return storage.AddCommandAudit(ctx, tx, "load-plan", catalogue.Version, now)
	})
	if err != nil {
		return err
	}
	if !isNew {
		return compareLoaded(ctx, c, store, catalogue)
	}
	fmt.Fprintf(c.out, "Đã nạp phiên bản %s, có hiệu lực từ %s.\n", catalogue.Version, viet.ShowDate(catalogue.From))
	return nil
}

// compareLoaded looks at the kept version of the same name.
func compareLoaded(ctx context.Context, c console, store *storage.Store, catalogue *plan.Catalogue) error {
	versions, err := store.PlanVersions(ctx)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.Version != catalogue.Version {
			continue
		}
		kept, err := plan.ParseCatalogue([]byte(v.Body))
		if err != nil {
			return fmt.Errorf("đọc phiên bản %s đã nạp: %w", v.Version, err)
		}
		return tellLoaded(c, catalogue, kept)
	}
	return fmt.Errorf("không tìm thấy phiên bản %s đã nạp", catalogue.Version)
}

// tellLoaded says that a version is there already; a file that says something else under its name is a mistake.
func tellLoaded(c console, catalogue, kept *plan.Catalogue) error {
	if !reflect.DeepEqual(catalogue, kept) {
		return fmt.Errorf("đã có phiên bản %s với nội dung khác, chưa thay đổi gì; hãy đặt tên phiên bản mới", catalogue.Version)
	}
	fmt.Fprintf(c.out, "Phiên bản %s đã có sẵn, không có gì thay đổi.\n", catalogue.Version)
	return nil
}
