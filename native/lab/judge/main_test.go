package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/quality/judge"
	"ganvas/native/lab/program"
)

// digits writes n pictures, each with a bar at a height of its own for each class, as a folder of IDX files.
func digits(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	images, labels := make([]byte, n*judge.Side*judge.Side), make([]byte, n)
	for i := range n {
		labels[i] = byte(i % judge.Classes)
		bar := images[i*judge.Side*judge.Side+int(2+2*labels[i])*judge.Side:]
		copy(bar[:2*judge.Side], bytes.Repeat([]byte{255}, 2*judge.Side))
	}
	for _, half := range []string{"train", "t10k"} {
		for name, b := range map[string][]byte{
			"-images-idx3-ubyte": idx(images, n, judge.Side, judge.Side), "-labels-idx1-ubyte": idx(labels, n),
		} {
			if err := os.WriteFile(filepath.Join(dir, half+name), b, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

func idx(values []byte, dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	return append(b, values...)
}

// A judge is trained on labelled pictures, written where it was asked for, and can be loaded.
func TestJudge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "judge.safetensors")
	var out, told bytes.Buffer
	c := command{Flags: program.Flags{Data: digits(t, 100), Threads: 1}, Out: path, Epochs: 2, Batch: 50, Rate: 0.003, Seed: 1}
	tells = 0 // and within an epoch it says how far it is
	if err := c.Run(t.Context(), &out, &told); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(told.String(), "25 % ") || !strings.Contains(told.String(), "\n75 % ") {
		t.Errorf("of how far it is it says %q", told.String())
	}
	if !strings.Contains(out.String(), "epoch 2 of 2") || !strings.Contains(out.String(), "of 100 held-out images") {
		t.Errorf("it says %s", out.String())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := judge.Load(cpu.New(nil), 10, b); err != nil {
		t.Error(err)
	}
}

// TestMain lets the test program stand in for the real one, so that it can be ended.
func TestMain(m *testing.M) {
	if os.Getenv("GANVAS_AS_PROGRAM") == "1" {
		main()
	}
	os.Exit(m.Run())
}

// Every signal ends the training with its code and one sentence, and leaves nothing that could be taken for a judge.
func TestSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("there are no such signals")
	}
	data := digits(t, 100)
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		if s == syscall.SIGHUP && signal.Ignored(s) {
			continue // nohup's choice stands
		}
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "--data", data, "--epochs", "1000", "--batch", "10", "--threads", "1", "--out", filepath.Join(dir, "judge.safetensors"))
		cmd.Env = append(os.Environ(), "GANVAS_AS_PROGRAM=1", "GANVAS_RERUN=1")
		var said bytes.Buffer
		cmd.Stderr = &said
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		if line, err := bufio.NewReader(out).ReadString('\n'); !strings.Contains(line, "epoch 1 of") {
			t.Fatalf("it says %q (%v) and %q", line, err, said.String())
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 128+int(s) || !strings.HasPrefix(said.String(), "judge: stopped") || strings.Count(said.String(), "\n") != 1 {
			t.Errorf("%v: exit code %d: %s", s, code, said.String())
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%v leaves %v (%v)", s, left, err)
		}
	}
}

// What cannot be is refused with the flag's name, before anything is computed.
func TestRefused(t *testing.T) {
	good := command{Flags: program.Flags{Data: t.TempDir()}, Out: filepath.Join(t.TempDir(), "x"), Epochs: 1, Batch: 10, Rate: 0.1}
	for says, change := range map[string]func(c *command){
		"epochs is 0":          func(c *command) { c.Epochs = 0 },
		"batch is 1":           func(c *command) { c.Batch = 1 },
		"rate is 0":            func(c *command) { c.Rate = 0 },
		"threads is -1":        func(c *command) { c.Threads = -1 },
		"there is no folder":   func(c *command) { c.Out = filepath.Join("nowhere", "x") },
		"batch is 101 and the": func(c *command) { c.Batch, c.Data = 101, digits(t, 100) },
	} {
		c := good
		change(&c)
		if err := c.Run(t.Context(), &bytes.Buffer{}, &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("it says %v: want %q", err, says)
		}
	}
}
