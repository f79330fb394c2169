package kernels

import (
	"bufio"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"ganvas/native/rerun"
)

// The processor's name is read where there is one, and ARM's numbers are.
func TestProcessorsName(t *testing.T) {
	for text, want := range map[string]string{
		"processor\t: 0\ncpu family\t: 6\nmodel\t\t: 207\nmodel name\t: Some(R) Thing\nstepping\t: 2\n\nprocessor\t: 1\nmodel name\t: Other\n": "Some(R) Thing, cpu family 6, model 207, stepping 2",
		"processor\t: 0\nCPU implementer\t: 0x41\nCPU variant\t: 0x3\nCPU part\t: 0xd0c\n":                                                     "CPU implementer 0x41, CPU variant 0x3, CPU part 0xd0c",
		"processor\t: 0\n": "",
		"":                 "",
	} {
		if got := modelIn(bufio.NewScanner(strings.NewReader(text))); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// A processor without AVX2, which Go's runtime plays: the program has one set and says why.
func TestNoAVX2(t *testing.T) {
	if !rerun.SIMD() || runtime.GOARCH != "amd64" {
		t.Skip("this program has no kernels for AVX2")
	}
	if os.Getenv("GODEBUG") != "cpu.avx2=off" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestNoAVX2$", "-test.v")
		cmd.Env = append(os.Environ(), "GODEBUG=cpu.avx2=off")
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "has no AVX2") {
			t.Errorf("%v: %s", err, out)
		}
		return
	}
	t.Setenv(Variable, "")
	c, err := Named("")
	if err != nil {
		t.Fatal(err)
	}
	says(t, c, "go packed", "has no AVX2")
	t.Log(c.Says)
}

// A build without the experiment has one set too.
func TestNoSIMD(t *testing.T) {
	if rerun.SIMD() || !rerun.Experiment {
		t.Skip("this program has SIMD instructions, or there are none")
	}
	t.Setenv(Variable, "")
	c, err := Named("")
	if err != nil {
		t.Fatal(err)
	}
	says(t, c, "go packed", "built without SIMD")
}
