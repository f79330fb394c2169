package rerun

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"ganvas/core/longtest"
)

// way is how the program is started, and what it says of that.
type way struct {
	dir  string
	env  []string
	says string
}

// The program started by go run becomes one with SIMD, with its arguments, output and exit code, for which all of it is compiled anew.
func TestLongProgramBecomesFaster(t *testing.T) {
	longtest.Test(t)
	becomes(t, true, map[string]way{"faster": {says: ""}})
}

// Where that cannot be, or is not to be, it says why or just goes on.
func TestProgramStaysAsItIs(t *testing.T) {
	becomes(t, false, map[string]way{
		"no go":          {env: []string{"PATH=/nowhere"}},
		"no module":      {dir: t.TempDir()},
		"no toolchain":   {env: []string{"GOPROXY=off", "GOMODCACHE=" + t.TempDir(), "XDG_CACHE_HOME=" + t.TempDir(), "GOFLAGS=-mod=mod"}, says: "without SIMD"},
		"marked to stay": {env: []string{mark + "=1", "PATH=/nowhere"}},
	})
}

func becomes(t *testing.T, faster bool, ways map[string]way) {
	t.Helper()
	if simd || runtime.GOARCH != "amd64" {
		t.Skip("this build has SIMD already, or cannot have it")
	}
	if testing.Short() {
		t.Skip("builds the program")
	}
	// The go command keeps a test's result while the files that the test opened stay the same: these are what it builds.
	if _, err := (&program{root: filepath.Join("..", "..")}).sources(); err != nil {
		t.Fatal(err)
	}
	native := filepath.Join(t.TempDir(), "native")
	if out, err := exec.Command("go", "build", "-o", native, "ganvas/native").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, c := range ways {
		t.Run(name, func(t *testing.T) {
			run := func(args ...string) (out, errs string, code int) {
				cmd := exec.Command(native, args...)
				cmd.Dir, cmd.Env = c.dir, append(os.Environ(), c.env...)
				var said, complained bytes.Buffer
				cmd.Stdout, cmd.Stderr = &said, &complained
				_ = cmd.Run()
				return strings.TrimSpace(said.String()), complained.String(), cmd.ProcessState.ExitCode()
			}
			out, errs, code := run("verify", "--engine", "go", "nothing-here")
			if code != 1 || strings.Count(out, "nothing-here") != 1 || strings.Contains(out, "\n") {
				t.Errorf("exit code %d, %q, %q: want 1 and a line that names the file", code, out, errs)
			}
			if got := strings.Contains(errs, "without SIMD"); got != (c.says != "") {
				t.Errorf("it says %q", errs)
			}
			out, errs, code = run("bench", "--engine", "go", "--preset", "ring-2d", "--steps", "1", "--json")
			if got := strings.Contains(out, "go simd"); code != 0 || got != faster {
				t.Errorf("it computed so: exit code %d, %s, %q", code, out, errs)
			}
		})
	}
}

