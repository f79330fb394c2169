package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"ganvas/www/serve"
)

// TestMain lets the test program stand in for the real one, so that it can be ended.
func TestMain(m *testing.M) {
	if os.Getenv("GANVAS_AS_PROGRAM") == "1" {
		main()
		return
	}
	os.Exit(m.Run())
}

// A site whose building was ended by a signal is no success.
func TestEndedWhileBuilding(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such signals")
	}
	cmd := exec.Command(os.Args[0], "--build", filepath.Join(t.TempDir(), "site"))
	cmd.Env = append(os.Environ(), "GANVAS_AS_PROGRAM=1")
	out, err := cmd.StderrPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	said := bufio.NewReader(out)
	if line, err := said.ReadString('\n'); !strings.Contains(line, "building") {
		t.Fatalf("it begins with %q (%v)", line, err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(said)
	if err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 128+int(syscall.SIGTERM) || !strings.HasSuffix(string(rest), "ganvas: stopped before the page was built\n") {
		t.Errorf("exit code %d: %s", code, rest)
	}
}

func TestTakenPort(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	err = run(context.Background(), flags{Addr: l.Addr().String()})
	if err == nil || !strings.Contains(err.Error(), "taken") || !strings.Contains(err.Error(), "--addr") {
		t.Errorf("a taken port: %v", err)
	}
	if err := run(context.Background(), flags{Addr: "nonsense"}); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("an address that is none: %v", err)
	}
}

// A folder with somebody's files is not built into, and nothing in it is touched.
func TestBuildsIntoNoForeignFolder(t *testing.T) {
	dir := t.TempDir()
	theirs := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(theirs, []byte("years"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(context.Background(), flags{Build: dir}); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder with somebody's files: %v", err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v afterwards (%v)", files, err)
	}
}

func TestServesUntilToldToStop(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serveUntil(ctx, serve.Server(t.TempDir(), serve.NamesOf(l.Addr().String())), l) }()
	r, err := http.Get("http://" + l.Addr().String() + "/")
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("it serves on")
	}
}

// A site that was built before is served as it is, and nothing else is.
func TestServesABuiltSite(t *testing.T) {
	dir := t.TempDir()
	if err := run(context.Background(), flags{Addr: "127.0.0.1:0", Site: dir}); err == nil || !strings.Contains(err.Error(), "--build") {
		t.Errorf("a folder without a page: %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "trainer.wasm"), []byte("built"), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := page(context.Background(), flags{Site: dir}); err != nil || got != dir {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := parse([]string{"--site", dir, "--build", dir}); err == nil {
		t.Error("a site is to be built and served as it is")
	}
}

// An address that stands for all of the machine's is printed as one that a browser can open.
func TestReachable(t *testing.T) {
	for addr, want := range map[string]string{"[::]:8080": "localhost:8080", "0.0.0.0:9": "localhost:9", "127.0.0.1:8080": "127.0.0.1:8080", "[::1]:8080": "[::1]:8080", "192.168.1.7:1": "192.168.1.7:1"} {
		if got := reachable(addr); got != want {
			t.Errorf("%s is to be opened as %s, not %s", addr, want, got)
		}
	}
}

func TestCommandLine(t *testing.T) {
	f, err := parse([]string{"--addr", "0.0.0.0:80", "--host", "a.example", "--host", "b.example", "--no-open"})
	if err != nil || f.Addr != "0.0.0.0:80" || len(f.Host) != 2 || f.Open == nil || *f.Open {
		t.Errorf("%+v, %v", f, err)
	}
	for args, says := range map[string]string{"train --preset quick": "go run ./native train", "--adr x": "--addr", "--addr": "--addr", "--addr x y": "y"} {
		if _, err := parse(strings.Fields(args)); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", args, err)
		}
	}
}
