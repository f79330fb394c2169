package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// program is the command line as a process of its own.
type program struct {
	cmd  *exec.Cmd
	errs *bufio.Reader
	pipe io.Closer
	said strings.Builder
}

func launch(t *testing.T, cmd *exec.Cmd, env ...string) *program {
	t.Helper()
	cmd.Env = append(append(os.Environ(), "GANVAS_AS_PROGRAM=1"), env...)
	r, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return &program{cmd: cmd, errs: bufio.NewReader(r), pipe: r}
}

// until reads what the program says up to a line that has any of the words.
func (p *program) until(t *testing.T, any ...string) {
	t.Helper()
	for {
		line, err := p.errs.ReadString('\n')
		p.said.WriteString(line)
		if slices.ContainsFunc(any, func(words string) bool { return strings.Contains(line, words) }) {
			return
		}
		if err != nil {
			_ = p.cmd.Wait()
			t.Fatalf("it ended without saying any of %q (%v): %s", any, p.cmd.ProcessState, p.said.String())
		}
	}
}

// end waits for the program's end and returns its exit code and all that it said.
func (p *program) end() (code int, said string) {
	rest, _ := io.ReadAll(p.errs)
	p.said.Write(rest)
	_ = p.cmd.Wait()
	return p.cmd.ProcessState.ExitCode(), p.said.String()
}

func unixOnly(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there are no such signals")
	}
}

// endless is a run that ends with a signal alone and saves nothing before.
func endless(data, out string) []string {
	return tiny(data, out, "--epochs", "100000", "--checkpoint-every", "100000000", "--plain")
}

// Every signal ends training with its code, once the run is saved; the line that is printed then goes on in any shell, with
// the flags that this command had.
func TestSignalsSaveFirst(t *testing.T) {
	unixOnly(t)
	data := idxFolder(t, 200)
	for name, s := range map[string]syscall.Signal{"SIGINT": syscall.SIGINT, "SIGTERM": syscall.SIGTERM, "SIGHUP": syscall.SIGHUP} {
		if s == syscall.SIGHUP && signal.Ignored(s) {
			continue // nohup's choice stands
		}
		out := filepath.Join(t.TempDir(), "it's $HOME; a run "+name)
		p := launch(t, exec.Command(os.Args[0], append(endless(data, out), "--threads", "1")...))
		p.until(t, "step 1/")
		if err := p.cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		code, said := p.end()
		if code != 128+int(s) {
			t.Fatalf("%s: exit code %d: %s", name, code, said)
		}
		read(t, filepath.Join(out, checkpointFile))
		_, line, found := strings.Cut(said, "To go on: go run ./native ")
		if !found {
			t.Fatalf("%s: it does not say how to go on: %s", name, said)
		}
		for _, kept := range []string{"--engine go", "--data ", "--checkpoint-every 100000000", "--plain", "--threads 1"} {
			if !strings.Contains(line, kept) {
				t.Errorf("%s: %s lacks %s", name, line, kept)
			}
		}
		again := launch(t, exec.Command("sh", "-c", "exec "+quote(os.Args[0])+" "+strings.TrimSpace(line)))
		again.until(t, "Going on from step")
		if err := again.cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		if code, said := again.end(); code != 128+int(s) {
			t.Errorf("%s: the line ended with %d: %s", name, code, said)
		}
	}
}

// A reader that goes away, as head does, ends training like a signal.
func TestClosedPipeSavesFirst(t *testing.T) {
	unixOnly(t)
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	p := launch(t, exec.Command(os.Args[0], append(tiny(data, out, "--epochs", "100000", "--checkpoint-every", "100000000", "--plain"), "--loss", "lsgan")...))
	p.until(t, "Least squares")
	p.pipe.Close()
	_ = p.cmd.Wait()
	if code := p.cmd.ProcessState.ExitCode(); code != 128+int(syscall.SIGPIPE) {
		t.Errorf("exit code %d", code)
	}
	read(t, filepath.Join(out, checkpointFile))
	if names, _ := filepath.Glob(filepath.Join(out, ".*.*")); len(names) > 0 {
		t.Errorf("%v are left", names)
	}
}

