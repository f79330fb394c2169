// The native program trains, generates, evaluates and verifies from the command line.
package main

import (
	"os"

	"ganvas/native/cli"
	"ganvas/native/rerun"
)

func main() {
	rerun.Faster(os.Args[1:], os.Stderr)
	os.Exit(cli.Main(os.Args[1:], os.Stdout, os.Stderr))
}
