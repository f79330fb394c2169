//go:build !unix

package rerun

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
)

// become runs the program and ends with its exit code. An interrupt from the terminal reaches both: this one ignores it.
func become(program string, args []string, errs io.Writer) {
	signal.Ignore(os.Interrupt)
	cmd := exec.Command(program, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, environment()
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		os.Exit(0)
	case errors.As(err, &exit):
		os.Exit(exit.ExitCode())
	}
	signal.Reset(os.Interrupt)
	fmt.Fprintf(errs, "ganvas: without SIMD, so several times slower: %v\n", err)
}
