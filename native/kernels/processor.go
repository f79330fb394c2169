package kernels

import (
	"bufio"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
)

// Processor is what this machine's processor calls itself, or its kind alone where that cannot be told.
func Processor() string {
	switch runtime.GOOS {
	case "linux":
		if f, err := os.Open("/proc/cpuinfo"); err == nil {
			defer f.Close()
			if name := modelIn(bufio.NewScanner(f)); name != "" {
				return name
			}
		}
	case "darwin":
		if out, err := exec.Command("sysctl", "-n", "machdep.cpu.brand_string").Output(); err == nil {
			return strings.TrimSpace(string(out))
		}
	case "windows":
		if name := os.Getenv("PROCESSOR_IDENTIFIER"); name != "" {
			return name
		}
	}
	return runtime.GOARCH
}

// modelIn finds the first processor's name, and what tells it from others of that name, in the lines of Linux's /proc/cpuinfo;
// ARM's have numbers for names.
func modelIn(lines *bufio.Scanner) string {
	var parts []string
	for lines.Scan() && strings.TrimSpace(lines.Text()) != "" {
		name, value, _ := strings.Cut(lines.Text(), ":")
		switch value = strings.TrimSpace(value); strings.TrimSpace(name) {
		case "model name":
			parts = slices.Insert(parts, 0, value)
		case "cpu family", "model", "stepping", "CPU implementer", "CPU part", "CPU variant":
			parts = append(parts, strings.TrimSpace(name)+" "+value)
		}
	}
	return strings.Join(parts, ", ")
}
