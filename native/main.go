// The native program trains, generates, evaluates and verifies from the command line.
package main

import (
	"os"

	"ganvas/native/cli"
)

func main() { os.Exit(cli.Program()) }
