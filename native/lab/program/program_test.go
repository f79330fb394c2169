package program

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// TestMain lets the test program stand in for one of the authors'.
func TestMain(m *testing.M) {
	if os.Getenv("GANVAS_AS_PROGRAM") == "1" {
		os.Exit(Main("tried", "Does nothing, until it is ended.", new(tried)))
	}
	os.Exit(m.Run())
}

// tried is a program without an end.
type tried struct {
	Deaf bool `help:"Hear of nothing, as while a file is read."`
}

func (c *tried) Run(ctx context.Context, out, errs io.Writer) error {
	fmt.Fprintln(out, "on its way")
	if c.Deaf {
		select {}
	}
	<-ctx.Done()
	return ctx.Err()
}

// Every signal ends every program with its code and one sentence, also one that hears of nothing.
func TestSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such signals")
	}
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if s == syscall.SIGHUP && signal.Ignored(s) {
			continue // nohup's choice stands
		}
		for _, args := range [][]string{nil, {"--deaf"}} {
			t.Run(fmt.Sprint(s, args), func(t *testing.T) {
				t.Parallel()
				cmd := exec.Command(os.Args[0], args...)
				cmd.Env = append(os.Environ(), "GANVAS_AS_PROGRAM=1", "GANVAS_RERUN=1")
				var said strings.Builder
				cmd.Stderr = &said
				out, err := cmd.StdoutPipe()
				if err == nil {
					err = cmd.Start()
				}
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = cmd.Process.Kill() })
				if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
					t.Fatalf("it says %q: %v", line, err)
				}
				if err := cmd.Process.Signal(s); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait()
				if code := cmd.ProcessState.ExitCode(); code != 128+int(s) || !strings.HasPrefix(said.String(), "tried: stopped") || strings.Count(said.String(), "\n") != 1 {
					t.Errorf("exit code %d: %s", code, said.String())
				}
			})
		}
	}
}

// A file is replaced whole, and where that fails neither the old one nor the folder is changed.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "table.md")
	for _, text := range []string{"first", "second"} {
		if err := Write(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != text {
			t.Errorf("it holds %q, %v", b, err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "taken"), 0o777); err != nil {
		t.Fatal(err)
	}
	if Write(filepath.Join(dir, "taken"), nil) == nil {
		t.Error("a folder was replaced by a file")
	}
	if left, _ := os.ReadDir(dir); len(left) != 2 {
		t.Errorf("the folder has %v", left)
	}
}