// module writes a module of one program that prints what it was given, ends with code 7 on a signal and with 3 else.
func module(t *testing.T) *program {
	t.Helper()
	dir := t.TempDir()
	source := `package main
import ("fmt"; "os"; "os/signal"; "syscall"; "io")
func main() {
	c := make(chan os.Signal, 4)
	signal.Notify(c, syscall.SIGTERM, os.Interrupt)
	in, _ := io.ReadAll(os.Stdin)
	fmt.Println(os.Args[1:], string(in))
	if len(os.Args) > 1 && os.Args[1] == "wait" { fmt.Println(<-c); os.Exit(7) }
	os.Exit(3)
}
`
	for name, text := range map[string]string{"go.mod": "module tried\n\ngo 1.26\n", "go.sum": "", "native/main.go": source, "core/core.go": "package core\n", "wasm/kernel/kernel.go": "package kernel\n", "www/serve/serve.go": "package serve\n", "www/site/site.go": "package site\n"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return &program{root: dir, pkg: "./native", cache: filepath.Join(t.TempDir(), "cache")}
}

var tagged = Build{Tags: []string{"some"}, Env: []string{"CGO_ENABLED=0"}, Long: "something large"}

func built(t *testing.T, p *program, b Build, errs io.Writer) string {
	t.Helper()
	path, err := p.binary(context.Background(), b, errs)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// A program is built once for its source, its tags and its environment, and anew when any of them changes.
func TestBuildsAreKept(t *testing.T) {
	p := module(t)
	var said bytes.Buffer
	if p.compiled(tagged) {
		t.Error("nothing is compiled, and it passes for that")
	}
	first := built(t, p, tagged, &said)
	if !strings.Contains(said.String(), "compiling something large") {
		t.Errorf("the first compilation says %q", said.String())
	}
	said.Reset()
	if again := built(t, p, tagged, &said); again != first || said.Len() > 0 {
		t.Errorf("the second start built %s after %s and said %q", again, first, said.String())
	}
	for what, change := range map[string]func() Build{
		"another environment": func() Build {
			return Build{Tags: tagged.Tags, Env: []string{"CGO_ENABLED=0", "CGO_LDFLAGS=-L/elsewhere"}}
		},
		"another tag":        func() Build { return Build{Tags: []string{"other"}, Env: tagged.Env} },
		"a changed source":   func() Build { touch(t, p, "core/core.go", "package core\n\nconst X = 1\n"); return tagged },
		"a source more":      func() Build { touch(t, p, "core/more.go", "package core\n"); return tagged },
		"other requirements": func() Build { touch(t, p, "go.mod", "module tried\n\ngo 1.25\n"); return tagged },
	} {
		b := change()
		if slow := len(b.Env) > 1 || b.Tags[0] != tagged.Tags[0]; p.compiled(b) == slow {
			t.Errorf("%s: what takes minutes is compiled already: %v", what, !slow)
		}
		if path := built(t, p, b, io.Discard); path == first {
			t.Errorf("%s did not build the program anew", what)
		}
	}
	last := built(t, p, tagged, io.Discard)
	touch(t, p, "core/core_test.go", "package core\n")
	touch(t, p, "core/testdata/x.go", "package x\n")
	if path := built(t, p, tagged, io.Discard); path != last {
		t.Error("a test's source built the program anew")
	}
	entries, err := os.ReadDir(p.cache)
	if err != nil {
		t.Fatal(err)
	}
	folders := 0
	for _, e := range entries {
		if e.IsDir() {
			folders++
		}
	}
	if folders > kept {
		t.Errorf("%d builds are kept, not %d", folders, kept)
	}
}

func touch(t *testing.T, p *program, name, text string) {
	t.Helper()
	path := filepath.Join(p.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A program that does not compile is one sentence, and leaves nothing that a later start could take for a program.
func TestFailedBuildLeavesNothing(t *testing.T) {
	p := module(t)
	touch(t, p, "native/main.go", "package main\n\nfunc main() { nonsense() }\n")
	_, err := p.binary(context.Background(), tagged, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "undefined: nonsense") || strings.Contains(err.Error(), "\n") {
		t.Errorf("the error is %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := p.binary(ctx, tagged, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("a stopped compilation is %v", err)
	}
	if found, _ := filepath.Glob(filepath.Join(p.cache, "*", "ganvas*")); len(found) > 0 {
		t.Errorf("it left %v", found)
	}
}

// TestMain lets the test program stand in for one that is replaced.
func TestMain(m *testing.M) {
	if path := os.Getenv("GANVAS_REPLACE_BY"); path != "" {
		code, err := replace(path, append([]string{path}, os.Args[1:]...), os.Environ())
		if err != nil {
			code = 99
		}
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// The new program has the old one's arguments, input, output, exit code and signals.
func TestReplacedProgramIsTheSameToOthers(t *testing.T) {
	path := built(t, module(t), tagged, io.Discard)
	old := func(args ...string) (*exec.Cmd, *bytes.Buffer) {
		var out bytes.Buffer
		cmd := exec.Command(os.Args[0], args...)
		cmd.Env = append(os.Environ(), "GANVAS_REPLACE_BY="+path)
		cmd.Stdin, cmd.Stdout = strings.NewReader("input"), &out
		return cmd, &out
	}
	cmd, out := old("a", "b c")
	_ = cmd.Run()
	if cmd.ProcessState.ExitCode() != 3 || out.String() != "[a b c] input\n" {
		t.Errorf("exit code %d, output %q", cmd.ProcessState.ExitCode(), out)
	}
	if runtime.GOOS == "windows" {
		return
	}
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		cmd, _ := old("wait")
		cmd.Stdout = nil
		pipe, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		first := make([]byte, len("[wait] input\n"))
		if _, err := io.ReadFull(pipe, first); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(pipe)
		if err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if cmd.ProcessState.ExitCode() != 7 || string(rest) != s.String()+"\n" {
			t.Errorf("%v: exit code %d, output %q", s, cmd.ProcessState.ExitCode(), rest)
		}
	}
}

// Away from a terminal what takes long is said at once and on, and what is quick not at all.
func TestTick(t *testing.T) {
	var out bytes.Buffer
	tick(&out, "quick", time.Hour)()
	if out.Len() > 0 {
		t.Errorf("it says %q", out.String())
	}
}

func TestModuleRootIsFoundFromInside(t *testing.T) {
	p := module(t)
	inner := filepath.Join(p.root, "core", "deep")
	if err := os.MkdirAll(inner, 0o777); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{p.root: p.root, inner: p.root, filepath.Dir(p.root): ""} {
		if got := moduleRoot(dir, "tried"); got != want {
			t.Errorf("from %s: %q", dir, got)
		}
	}
	if got := moduleRoot(inner, "another"); got != "" {
		t.Errorf("another module was found in %s", got)
	}
}
