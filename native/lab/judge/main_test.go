package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
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
	var out bytes.Buffer
	c := command{Flags: program.Flags{Data: digits(t, 100), Threads: 1}, Out: path, Epochs: 2, Batch: 50, Rate: 0.003, Seed: 1}
	if err := c.Run(t.Context(), &out, &out); err != nil {
		t.Fatal(err)
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
