// Package bench times the same training step in PyTorch, to be put beside the project's own time in one run.
package bench

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

//go:embed step.py
var script string

// Peer is what PyTorch's step took.
type Peer struct {
	Engine    string    `json:"engine"`
	Threads   int       `json:"threads"`
	Median    float64   `json:"medianMs"`
	MsPerStep []float64 `json:"msPerStep"`
}

// Presets are those whose step PyTorch can be timed with.
var Presets = []string{"classic", "dcgan"}

// PyTorch times a preset's step by the Python that the variable PYTHON names, or python3.
func PyTorch(ctx context.Context, preset string, steps, threads, batch int) (*Peer, error) {
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	cmd := exec.CommandContext(ctx, python, "-", "--preset", preset, "--steps", strconv.Itoa(steps), "--threads", strconv.Itoa(threads), "--batch", strconv.Itoa(batch))
	cmd.Stdin = strings.NewReader(script)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, fmt.Errorf("there is no %s: install Python with torch and numpy, or name it in PYTHON", python)
		}
		lines := strings.Split(strings.TrimSpace(complaint.String()), "\n")
		return nil, fmt.Errorf("%s cannot time PyTorch (%s): it needs torch and numpy", python, lines[len(lines)-1])
	}
	var p Peer
	if err := json.Unmarshal(out.Bytes(), &p); err != nil {
		return nil, fmt.Errorf("PyTorch's timing is unreadable: %w", err)
	}
	return &p, nil
}
