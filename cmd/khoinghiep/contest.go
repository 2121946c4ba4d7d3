package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
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
	d, err := readContest(c, args[1])
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
		if err := knowHost(ctx, tx, d.Host, time.Now()); err != nil {
			return err
		}
		kept, err := contests.Load(ctx, tx, d, d.Host, time.Now())
		if err == nil {
			fmt.Fprintf(c.out, "Đã lập %s: %s.\n", kept.Code, kept.Name)
		}
		return err
	})
}

// readContest reads a sheet, and prints every mistake with its cell.
func readContest(c console, path string) (competition.Definition, error) {
	content, err := os.Open(path)
	if err != nil {
		return competition.Definition{}, fmt.Errorf("mở tệp: %w", err)
	}
	defer func() { _ = content.Close() }()
	places, err := plan.Places()
	if err != nil {
		return competition.Definition{}, err
	}
	home, err := time.LoadLocation(zone)
	if err != nil {
		return competition.Definition{}, fmt.Errorf("đọc múi giờ: %w", err)
	}
	hosts, err := plannedHosts(time.Now().In(home))
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

// knowHost has the program know an agency of the plan, as it may be one that nobody needed so far.
func knowHost(ctx context.Context, tx *storage.Tx, id string, now time.Time) error {
	hosts, err := plannedHosts(now)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(hosts.Agencies, func(a storage.Agency) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return storage.SaveAgencies(ctx, tx, hosts.Agencies[i:i+1], now)
}

// plannedHosts are the agencies of the plan: a sheet is checked without a database.
func plannedHosts(now time.Time) (handlers.Hosts, error) {
	catalogue, err := plan.LoadCatalogue()
	if err != nil {
		return handlers.Hosts{}, err
	}
	h := handlers.Hosts{Default: storage.Department}
	for _, a := range catalogue.Agencies {
		if a.Kind != plan.GroupOfAgencies {
			name, short := a.NameOn(now.Format(time.DateOnly))
			h.Agencies = append(h.Agencies, storage.Agency{ID: a.ID, Name: name, Short: short, Parent: a.Parent})
		}
	}
	return h, nil
}
