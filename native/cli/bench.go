package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"

	"ganvas/core/config"
	"ganvas/core/data"
	gpuengine "ganvas/core/engine/gpu"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/native/bench"
	"ganvas/native/kernels"

	"github.com/alecthomas/kong"
)

type benchCmd struct {
	engineFlags
	Preset  string `help:"Recipe to time (${presets})." default:"classic" placeholder:"NAME"`
	Steps   int    `help:"Steps to time, after three to warm up." default:"30"`
	Against string `help:"Time the same step in PyTorch as well (native/pytorch/ganvas.py time), by the Python that PYTHON names." enum:"none,pytorch" default:"none"`
	JSON    bool   `help:"Print one JSON object."`
	kong.Plugins
}

// benchReport is what bench prints as JSON.
type benchReport struct {
	Engine    string        `json:"engine"`
	Threads   int           `json:"threads"`
	Machine   string        `json:"machine"`
	Processor string        `json:"processor"`
	Kernels   string        `json:"kernels,omitempty"` // the Go engine's, and why those
	Go        string        `json:"go"`
	Recipe    config.Recipe `json:"recipe"`
	Median    float64       `json:"medianMs"`
	Min       float64       `json:"minMs"`
	Max       float64       `json:"maxMs"`
	run.Timing
	Peak  float64     `json:"peakGflops,omitempty"` // of the Go engine's bare loop
	Share float64     `json:"shareOfPeak,omitempty"`
	Limit float64     `json:"limitGflops,omitempty"` // of the processor's multiply-adds in the kernels' vectors
	Peer  *bench.Peer `json:"peer,omitempty"`
	GPU   *gpuWork    `json:"gpu,omitempty"` // of a step
}

// gpuWork is what a step asks of a GPU.
type gpuWork struct {
	Dispatches   float64 `json:"dispatches"`   // kernels started
	BytesBound   float64 `json:"bytesBound"`   // of the buffers that they were bound to
	BytesWritten float64 `json:"bytesWritten"` // brought to it
	BytesRead    float64 `json:"bytesRead"`    // and from it,
	Waits        float64 `json:"waits"`        // in so many waits
	Tiles        string  `json:"tiles"`        // how many large products are made in which, where that was timed
}

// workOf is a step's share of what was counted over so many.
func workOf(s gpuengine.Stats, steps int) *gpuWork {
	n := float64(steps)
	return &gpuWork{float64(s.Dispatches) / n, float64(s.Bound) / n, float64(s.Written) / n, float64(s.Read) / n, float64(s.Reads) / n, ""}
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
	set, err := dataFlags{}.samples(w, r.Dataset, data.TrainSplit, sample.Shape{})
	if err != nil {
		return err
	}
	r = fitted(w, r, c.Preset, c.Plugins[0], set.Shape())
	w.sayFound()
	if g := c.faster(w, e, r, set); g != e {
		e = g
		defer g.Close()
	}
	t, err := run.New(e, r, set)
	if err != nil {
		return err
	}
	peak := 0.0
	own := strings.HasPrefix(e.Name(), "cpu")
	if own {
		peak = bench.Peak(e.Threads())
	}
	works, done := w.busy("timing steps"), 0
	defer works.end()
	onGPU, _ := e.(*gpuengine.Engine)
	var before gpuengine.Stats
	timing, err := t.Bench(w.ctx, c.Steps, nil, func() {
		if done++; done == run.WarmUp && onGPU != nil {
			before = onGPU.Stats()
		}
		works.at("timing steps", min(done, c.Steps), c.Steps)
	})
	if err != nil {
		return err
	}
	rep := benchReport{Engine: e.Name(), Threads: e.Threads(), Machine: fmt.Sprintf("%s/%s, %d cores", runtime.GOOS, runtime.GOARCH, runtime.NumCPU()),
		Processor: kernels.Processor(), Kernels: w.computes, Go: runtime.Version(), Recipe: r, Timing: timing}
	rep.Median, rep.Min, rep.Max = timing.Median()
	if own {
		if rep.Peak = max(peak, bench.Peak(e.Threads())); rep.Peak > 0 {
			rep.Share = rep.GFlops / rep.Peak
		}
		rep.Limit = bench.Limit(e.Threads())
	}
	if onGPU != nil && done > run.WarmUp {
		rep.GPU = workOf(onGPU.Stats().Sub(before), done-run.WarmUp)
		rep.GPU.Tiles = onGPU.Tuned()
	}
	if c.Against == "pytorch" {
		works.at("timing PyTorch's steps", 0, 0)
		if rep.Peer, err = bench.PyTorch(w.ctx, r, set.Shape(), c.Steps, e.Threads()); err != nil {
			return err
		}
	}
	works.end()
	if c.JSON {
		return json.NewEncoder(w.out).Encode(rep)
	}
	fmt.Fprintf(w.out, "Processor: %s.\n", rep.Processor)
	if rep.Kernels != "" {
		fmt.Fprintln(w.out, rep.Kernels)
	}
	fmt.Fprintf(w.out, "%s, %d threads: %.1f ms a step (%.1f to %.1f over %d), %.1f GFLOP/s\n", rep.Engine, rep.Threads, rep.Median, rep.Min, rep.Max, len(timing.MsPerStep), timing.GFlops)
	if g := rep.GPU; g != nil {
		fmt.Fprintf(w.out, "A step is %.0f dispatches over %.1f MB, with %.1f kB brought to the GPU and %.1f kB from it in %.0f waits.\n",
			g.Dispatches, g.BytesBound/1e6, g.BytesWritten/1e3, g.BytesRead/1e3, g.Waits)
		if g.Tiles != "" {
			fmt.Fprintf(w.out, "Large products as timed here: %s.\n", g.Tiles)
		}
	}
	if rep.Peak > 0 {
		fmt.Fprintf(w.out, "That is %.0f %% of the %.1f GFLOP/s that its innermost loop reaches alone.\n", 100*rep.Share, rep.Peak)
	}
	if rep.Limit > 0 {
		fmt.Fprintf(w.out, "The processor can multiply and add at %.1f GFLOP/s: the step has %.0f %% of that, the loop %.0f %%.\n", rep.Limit, 100*rep.GFlops/rep.Limit, 100*rep.Peak/rep.Limit)
	}
	if p := rep.Peer; p != nil {
		fmt.Fprintf(w.out, "%s, %d threads: %.1f ms a step; this engine takes %.2f of its time\n", p.Engine, p.Threads, p.Median, rep.Median/p.Median)
	}
	return nil
}