// What a command does after a signal, whatever it is busy with.
func TestAfterASignal(t *testing.T) {
	start := func(err io.Writer) (*world, chan error, chan os.Signal, context.CancelCauseFunc) {
		ctx, end := context.WithCancelCause(context.Background())
		return &world{ctx: ctx, err: err, holds: new(holding), afterwards: new(atomic.Value)}, make(chan error, 1), make(chan os.Signal, 3), end
	}
	t.Run("one that listens", func(t *testing.T) {
		var errs bytes.Buffer
		w, done, signals, end := start(&errs)
		go func() { <-w.ctx.Done(); done <- w.ctx.Err() }()
		signals <- syscall.SIGTERM
		if code := w.untilDone(done, signals, end); code != 143 || strings.Count(errs.String(), "\n") != 1 || strings.Contains(errs.String(), "context") {
			t.Errorf("exit code %d: %s", code, errs.String())
		}
	})
	t.Run("one that does not listen", func(t *testing.T) {
		part := filepath.Join(t.TempDir(), "half")
		write(t, part, nil)
		parts.Store(part, nil)
		defer parts.Delete(part)
		var errs bytes.Buffer
		w, done, signals, end := start(&errs)
		signals <- os.Interrupt
		if code := w.untilDone(done, signals, end); code != 130 || errs.Len() == 0 {
			t.Errorf("exit code %d: %s", code, errs.String())
		}
		if _, err := os.Stat(part); err == nil {
			t.Error("a half-written file is left")
		}
	})
	t.Run("one that saves for long", func(t *testing.T) {
		r, said := io.Pipe()
		w, done, signals, end := start(said)
		w.holds.Store(true)
		signals <- os.Interrupt
		go func() {
			line, _ := bufio.NewReader(r).ReadString('\n') // that it saves first
			if line == "" {
				return
			}
			go io.Copy(io.Discard, r)
			done <- errExit(130)
		}()
		if code := w.untilDone(done, signals, end); code != 130 {
			t.Errorf("exit code %d", code)
		}
	})
	t.Run("a second Ctrl-C", func(t *testing.T) {
		r, said := io.Pipe()
		w, done, signals, end := start(said)
		w.holds.Store(true)
		signals <- syscall.SIGTERM
		go func() {
			_, _ = bufio.NewReader(r).ReadString('\n')
			go io.Copy(io.Discard, r)
			signals <- os.Interrupt
		}()
		if code := w.untilDone(done, signals, end); code != 143 {
			t.Errorf("exit code %d", code)
		}
	})
	t.Run("a save that fails", func(t *testing.T) {
		var errs bytes.Buffer
		w, done, signals, end := start(&errs)
		w.holds.Store(true)
		signals <- os.Interrupt
		go func() { <-w.ctx.Done(); done <- errors.New("the disk is full") }()
		if code := w.untilDone(done, signals, end); code != 1 || !strings.Contains(errs.String(), "full") {
			t.Errorf("exit code %d: %s", code, errs.String())
		}
	})
}

// A folder that is deleted while a run goes on is made again, and the checkpoint is in it.
func TestDeletedFolder(t *testing.T) {
	unixOnly(t) // elsewhere it cannot be deleted
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	p := launch(t, exec.Command(os.Args[0], endless(data, out)...))
	p.until(t, "step 1/")
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	code, said := p.end()
	if code != 130 || !strings.Contains(said, "deleted") {
		t.Errorf("exit code %d: %s", code, said)
	}
	must(t, "generate", "--engine", "go", "--weights", filepath.Join(out, checkpointFile), "--count", "1", "--out", filepath.Join(t.TempDir(), "x.png"))
}

