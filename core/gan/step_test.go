package gan_test

import (
	"fmt"
	"math"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/loss"
	"ganvas/core/rng"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

const batch = 6

// tried is small networks at the beginning of a step of a loss, under plain steps, whose size at rate 1 is the gradient.
type tried struct {
	*gan.GAN
	d gan.DInput
	g gan.GInput
}

func newTried(t *testing.T, name string, packing int) *tried {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	r.Loss, r.Noise, r.Generator, r.Discriminator, r.Batch, r.Dropout = name, 3, []int{7}, []int{9, 5}, batch, 0
	r.Packing = packing
	r.Optimizer, r.Beta1, r.GPWeight, r.Drift, r.LabelSmoothing, r.Leak = "sgd", 0, 2, 0.1, 0.1, 0.3
	m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: sample.Gray(2, 2)})
	if err != nil {
		t.Fatal(err)
	}
	values := func(stream string, n int, low float32) []float32 {
		v := make([]float32, n)
		rng.New(4, stream).Uniform(v, low, 1)
		return v
	}
	return &tried{m, gan.DInput{Real: values("real", batch*4, -1), Noise: values("noise", batch*3, -1), Epsilon: values("epsilon", batch/packing, 0)},
		gan.GInput{Noise: values("more noise", batch*3, -1)}}
}

// lossD and lossG are the losses of a step at that rate.
func (m *tried) lossD(lr float64) float64 { return m.StepD(m.d, lr).Loss }

func (m *tried) lossG(lr float64) float64 {
	m.lossD(0) // brings the real samples in
	return m.StepG(m.g, lr)
}

// Whatever a loss and its penalties are, a step goes down the slope of the value that it reports: along random directions
// through all weights of a network, central differences of that value are what the step's gradient says.
func TestStepsFollowTheirLoss(t *testing.T) {
	for _, row := range loss.Rows {
		for _, packing := range []int{1, 3} {
			t.Run(fmt.Sprintf("%s, %d together", row.Name, packing), func(t *testing.T) {
				m := newTried(t, row.Name, packing)
				follows(t, m.D, m.lossD)
				follows(t, m.G, m.lossG)
			})
		}
	}
}

// Penalties at real samples and at fakes go with every loss, beside its own.
func TestPenaltiesBesideALoss(t *testing.T) {
	for _, name := range []string{"hinge", "wgan-gp", "r1"} {
		m := newTried(t, name, 1)
		r := m.Recipe
		r.R2Weight = 3
		if name != "r1" {
			r.R1Weight = 2
		}
		var err error
		if m.GAN, err = gan.New(cpu.New(nil), r, m.Data); err != nil {
			t.Fatal(err)
		}
		without := newTried(t, name, 1).lossD(0)
		if with := m.lossD(0); with <= without {
			t.Errorf("%s: D's loss is %v with penalties and %v without", name, with, without)
		}
		follows(t, m.D, m.lossD)
	}
}

func follows(t *testing.T, n engine.Net, value func(lr float64) float64) {
	t.Helper()
	start := state(t, n)
	value(1)
	gradient := differences(t, start, state(t, n))
	const h, directions = 2e-4, 8
	agree := 0
	for k := range uint64(directions) {
		along := make([][]float32, len(start))
		want := 0.0
		for i, g := range gradient {
			along[i] = make([]float32, len(g))
			rng.New(k, start[i].Name).Normal(along[i])
			for j, v := range along[i] {
				want += float64(v) * g[j]
			}
		}
		load(t, n, start, along, h)
		up := value(0)
		load(t, n, start, along, -h)
		down := value(0)
		if got := (up - down) / (2 * h); math.Abs(got-want) <= 2e-3*(1+math.Abs(want)) {
			agree++
		} else {
			t.Logf("%s, direction %d: the loss rises by %.5f, its gradient says %.5f", n.Spec().Name, k, got, want)
		}
	}
	if agree < directions-2 { // one or two may cross an activation's kink
		t.Errorf("%s: the gradient is right in %d of %d directions", n.Spec().Name, agree, directions)
	}
	load(t, n, start, nil, 0)
}

func state(t *testing.T, n engine.Net) []weights.Tensor {
	t.Helper()
	s, err := n.State()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// differences is before − after, tensor by tensor.
func differences(t *testing.T, before, after []weights.Tensor) [][]float64 {
	t.Helper()
	all := make([][]float64, len(before))
	for i := range before {
		a, errA := before[i].F64()
		b, errB := after[i].F64()
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		for j := range a {
			all[i] = append(all[i], a[j]-b[j])
		}
	}
	return all
}

// load puts start, moved by a step along a direction, into the network.
func load(t *testing.T, n engine.Net, start []weights.Tensor, along [][]float32, by float32) {
	t.Helper()
	moved := make([]weights.Tensor, len(start))
	for i, x := range start {
		values, err := x.F32()
		if err != nil {
			t.Fatal(err)
		}
		if along != nil {
			for j, v := range along[i] {
				values[j] += by * v
			}
		}
		moved[i] = weights.FromF32(x.Name, x.Shape, values)
	}
	if err := n.Load(moved); err != nil {
		t.Fatal(err)
	}
}
