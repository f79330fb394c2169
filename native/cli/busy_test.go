package cli

import (
	"bytes"
	"encoding/binary"
	"fmt"
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
	huge := hugeWeights(t)
	either := []string{"measuring", "making images"} // what is measured is made first, and the line is written at any moment
	for what, c := range map[string]struct {
		tells []string
		args  []string
	}{
		"generate":     {[]string{"making images"}, []string{"generate", "--engine", "go", "--weights", weights, "--count", "1000000", "--out", filepath.Join(dir, "x.npy")}},
		"eval":         {either, []string{"eval", "--engine", "go", "--weights", weights, "--data", data, "--count", "1000000"}},
		"publish":      {either, []string{"publish", "--engine", "go", "--weights", weights, "--data", data, "--count", "1000000", "--name", "x", "--dir", dir}},
		"bench":        {[]string{"timing"}, []string{"bench", "--engine", "go", "--preset", "ring-2d", "--steps", "100000"}},
		"verify":       {[]string{"replaying"}, traces},
		"a large file": {[]string{"reading"}, []string{"generate", "--engine", "go", "--weights", huge, "--out", filepath.Join(dir, "y.png")}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], c.args...)
			cmd.Stdout = nil
			p := launch(t, cmd, "GANVAS_TELL_AT_ONCE=1")
			p.until(t, c.tells...)
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

// hugeWeights is a file of weights that it takes a second to read, of one tensor, whose numbers are a hole in the file.
func hugeWeights(t *testing.T) string {
	t.Helper()
	const bytes = 1 << 30
	head := fmt.Sprintf(`{"0.weight":{"dtype":"F32","shape":[1024,%d],"data_offsets":[0,%d]}}`, bytes/4096, bytes)
	path := filepath.Join(t.TempDir(), "huge.safetensors")
	write(t, path, append(binary.LittleEndian.AppendUint64(nil, uint64(len(head))), head...))
	if err := os.Truncate(path, int64(8+len(head)+bytes)); err != nil {
		t.Skip(err)
	}
	return path
}