// A folder that was deleted and has become another run's is left to that one; the run that it was taken from goes on in the next.
func TestFolderTakenMeanwhile(t *testing.T) {
	unixOnly(t)
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	p := launch(t, exec.Command(os.Args[0], endless(data, out)...))
	p.until(t, "step 1/")
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	f, err := holdFolder(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.release()
	write(t, f.file(logFile), []byte("another's"))
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	code, said := p.end()
	next := out + "-2"
	if code != 130 || !strings.Contains(said, "another run's") || !strings.Contains(said, "--resume "+filepath.Join(next, checkpointFile)) {
		t.Errorf("exit code %d: %s", code, said)
	}
	read(t, filepath.Join(next, checkpointFile))
	if there := contents(t, out); len(there) != 1 || there[logFile] != "another's" {
		t.Errorf("the other run's folder has %v", there)
	}
}

// A log that is deleted while a run goes on is begun again, and that is said.
func TestDeletedLog(t *testing.T) {
	unixOnly(t)
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	p := launch(t, exec.Command(os.Args[0], endless(data, out)...))
	p.until(t, "step 1/")
	path := filepath.Join(out, logFile)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code, said := p.end(); code != 130 || !strings.Contains(said, logFile+" was deleted") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if log := string(read(t, path)); !strings.HasPrefix(log, `{"type":"started"`) || !strings.Contains(log, `{"type":"stopped"`) {
		t.Errorf("the log is %q", log)
	}
}

// A checkpoint is written after some time, however far the next epoch is.
func TestCheckpointAfterMinutes(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	p := launch(t, exec.Command(os.Args[0], append(endless(data, out), "--checkpoint-minutes", "0.001")...))
	p.until(t, "step 1/")
	for began := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(out, checkpointFile)); err == nil {
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatal("no checkpoint")
		}
	}
}

// A checkpoint that cannot be written does not end the run: it is said, and the next one is tried.
func TestCheckpointThatCannotBeWritten(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	checkpoint := filepath.Join(out, checkpointFile)
	if err := os.MkdirAll(checkpoint, 0o777); err != nil { // a folder stands in its place, and --overwrite removes it
		t.Fatal(err)
	}
	p := launch(t, exec.Command(os.Args[0], append(tiny(data, out, "--epochs", "100000", "--checkpoint-every", "5", "--plain"), "--overwrite")...))
	p.until(t, "step 1/")
	for os.Remove(checkpoint) != nil || os.Mkdir(checkpoint, 0o777) != nil {
		time.Sleep(time.Millisecond) // until the folder is there again, between two checkpoints
	}
	p.until(t, "the run goes on")
	if err := os.Remove(checkpoint); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); ; time.Sleep(time.Millisecond) {
		if about, err := os.Stat(checkpoint); err == nil && about.Mode().IsRegular() {
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatal("no checkpoint after the way was free")
		}
	}
}

// Without a word the program trains in a new folder, and its first two lines say what, where and how to see the rest.
func TestBareCommand(t *testing.T) {
	unixOnly(t)
	dir := t.TempDir()
	for _, folder := range []string{filepath.Join("runs", "classic"), filepath.Join("runs", "classic-2")} {
		cmd := exec.Command(os.Args[0])
		cmd.Dir = dir
		p := launch(t, cmd)
		p.until(t, "\n")
		p.until(t, "\n")
		first := p.said.String()
		for _, word := range []string{"classic", folder, "--help"} {
			if !strings.Contains(first, word) {
				t.Errorf("its first lines are %q", first)
			}
		}
		if strings.HasSuffix(folder, "-2") { // that it is another one is all that is to be seen
			_ = p.cmd.Process.Kill()
			p.end()
			continue
		}
		p.until(t, "step 1/")
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		if code, said := p.end(); code != 130 || !strings.Contains(said, "--resume "+filepath.Join(folder, checkpointFile)) {
			t.Errorf("exit code %d: %s", code, said)
		}
		read(t, filepath.Join(dir, folder, checkpointFile))
	}
}
