package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"khoinghiep/handlers"
	"khoinghiep/handlers/contests"
	"khoinghiep/storage"
	"khoinghiep/storage/competition"
	"khoinghiep/storage/plan"
)

// contestCommand checks the sheet of a competition, or sets one up by it: the department's, unless it names an agency of the plan.
func contestCommand(ctx context.Context, c console, args []string) error {
	if len(args) != 2 || args[0] != "check" && args[0] != "load" {
		return errors.New("cách dùng: contest check|load TỆP.xlsx")
	}
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		return err
	}
	hosts := handlers.PlannedHosts(catalogue)
	home, err := time.LoadLocation(zone)
	if err != nil {
		return fmt.Errorf("đọc múi giờ: %w", err)
	}
	d, err := readContest(c, hosts, home, args[1])
	if err != nil {
		return err
	}
	if args[0] == "check" {
		fmt.Fprintf(c.out, "Tệp không có lỗi: %s.\n", d.Name)
		return nil
	}
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	return store.InTx(ctx, func(tx *storage.Tx) error {
		now := time.Now().In(home)
		if err := hosts.Save(ctx, tx, d.Host, now); err != nil {
			return err
		}
		kept, err := contests.Load(ctx, tx, d, d.Host, now)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.out, "Đã lập %s: %s.\n", kept.Code, kept.Name)
		return storage.AddCommandAudit(ctx, tx, "add-contest", kept.Code, now)
	})
}

// readContest reads a sheet of one of the hosts, with times in home, and prints every mistake with its cell.
func readContest(c console, hosts handlers.Hosts, home *time.Location, path string) (competition.Definition, error) {
	content, err := os.Open(path)
	if err != nil {
		return competition.Definition{}, fmt.Errorf("mở tệp: %w", err)
	}
	defer func() { _ = content.Close() }()
	places, err := plan.Places()
	if err != nil {
		return competition.Definition{}, err
	}
	d, wrong, err := contests.Office{Places: places}.ReadSheet(content, hosts, home)
	if err != nil {
		return d, fmt.Errorf("đọc tệp: %w", err)
	}
	for _, m := range wrong {
		fmt.Fprintf(c.out, "%s, %s: %s\n", m.Cell(), m.About, m.Problem)
	}
	if len(wrong) > 0 {
		return d, fmt.Errorf("tệp có %d lỗi", len(wrong))
	}
	return d, nil
}
