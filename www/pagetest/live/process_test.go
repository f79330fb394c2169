package live

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"ganvas/core/sources"
	"ganvas/www/pagetest"
)

// native is the program, built once. The go command keeps a test's result while the files that the test opened stay the same: the
// program's sources are read for that.
var native = sync.OnceValues(func() (string, error) {
	if _, err := sources.Sum(pagetest.Root, "core", "native", "wasm/kernel", "www/serve", "www/site", "go.mod", "go.sum"); err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "ganvas-native-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "ganvas")
	cmd := exec.Command("go", "build", "-o", path, "ganvas/native")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", &failed{string(out), err}
	}
	return path, nil
})

type failed struct {
	out string
	err error
}

func (f *failed) Error() string { return f.err.Error() + ": " + f.out }

// process is a native program that trains behind a socket.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	link string // that it printed, without its token
	key  string // #token=…, "" without one
	view string // the same to look only
	dir  string // it works in

	mu   sync.Mutex
	said bytes.Buffer
	over chan struct{} // once it has ended
}

var watchAt = regexp.MustCompile(`^Watch it at (\S+?)/(#\S+)?, or without a hand in it at (\S+?)/\?view(#\S+)?$`)

// start runs the program and waits until it lets pages in.
func start(t *testing.T, dir string, args ...string) *process {
	t.Helper()
	pagetest.Chromium(t)
	return begin(t, dir, exec.Command(program(t), append(args, common(t)...)...))
}

// program is the path of the program.
func program(t *testing.T) string {
	t.Helper()
	path, err := native()
	if err != nil {
		t.Fatalf("the program cannot be built: %v", err)
	}
	return path
}

// common is what every program is told.
func common(t *testing.T) []string {
	return []string{"--site", pagetest.Site(t), "--engine", "go", "--threads", "1"}
}

// begin runs a command that becomes the program, and waits until that lets pages in.
func begin(t *testing.T, dir string, cmd *exec.Cmd) *process {
	t.Helper()
	p := &process{t: t, dir: dir, cmd: cmd, over: make(chan struct{})}
	p.cmd.Dir, p.cmd.Env = dir, append(append(os.Environ(), "GANVAS_RERUN=1"), cmd.Env...)
	tie(p.cmd)
	pipe, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	links := make(chan []string, 1)
	go func() {
		defer close(p.over)
		for lines := bufio.NewScanner(pipe); lines.Scan(); {
			p.mu.Lock()
			p.said.WriteString(lines.Text() + "\n")
			p.mu.Unlock()
			if m := watchAt.FindStringSubmatch(lines.Text()); m != nil {
				links <- m
			}
		}
		_ = p.cmd.Wait()
	}()
	t.Cleanup(p.kill)
	select {
	case m := <-links:
		p.link, p.key, p.view = m[1], m[2], m[4]
	case <-p.over:
		t.Fatalf("it ends with %q", p.words())
	case <-time.After(2 * time.Minute):
		t.Fatalf("it lets nobody in: %q", p.words())
	}
	return p
}

// words is what it has said.
func (p *process) words() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

// kill ends it as a power cut would.
func (p *process) kill() {
	select {
	case <-p.over: // its number may be another's by now
	default:
		end(p.cmd)
		<-p.over
	}
}

// ended waits until it has ended by itself, and returns its exit code.
func (p *process) ended() int {
	p.t.Helper()
	select {
	case <-p.over:
	case <-time.After(2 * time.Minute):
		p.t.Fatalf("it does not end: %q", p.words())
	}
	return p.cmd.ProcessState.ExitCode()
}

// visit opens a tab on its page.
func (p *process) visit(query string) *pagetest.Visit {
	p.t.Helper()
	v := pagetest.Beside(p.t, pagetest.Desktop, p.link)
	if p.key != "" && strings.Contains(query, "view") {
		query += p.view
	} else {
		query += p.key
	}
	v.Goto(query)
	return v
}

// small is a run whose steps take a few milliseconds.
var small = []string{"--preset", "classic", "--generator", "64-64", "--discriminator", "64-64", "--batch", "32", "--addr", "127.0.0.1:0"}
