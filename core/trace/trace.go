// Package trace replays short training runs recorded in PyTorch, with every random number in the record, and says how
// far an engine ends from where PyTorch ended in float64.
package trace

import (
	"encoding/json"
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strings"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/weights"
)

// Format is what a trace's metadata names.
const Format = "gan-trace-1"

// unsaid is what the samples of a trace are that does not say it: traces were of these digits alone once.
var unsaid = data.Find("mnist")

// Result says how far a replay ended from the record: largest absolute differences, and the largest allowed.
type Result struct {
	LossError    float64 `json:"lossError"`
	WeightsError float64 `json:"weightsError"`
	ImagesError  float64 `json:"imagesError"`
	LossBound    float64 `json:"lossBound"`
	WeightsBound float64 `json:"weightsBound"`
	Worst        string  `json:"worst"` // the tensor with the largest weight error
	Steps        int     `json:"steps"`
	OK           bool    `json:"ok"`
}

// Trace is a record that was read and checked.
type Trace struct {
	Recipe config.Recipe
	Steps  int
	Data   gan.Data
	file   *weights.File
	loss   float64 // PyTorch's own float32 run's distance from the record
	weight float64
}

// Decode reads a trace.
func Decode(b []byte) (*Trace, error) {
	f, err := weights.Decode(b)
	if err != nil {
		return nil, err
	}
	if got := f.Meta["format"]; got != Format {
		return nil, fmt.Errorf("this file is not a trace: its metadata give the format %q instead of %q", got, Format)
	}
	t := &Trace{file: f}
	if err := t.config(); err != nil {
		return nil, err
	}
	if err := t.data(); err != nil {
		return nil, err
	}
	var own struct{ Loss, Weights float64 }
	if err := json.Unmarshal([]byte(f.Meta["float32_error"]), &own); err != nil {
		return nil, fmt.Errorf("the trace's float32_error is unreadable: %w", err)
	}
	t.loss, t.weight = own.Loss, own.Weights
	return t, nil
}

// config reads the recipe and the number of steps, which a recipe has no field for.
func (t *Trace) config() error {
	var c map[string]json.RawMessage
	if err := json.Unmarshal([]byte(t.file.Meta["config"]), &c); err != nil {
		return fmt.Errorf("the trace's config is unreadable: %w", err)
	}
	if err := json.Unmarshal(c["steps"], &t.Steps); err != nil || t.Steps < 1 {
		return fmt.Errorf("the trace's config does not say how many steps it has")
	}
	delete(c, "steps")
	if _, named := c["dropout"]; !named {
		c["dropout"] = json.RawMessage("0")
	}
	rest, err := json.Marshal(c)
	if err != nil {
		return err
	}
	t.Recipe, err = config.Parse(rest)
	return err
}

// data reads what the recorded samples are.
func (t *Trace) data() error {
	t.Data = gan.Data{Sample: unsaid.Sample, Classes: unsaid.Classes}
	for name, to := range map[string]any{"sample": &t.Data.Sample, "classes": &t.Data.Classes} {
		if text, said := t.file.Meta[name]; said {
			if err := json.Unmarshal([]byte(text), to); err != nil {
				return fmt.Errorf("the trace's %s is unreadable: %w", name, err)
			}
		}
	}
	if err := t.Data.Sample.Check(); err != nil {
		return fmt.Errorf("the trace's sample: %w", err)
	}
	if n := t.Data.Classes; n < 0 || n > arch.MaxClasses {
		return fmt.Errorf("the trace is for %d classes: there can be up to %d", n, arch.MaxClasses)
	}
	return nil
}

// Replay runs the trace on an engine.
func (t *Trace) Replay(e engine.Engine) (Result, error) {
	if err := gan.Held(t.Recipe, t.Data, weights.Count(t.under("init/generator.")), weights.Count(t.under("init/discriminator."))); err != nil {
		return Result{}, err
	}
	m, err := gan.New(e, t.Recipe, t.Data)
	if err != nil {
		return Result{}, err
	}
	defer m.Release()
	if err := t.load(m); err != nil {
		return Result{}, err
	}
	r := Result{Steps: t.Steps, LossBound: bound(t.loss), WeightsBound: bound(t.weight)}
	for i := range t.Steps {
		off, err := t.step(m, i)
		if err != nil {
			return r, err
		}
		r.LossError = worse(r.LossError, off)
	}
	if err := t.compare(m, &r); err != nil {
		return r, err
	}
	if err := e.Err(); err != nil {
		return r, err
	}
	r.OK = r.LossError <= r.LossBound && r.WeightsError <= r.WeightsBound && r.ImagesError <= r.WeightsBound
	return r, nil
}

// bound is the error that a passing engine may have, given what float32 costs PyTorch itself.
func bound(own float64) float64 { return math.Max(1e-5, 4*own) }

// worse is the larger error; NaN is worse than any.
func worse(a, b float64) float64 {
	if math.IsNaN(a) || math.IsNaN(b) {
		return math.Inf(1)
	}
	return math.Max(a, b)
}

