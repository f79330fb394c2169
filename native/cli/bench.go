package cli

import (
	"encoding/json"
	"fmt"
	"runtime"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/train"

	"github.com/alecthomas/kong"
)

type benchCmd struct {
	engineFlags
	Preset string `help:"Recipe to time." default:"classic" placeholder:"NAME"`
	Steps  int    `help:"Steps to time, after three to warm up." default:"30"`
	JSON   bool   `help:"Print one JSON object."`
	kong.Plugins
}

// benchReport is what bench prints as JSON.
type benchReport struct {
	Engine  string        `json:"engine"`
	Threads int           `json:"threads"`
	Machine string        `json:"machine"`
	Go      string        `json:"go"`
	Recipe  config.Recipe `json:"recipe"`
	Median  float64       `json:"medianMs"`
	Min     float64       `json:"minMs"`
	Max     float64       `json:"maxMs"`
	train.Timing
}

func (c *benchCmd) Run(w *world) error {
	if c.Steps < 1 || c.Steps > 100_000 {
		return fmt.Errorf("steps is %d: it must be from 1 to 100000", c.Steps)
	}
	r, err := config.FindPreset(c.Preset)
	if err != nil {
		return err
	}
	if err := applyFlags(&r, c.Plugins[0]); err != nil {
		return err
	}
	e, err := c.open(w)
	if err != nil {
		return err
	}
	defer e.Close()
	set, err := openData(w.ctx, r.Dataset, "", data.TrainSplit)
	if err != nil {
		return err
	}
	t, err := train.New(e, r, set)
	if err != nil {
		return err
	}
	timing, err := t.Bench(w.ctx, c.Steps, nil, nil)
	if err != nil {
		return err
	}
	rep := benchReport{Engine: e.Name(), Threads: e.Threads(), Machine: fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU()),
		Go: runtime.Version(), Recipe: r, Timing: timing}
	rep.Median, rep.Min, rep.Max = timing.Median()
	if c.JSON {
		return json.NewEncoder(w.out).Encode(rep)
	}
	fmt.Fprintf(w.out, "%s, %d threads: %.1f ms a step (%.1f to %.1f over %d), %.1f GFLOP/s\n", rep.Engine, rep.Threads, rep.Median, rep.Min, rep.Max, len(timing.MsPerStep), timing.GFlops)
	return nil
}
