package rerun

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// The program started by go run becomes one with SIMD, with its arguments, output and exit code, or says why not.
func TestProgramBecomesFaster(t *testing.T) {
	if simd || runtime.GOARCH != "amd64" {
		t.Skip("this build has SIMD already, or cannot have it")
	}
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "native")
	if out, err := exec.Command("go", "build", "-o", program, "ganvas/native").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, c := range map[string]struct {
		env  []string
		says string
	}{
		"faster":    {nil, ""},
		"no go":     {[]string{"PATH=/nowhere"}, ""},
		"no module": {[]string{"GOFLAGS=-modfile=/nowhere"}, ""},
		"broken":    {[]string{"GOPROXY=off", "GOMODCACHE=" + t.TempDir(), "GOTOOLCHAIN=local"}, "without SIMD"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(program, "verify", "nothing-here")
			cmd.Env = append(os.Environ(), c.env...)
			var errs bytes.Buffer
			cmd.Stderr = &errs
			out, _ := cmd.Output()
			if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "nothing-here cannot be read") {
				t.Errorf("exit code %d, %q, %q", cmd.ProcessState.ExitCode(), out, errs.String())
			}
			if c.says == "" && name != "faster" && strings.Contains(errs.String(), "SIMD") || !strings.Contains(errs.String(), c.says) {
				t.Errorf("it says %q", errs.String())
			}
		})
	}
}
