//go:build !unix

package rerun

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
)

// replace runs the binary and waits for it. Ctrl-C reaches it from the console, once, and this program waits on.
func replace(binary string, args, env []string) (code int, err error) {
	cmd := exec.Command(binary, args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.Env = os.Stdin, os.Stdout, os.Stderr, env
	signal.Ignore(os.Interrupt)
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	if err != nil {
		return 0, fmt.Errorf("the built program cannot be run: %w", err)
	}
	return 0, nil
}