func (t *Trace) load(m *gan.GAN) error {
	for _, n := range []engine.Net{m.G, m.D} {
		if err := n.Load(t.under("init/" + n.Spec().Name + ".")); err != nil {
			return err
		}
	}
	return nil
}

// under is the tensors with that prefix, without it.
func (t *Trace) under(prefix string) []weights.Tensor {
	var ts []weights.Tensor
	for _, x := range t.file.Tensors {
		if name, ok := strings.CutPrefix(x.Name, prefix); ok {
			x.Name = name
			ts = append(ts, x)
		}
	}
	return ts
}

// step replays step i and returns its largest loss difference.
func (t *Trace) step(m *gan.GAN, i int) (float64, error) {
	rd := reader{t: t, prefix: fmt.Sprintf("step/%d/", i)}
	want := rd.f64("loss", t.Recipe.DSteps+1)
	off := 0.0
	for j := range t.Recipe.DSteps {
		in := rd.dInput(fmt.Sprintf("d/%d/", j))
		if rd.err != nil {
			return 0, rd.err
		}
		off = worse(off, math.Abs(m.StepD(in, t.Recipe.LRD).Loss-want[j]))
	}
	g := gan.GInput{Noise: rd.f32("g/noise", t.Recipe.Batch*t.Recipe.Noise), FakeLabels: rd.labels("g/fake_label")}
	g.Augment = [2][]float32{rd.draws("g/augment_real"), rd.draws("g/augment_fake")}
	if rd.err != nil {
		return 0, rd.err
	}
	off = worse(off, math.Abs(m.StepG(g, t.Recipe.LRG)-want[t.Recipe.DSteps]))
	return off, t.grow(m, (i+1)*t.Recipe.DSteps*t.Recipe.Batch)
}

// grow brings networks that grow to where they are after that many real images; what a new resolution has fresh is in the
// record.
func (t *Trace) grow(m *gan.GAN, images int) error {
	before, err := names(m)
	if err != nil {
		return err
	}
	side := m.Side()
	if grown, err := m.Grow(images); err != nil || !grown {
		return err
	}
	if m.Side() != 2*side {
		return fmt.Errorf("the trace skips a resolution after %d×%d", side, side)
	}
	stage := bits.Len(uint(m.Side())) - 3 // 4×4 is stage 0
	for _, n := range []engine.Net{m.G, m.D} {
		state, err := n.State()
		if err != nil {
			return err
		}
		fresh := t.under(fmt.Sprintf("stage/%d/%s.", stage, n.Spec().Name))
		for i, x := range state {
			if k := slices.IndexFunc(fresh, func(f weights.Tensor) bool { return f.Name == x.Name }); k >= 0 && !before[n.Spec().Name+"."+x.Name] {
				state[i] = fresh[k]
			}
		}
		if err := n.Load(state); err != nil {
			return err
		}
	}
	return nil
}

// names is every tensor that the networks have now.
func names(m *gan.GAN) (map[string]bool, error) {
	all := map[string]bool{}
	if !m.Grows() {
		return all, nil
	}
	for _, n := range []engine.Net{m.G, m.D} {
		params, err := n.Spec().Params()
		if err != nil {
			return nil, err
		}
		for _, p := range params {
			all[n.Spec().Name+"."+p.Name] = true
		}
	}
	return all, nil
}

// compare fills in how far weights and evaluation images are from the record's.
func (t *Trace) compare(m *gan.GAN, r *Result) error {
	for _, n := range []engine.Net{m.G, m.D} {
		state, err := n.State()
		if err != nil {
			return err
		}
		rd := reader{t: t, prefix: "final/" + n.Spec().Name + "."}
		for _, x := range state {
			got, err := x.F64()
			if err != nil {
				return err
			}
			want := rd.f64(x.Name, len(got))
			if rd.err != nil {
				return rd.err
			}
			if off := distance(got, want); worse(off, r.WeightsError) > r.WeightsError {
				r.WeightsError, r.Worst = worse(off, r.WeightsError), n.Spec().Name+"."+x.Name
			}
		}
	}
	return t.images(m, r)
}

func (t *Trace) images(m *gan.GAN, r *Result) error {
	rd := reader{t: t, prefix: "eval/"}
	const rows = 8
	pixels := t.Data.Sample.Size()
	noise, want := rd.f32("noise", rows*t.Recipe.Noise), rd.f64("images", rows*pixels)
	labels := rd.labelsOf("label", rows)
	if rd.err != nil {
		return rd.err
	}
	s, err := m.NewSampler(rows)
	if err != nil {
		return err
	}
	defer s.Release()
	got := make([]float32, rows*pixels)
	s.Images(got, noise, labels)
	for i, v := range got {
		r.ImagesError = worse(r.ImagesError, math.Abs(float64(v)-want[i]))
	}
	return nil
}

func distance(a, b []float64) float64 {
	off := 0.0
	for i := range a {
		off = worse(off, math.Abs(a[i]-b[i]))
	}
	return off
}
