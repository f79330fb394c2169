//go:build unix

package rerun

import (
	"fmt"
	"syscall"
)

// replace makes this process run the binary: signals, terminal and exit code are its own from then on.
func replace(binary string, args, env []string) (code int, err error) {
	return 0, fmt.Errorf("the built program cannot be run: %w", syscall.Exec(binary, args, env))
}
