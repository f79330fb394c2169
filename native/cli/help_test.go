package cli

import (
	"runtime/debug"
	"strings"
	"testing"

	"ganvas/core/config"
)

// The short help of train has what most people need; the whole has every field, with the chosen preset's values, and what
// it allows.
func TestHelpOfTrain(t *testing.T) {
	short, all := must(t, "train", "--help"), must(t, "train", "--help-all", "--preset", "quick")
	if n := strings.Count(short, "\n"); n > 40 {
		t.Errorf("the short help has %d lines", n)
	}
	for _, flag := range []string{"--preset", "--epochs", "--out", "--resume", "--engine", "--data", "--help-all"} {
		if !strings.Contains(short, flag+" ") && !strings.Contains(short, flag+"=") {
			t.Errorf("the short help lacks %s:\n%s", flag, short)
		}
	}
	if strings.Contains(short, "--beta1") || !strings.Contains(short, "preset classic") || !strings.Contains(short, "--epochs=50") {
		t.Errorf("the short help:\n%s", short)
	}
	flat := strings.Join(strings.Fields(all), " ")
	for _, p := range config.Presets {
		if p.Name != "quick" {
			continue
		}
		r := p.Recipe()
		for _, f := range config.Fields {
			if !strings.Contains(all, "--"+f.Flag()+"="+f.Get(&r)) || !strings.Contains(flat, f.Allowed()) {
				t.Errorf("the whole help lacks --%s=%s, or that it may be %s", f.Flag(), f.Get(&r), f.Allowed())
			}
		}
	}
	for _, g := range config.Groups {
		if !strings.Contains(all, "\n"+g.Title+":\n") {
			t.Errorf("the whole help lacks the group %s", g.Title)
		}
	}
	if !strings.Contains(all, "preset quick") {
		t.Error("the whole help does not say whose values it has")
	}
	if asked := must(t, "--help-all"); !strings.Contains(asked, "--beta1=0.9") {
		t.Errorf("every flag without a command:\n%s", asked)
	}
}

// Every command has help, which exits with 0 and is written to stdout, wherever the flag stands.
func TestHelpOfAll(t *testing.T) {
	parser, err := newParser(&world{})
	if err != nil {
		t.Fatal(err)
	}
	top := must(t, "--help")
	for _, c := range describe(parser.Model)[1:] {
		if !strings.Contains(top, "\n  "+c.name+" ") {
			t.Errorf("the list of commands lacks %s", c.name)
		}
		for _, args := range [][]string{{c.name, "--help"}, {"help", c.name}, {c.name, "--help-all"}, {c.name, "-h"}} {
			if out := must(t, args...); !strings.Contains(out, itself+" "+c.name) || !strings.Contains(out, "--help-all") {
				t.Errorf("%v says\n%s", args, out)
			}
		}
	}
	if must(t, "help") != top || must(t, "-h") != top {
		t.Error("help, -h and --help differ")
	}
}

func TestVersion(t *testing.T) {
	out := must(t, "--version")
	if !strings.HasPrefix(out, "ganvas ") || !strings.Contains(out, "go1.") || !strings.Contains(out, "libtorch") || !strings.Contains(out, "products by") {
		t.Errorf("%s", out)
	}
	if must(t, "version") != out || must(t, "train", "--version") != out {
		t.Error("version and --version differ")
	}
	for want, info := range map[string]*debug.BuildInfo{
		"v1.2.3": {Main: debug.Module{Version: "v1.2.3"}},
		"from source, commit 0123456789ab of 2026-01-02, changed since": {Main: debug.Module{Version: "(devel)"}, Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.time", Value: "2026-01-02T03:04:05Z"}, {Key: "vcs.modified", Value: "true"}}},
		"of an unknown version": nil,
	} {
		if got := revision(info); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
