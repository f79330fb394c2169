package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// Work of less than two seconds is not told of; longer work is, with how far it is.
func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var errs bytes.Buffer
		w := &world{err: &errs}
		b := w.busy("thinking")
		time.Sleep(quiet - 1)
		b.end()
		if errs.Len() > 0 {
			t.Errorf("it says %q", errs.String())
		}
		b = w.busy("thinking")
		b.at("thinking hard", 1, 4)
		time.Sleep(quiet + busyLines + 1)
		b.end()
		b.end()
		if got := errs.String(); got != "thinking hard: 25 % (2s)\nthinking hard: 25 % (12s)\n" {
			t.Errorf("it says %q", got)
		}
	})
}

// Every command that computes for long says so, and a signal ends it with its code and one sentence.
func TestCommandsTellAndObey(t *testing.T) {
	unixOnly(t)
	data, dir := idxFolder(t, 3000), t.TempDir()
	run := filepath.Join(dir, "run")
	must(t, tiny(data, run, "--epochs", "1")...)
	weights := filepath.Join(run, generatorFile)
	traces := []string{"verify", "--engine", "go"}
	for range 3000 {
		traces = append(traces, "../../core/trace/testdata/mlp-bce.safetensors")
	}
	for name, args := range map[string][]string{
		"generate": {"generate", "--engine", "go", "--weights", weights, "--count", "1000000", "--out", filepath.Join(dir, "x.npy")},
		"eval":     {"eval", "--engine", "go", "--weights", weights, "--data", data, "--count", "1000000"},
		"publish":  {"publish", "--engine", "go", "--weights", weights, "--data", data, "--count", "1000000", "--name", "x", "--dir", dir},
		"bench":    {"bench", "--engine", "go", "--preset", "ring-2d", "--steps", "100000"},
		"verify":   traces,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], args...)
			cmd.Stdout = nil
			p := launch(t, cmd, "GANVAS_TELL_AT_ONCE=1")
			p.until(t, "(0s)")
			if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			code, said := p.end()
			last := said[strings.LastIndex(strings.TrimSpace(said), "\n")+1:]
			if code != 128+int(syscall.SIGTERM) || !strings.HasPrefix(last, "ganvas: ") || strings.Contains(said, "context canceled") {
				t.Errorf("exit code %d: %s", code, said)
			}
		})
	}
}
