package trace

import (
	"fmt"

	"ganvas/core/gan"
	"ganvas/core/loss"
	"ganvas/core/net"
	"ganvas/core/weights"
)

// reader takes tensors of known size out of a trace and keeps the first error.
type reader struct {
	t      *Trace
	prefix string
	err    error
}

func (r *reader) tensor(name string) (weights.Tensor, bool) {
	x, ok := r.t.file.Lookup(r.prefix + name)
	if !ok && r.err == nil {
		r.err = fmt.Errorf("the trace has no %s%s", r.prefix, name)
	}
	return x, ok && r.err == nil
}

func take[T any](r *reader, name string, n int, read func(weights.Tensor) ([]T, error)) []T {
	x, ok := r.tensor(name)
	if !ok {
		return nil
	}
	v, err := read(x)
	if err == nil && len(v) != n {
		err = fmt.Errorf("it holds %d values instead of %d", len(v), n)
	}
	if err != nil {
		r.err = fmt.Errorf("the trace's %s%s: %w", r.prefix, name, err)
		return nil
	}
	return v
}

func (r *reader) f32(name string, n int) []float32 { return take(r, name, n, weights.Tensor.F32) }
func (r *reader) f64(name string, n int) []float64 { return take(r, name, n, weights.Tensor.F64) }

// labels of a batch, nil in an unconditional trace.
func (r *reader) labels(name string) []int32 { return r.labelsOf(name, r.t.Recipe.Batch) }

func (r *reader) labelsOf(name string, n int) []int32 {
	if !r.t.Recipe.Conditional {
		return nil
	}
	labels := make([]int32, n)
	for i, v := range take(r, name, n, weights.Tensor.I64) {
		if v < 0 || int(v) >= r.t.Data.Classes {
			r.err = fmt.Errorf("the trace's %s%s holds the label %d", r.prefix, name, v)
			return nil
		}
		labels[i] = int32(v)
	}
	return labels
}

func (r *reader) dInput(at string) gan.DInput {
	n := r.t.Recipe.Batch
	in := gan.DInput{
		Real: r.f32(at+"real", n*r.t.Data.Sample.Size()), Noise: r.f32(at+"noise", n*r.t.Recipe.Noise),
		Labels: r.labels(at + "label"), FakeLabels: r.labels(at + "fake_label"),
	}
	if row, err := loss.Find(r.t.Recipe.Loss); err == nil && row.Penalty.Looks(loss.Mix) {
		in.Epsilon = r.f32(at+"epsilon", n/r.t.Recipe.Packing)
	}
	for i, what := range []string{"real", "fake", "penalty"} {
		in.Augment[i] = r.draws(at + "augment_" + what)
	}
	return in
}

// olderDraws is how many numbers a sample's augmentation took before there were saturation and a probability: the first of
// today's. Zeros for the rest let every change happen.
const olderDraws = 6

// draws is the random numbers of one pass's augmentation, nil without any.
func (r *reader) draws(name string) []float32 {
	if r.t.Recipe.Augment == "none" {
		return nil
	}
	n := r.t.Recipe.Batch
	if x, ok := r.t.file.Lookup(r.prefix + name); !ok || len(x.Shape) != 2 || x.Shape[1] != olderDraws {
		return r.f32(name, n*net.AugmentDraws)
	}
	was, all := r.f32(name, n*olderDraws), make([]float32, n*net.AugmentDraws)
	for i := range len(was) / olderDraws {
		u := all[i*net.AugmentDraws:][:net.AugmentDraws]
		copy(u, was[i*olderDraws:][:olderDraws])
		u[olderDraws] = 0.5 // the saturation that there is
	}
	return all
}
