package libtorch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// compiler is the command in that variable of the environment, or what the go command takes without it.
func compiler(variable, otherwise string) string {
	if f := strings.Fields(os.Getenv(variable)); len(f) > 0 {
		return f[0]
	}
	return otherwise
}

// CheckCompiler makes sure of the compilers that cgo needs, and says where to get one that is missing.
func CheckCompiler() error {
	for _, c := range []string{compiler("CC", "gcc"), compiler("CXX", "g++")} {
		if _, err := exec.LookPath(c); err != nil {
			return fmt.Errorf("gotch is compiled with a C++ compiler, and there is no %s: install one (Debian and Ubuntu: apt install g++; Fedora: dnf install gcc-c++) or name yours in CC and CXX", c)
		}
	}
	return nil
}

// program is the smallest that needs headers, libraries, the ABI and the dynamic linker to be right.
const program = `#include <ATen/Parallel.h>
#include <c10/util/Exception.h>
#include <string>
int main() {
	c10::Error e(c10::SourceLocation{"", "", 0}, std::string("x"));
	return at::get_num_threads() < 1;
}
`

// try compiles, links and runs a small program the way gotch will be, so that what is wrong shows before the long
// compilation.
func (l *Lib) try(ctx context.Context, folder string) error {
	stubs, err := l.writeStubs(folder)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(folder, "try-*"+partial)
	if err != nil {
		return fmt.Errorf("there is no place to try libtorch out: %w", err)
	}
	defer os.RemoveAll(dir)
	source, binary := filepath.Join(dir, "try.cpp"), filepath.Join(dir, "try")
	if err := os.WriteFile(source, []byte(program), 0o666); err != nil {
		return noSpace(fmt.Errorf("there is no place to try libtorch out: %w", err))
	}
	args := append([]string{"-std=c++17"}, l.compile()...)
	args = append(append(args, source, "-o", binary), l.link(stubs)...)
	for _, n := range append(append([]string{"torch_cpu", "c10"}, system...), ofCUDA...) {
		args = append(args, "-l"+n)
	}
	if out, err := exec.CommandContext(ctx, compiler("CXX", "g++"), args...).CombinedOutput(); err != nil {
		return l.tried(ctx, "compiled and linked against", out, err)
	}
	if out, err := exec.CommandContext(ctx, binary).CombinedOutput(); err != nil {
		return l.tried(ctx, "run with", out, err)
	}
	return nil
}

func (l *Lib) tried(ctx context.Context, what string, out []byte, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("setup was stopped: %w", ctx.Err())
	}
	if errors.Is(err, exec.ErrNotFound) {
		return CheckCompiler()
	}
	said := err.Error()
	for line := range bytes.Lines(out) {
		if bytes.Contains(line, []byte("error")) || bytes.Contains(line, []byte("undefined")) || bytes.Contains(line, []byte("cannot")) {
			said = strings.TrimSpace(string(line))
			break
		}
	}
	return noSpace(fmt.Errorf("a small program cannot be %s the libtorch in %s (%s): fetch another with go run ./native setup and LIBTORCH unset", what, l.Dir, said))
}
