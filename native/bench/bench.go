// Package bench times the same training step in PyTorch, to be put beside the project's own time in one run.
package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"ganvas/core/config"
	"ganvas/core/sample"
	"ganvas/native/pytorch"
)

// Peer is what PyTorch's step took.
type Peer struct {
	Engine    string    `json:"engine"`
	Threads   int       `json:"threads"`
	Median    float64   `json:"medianMs"`
	MsPerStep []float64 `json:"msPerStep"`
}

// PyTorch times a recipe's step over samples of a shape, as ganvas.py does it on the CPU, by the Python that the variable PYTHON names, or python3.
func PyTorch(ctx context.Context, r config.Recipe, s sample.Shape, steps, threads int) (*Peer, error) {
	python := os.Getenv("PYTHON")
	if python == "" {
		python = "python3"
	}
	shape, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, python, "-", "time", "--device", "cpu", "--recipe", string(r.JSON()), "--sample", string(shape), "--steps", strconv.Itoa(steps), "--threads", strconv.Itoa(threads))
	cmd.Stdin = strings.NewReader(pytorch.Script)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return nil, fmt.Errorf("there is no %s: install Python with torch, numpy and safetensors, or name it in PYTHON", python)
		}
		lines := strings.Split(strings.TrimSpace(complaint.String()), "\n")
		return nil, fmt.Errorf("%s cannot time PyTorch (%s): it needs torch, numpy and safetensors", python, lines[len(lines)-1])
	}
	var p Peer
	if err := json.Unmarshal(out.Bytes(), &p); err != nil {
		return nil, fmt.Errorf("PyTorch's timing is unreadable: %w", err)
	}
	return &p, nil
}
