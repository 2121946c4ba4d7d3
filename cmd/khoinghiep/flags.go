package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// parseFlags reads the arguments of a subcommand. Asked for help, it lists the flags and gives flag.ErrHelp, which ends the
// subcommand well.
func parseFlags(c console, flags *flag.FlagSet, args []string) error {
	flags.SetOutput(io.Discard) // what it would print is in English, and in the error as well
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprintf(c.out, "Tham số của lệnh %s:\n", flags.Name())
		flags.SetOutput(c.out)
		flags.PrintDefaults()
		return err
	case err != nil:
		return fmt.Errorf("đọc tham số: %w; gõ \"khoinghiep %s --help\" để xem các tham số", err, flags.Name())
	case flags.NArg() > 0:
		return fmt.Errorf("không hiểu %q; gõ \"khoinghiep %s --help\" để xem các tham số", flags.Arg(0), flags.Name())
	}
	return nil
}
