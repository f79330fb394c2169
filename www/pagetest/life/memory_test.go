package life

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"ganvas/www/pagetest"
)

// mb are megabytes (10⁶ bytes) of memory.
type mb struct{ rss, pss float64 }

// renderers is what this program's browser takes in its renderer processes: all of them together, and the largest, which
// is the tab's with its Workers. Resident memory counts pages that processes share once for each of them, proportional
// memory their shares.
func renderers(t *testing.T) (all, tab mb) {
	t.Helper()
	children := map[int][]int{}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		t.Skip("there is no /proc to read memory from")
	}
	for _, path := range stats {
		b, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		pid, _ := strconv.Atoi(strings.Split(path, "/")[2])
		if _, after, found := strings.Cut(string(b), ") "); found {
			parent, _ := strconv.Atoi(strings.Fields(after)[1])
			children[parent] = append(children[parent], pid)
		}
	}
	var walk func(pid int)
	walk = func(pid int) {
		for _, child := range children[pid] {
			walk(child)
		}
		dir := filepath.Join("/proc", strconv.Itoa(pid))
		line, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		if !strings.Contains(string(line), "--type=renderer") {
			return
		}
		rollup, _ := os.ReadFile(filepath.Join(dir, "smaps_rollup"))
		var m mb
		for line := range strings.Lines(string(rollup)) {
			f := strings.Fields(line)
			if len(f) < 2 {
				continue
			}
			kb, _ := strconv.ParseFloat(f[1], 64)
			switch f[0] {
			case "Rss:":
				m.rss = kb * 1024 / 1e6
			case "Pss:":
				m.pss = kb * 1024 / 1e6
			}
		}
		all.rss, all.pss = all.rss+m.rss, all.pss+m.pss
		if m.rss > tab.rss {
			tab = m
		}
	}
	walk(os.Getpid())
	return all, tab
}

// TestMemory prints what the tab's processes take at the start and as presets follow each other: GANVAS_MEMORY=20 go test
// ./www/pagetest/life -run Memory -v, for twenty presets. It fails where they take more than 650 MB at the start
// or what is left after the presets is much more than that.
func TestMemory(t *testing.T) {
	switches, err := strconv.Atoi(os.Getenv("GANVAS_MEMORY"))
	if err != nil {
		t.Skip("GANVAS_MEMORY names no number of presets to switch through")
	}
	p := pagetest.Open(t, pagetest.View{Width: 1000, Height: 700, Scale: 1}, "preset=quick&threads=2")
	tell := func(what string) (all, tab mb) {
		all, tab = renderers(t)
		t.Logf("%-14s all renderers %4.0f MB resident, %4.0f proportional; the tab's %4.0f and %4.0f", what, all.rss, all.pss, tab.rss, tab.pss)
		return all, tab
	}
	p.Until("window.ganvas && ganvas.status().step > 200")
	all, start := tell("quick")
	if all.pss > 650 {
		t.Errorf("the renderers take %.0f MB at the start", all.pss)
	}
	names := pagetest.Eval[[]string](p, `fetch("config.json").then((r) => r.json()).then((c) => c.presets.map((p) => p.name).filter((name) => name !== "quick"))`)
	for i := range switches {
		name := names[i%len(names)]
		pagetest.Eval[bool](p, fmt.Sprintf("ganvas.start(%q).then(() => true)", name))
		p.Until("ganvas.status().step > 5")
		tell(name)
	}
	pagetest.Eval[bool](p, `ganvas.start("quick").then(() => true)`)
	p.Until("ganvas.status().step > 200")
	if _, end := tell("quick again"); switches > 0 && end.pss > 1.15*start.pss {
		t.Errorf("after %d presets the tab takes %.0f MB, at the start it took %.0f", switches, end.pss, start.pss)
	}
	p.NoErrors()
}
