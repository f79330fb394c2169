package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"ganvas/native/kernels"
	"ganvas/native/rerun"

	"github.com/alecthomas/kong"
)

// versionFlag is the flag that asks for the version.
type versionFlag bool

// IgnoreDefault keeps a flag that only asks from running the command that is taken without a name.
func (versionFlag) IgnoreDefault() {}

// BeforeReset prints.
func (versionFlag) BeforeReset(k *kong.Context) error {
	fmt.Fprintln(k.Stdout, version())
	k.Exit(0)
	return nil
}

// version says what the program is built from and with, a line each.
func version() string {
	info, _ := debug.ReadBuildInfo()
	lines := []string{"ganvas " + revision(info), fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH), "products by " + kernels.Shown()}
	if !rerun.SIMD() && rerun.Experiment {
		lines[2] += "; commands that compute start a build with SIMD instructions, where " + rerun.Toolchain + " can be had"
	}
	if torch != nil {
		lines = append(lines, "with libtorch")
	} else {
		lines = append(lines, "without libtorch: a command with --engine torch starts a program that has it, once go run ./native setup has made it")
	}
	return strings.Join(lines, "\n")
}

// revision is the module's version, or the state of the repository that the program is built from, as far as the build
// knows it.
func revision(info *debug.BuildInfo) string {
	if info == nil {
		return "of an unknown version"
	}
	known := map[string]string{}
	for _, s := range info.Settings {
		known[s.Key] = s.Value
	}
	says := info.Main.Version
	if says == "" || says == "(devel)" {
		says = "from source"
	}
	if at := known["vcs.revision"]; at != "" {
		says += ", commit " + at[:min(12, len(at))]
		if day, _, _ := strings.Cut(known["vcs.time"], "T"); day != "" {
			says += " of " + day
		}
		if known["vcs.modified"] == "true" {
			says += ", changed since"
		}
	}
	if says == "from source" { // go run leaves the repository out of what a program knows of itself
		if at := rerun.Commit(); at != "" {
			says += ", commit " + at
		}
	}
	return says
}
