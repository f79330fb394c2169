//go:build unix

package rerun

import (
	"fmt"
	"io"
	"syscall"
)

// become replaces this process: signals, terminal and exit code are the new program's.
func become(program string, args []string, errs io.Writer) {
	err := syscall.Exec(program, append([]string{"ganvas"}, args...), environment())
	fmt.Fprintf(errs, "ganvas: without SIMD, so several times slower: %v\n", err)
}
