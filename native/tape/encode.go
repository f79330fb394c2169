// Package tape makes tapes of runs whose generator was kept at some moments: see core/tape for what they hold.
package tape

import (
	"fmt"
	"math"
	"slices"

	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/tape"
	"ganvas/core/weights"
)

const (
	probes = 1000    // noise vectors whose way through the generator says what its weights must keep
	judged = 256     // and others, whose images say how well they did
	least  = 2_000   // bytes of a matrix's factors, about, at first
	most   = 100_000 // and at most
)

// Kept says how near a moment's images come to those of the generator that was kept.
type Kept struct {
	Step  int
	Bytes int
	PSNR  float64 // dB, of bytes: 10·log₁₀(255² / mean squared difference)
}

// Encode makes the tape of a run that ended with the generator in last, from its state at moments on the way, in order.
// Each moment takes as many bytes as its images need to come within psnr decibels of the kept generator's, up to a limit.
func Encode(e engine.Engine, last *weights.File, moments []*weights.File, psnr float64) (*weights.File, []Kept, error) {
	m, in, err := run.Open(e, last)
	if err != nil {
		return nil, nil, err
	}
	if m.Grows() {
		return nil, nil, fmt.Errorf("networks that grow have no tape: their weights at the beginning are others than at the end")
	}
	c := &coder{m: m, psnr: psnr, file: &weights.File{Meta: map[string]string{"format": tape.Format, "recipe": string(in.Recipe.JSON())}}}
	if c.last, err = m.Shown().State(); err != nil {
		return nil, nil, err
	}
	if c.file.Meta["generator"], err = tape.Mark(c.last); err != nil {
		return nil, nil, err
	}
	fresh, err := m.Fresh()
	if err != nil {
		return nil, nil, err
	}
	if c.first, err = fresh.State(); err != nil {
		return nil, nil, err
	}
	if err := c.probe(); err != nil {
		return nil, nil, err
	}
	steps, all := []int64{0}, []Kept{}
	c.before = c.first
	for _, f := range moments {
		at, err := run.Inspect(f)
		if err != nil {
			return nil, nil, err
		}
		if at.Step == 0 || at.Step >= in.Step {
			continue // told by the seed, or the last file itself
		}
		k, err := c.moment(len(steps), f)
		if err != nil {
			return nil, nil, err
		}
		k.Step = at.Step
		steps, all = append(steps, int64(at.Step)), append(all, k)
	}
	steps = append(steps, int64(in.Step))
	c.file.Tensors = append(c.file.Tensors, weights.FromI64(tape.Steps, []int{len(steps)}, steps))
	return c.file, all, nil
}

// coder is a tape being made.
type coder struct {
	m                   *gan.GAN
	psnr                float64
	file                *weights.File
	first, last, before []weights.Tensor // states; before as the tape tells it
	noise               []float32        // (judged, noise)
	sampler             *gan.Sampler
	inputs              *inputs
}

func (c *coder) probe() (err error) {
	c.noise = make([]float32, judged*c.m.Recipe.Noise)
	rng.New(1, "tape's images").Normal(c.noise)
	if c.sampler, err = c.m.NewSampler(judged); err != nil {
		return err
	}
	c.inputs, err = newInputs(c.m)
	return err
}

// images of a generator's state.
func (c *coder) images(state []weights.Tensor) ([]byte, error) {
	if err := c.m.Shown().Load(state); err != nil {
		return nil, err
	}
	x := make([]float32, judged*c.m.Data.Sample.Size())
	labels := make([]int32, judged)
	for i := range labels {
		labels[i] = int32(i % max(1, c.m.Data.Classes))
	}
	if !c.m.Recipe.Conditional {
		labels = nil
	}
	c.sampler.Images(x, c.noise, labels)
	return img.ToBytes(nil, x), c.m.Engine.Err()
}

// moment adds moment k, as the file has it.
func (c *coder) moment(k int, f *weights.File) (Kept, error) {
	exact, err := run.GeneratorState(f)
	if err != nil {
		return Kept{}, err
	}
	slices.SortFunc(exact, func(a, b weights.Tensor) int { return c.place(a.Name) - c.place(b.Name) })
	want, err := c.images(exact)
	if err != nil {
		return Kept{}, err
	}
	var plain []weights.Tensor
	var told []*matrix
	for i, t := range exact {
		if len(t.Shape) < 2 {
			if t.DType != weights.I64 {
				if t, err = t.Half(); err != nil {
					return Kept{}, err
				}
			}
			plain = append(plain, t)
			continue
		}
		seen, err := c.inputs.of(t.Name, exact)
		if err != nil {
			return Kept{}, err
		}
		m, err := newMatrix(t, [3]weights.Tensor{c.first[i], c.last[i], c.before[i]}, seen)
		if err != nil {
			return Kept{}, err
		}
		told = append(told, m)
	}
	for budget := least; ; budget += budget / 5 { // alike for all matrices, until the images are near enough
		ts, whole := slices.Clone(plain), true
		for _, m := range told {
			r := m.rank(budget)
			whole = whole && r == m.most()
			ts = append(ts, m.tensors(r)...)
		}
		for i := range ts {
			ts[i].Name = tape.Moment(k) + ts[i].Name
		}
		state, err := tape.Next(&weights.File{Tensors: ts}, k, c.first, c.last, c.before)
		if err != nil {
			return Kept{}, err
		}
		got, err := c.images(state)
		if err != nil {
			return Kept{}, err
		}
		kept := Kept{PSNR: psnr(got, want)}
		if kept.PSNR < c.psnr && budget < most && !whole {
			continue
		}
		for _, t := range ts {
			kept.Bytes += len(t.Data)
		}
		c.file.Tensors, c.before = append(c.file.Tensors, ts...), state
		return kept, nil
	}
}

func (c *coder) place(name string) int {
	return slices.IndexFunc(c.first, func(t weights.Tensor) bool { return t.Name == name })
}

func psnr(a, b []byte) float64 {
	sum := 0.0
	for i, v := range a {
		d := float64(v) - float64(b[i])
		sum += d * d
	}
	if sum == 0 {
		return math.Inf(1)
	}
	return 10 * math.Log10(255*255*float64(len(a))/sum)
}
