package likeness

import (
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

// seen is the features of the flowers [lo, hi), changed by a function.
func seen(t *testing.T, eye *Eye, set *data.Set, lo, hi int, change func(b []byte)) []float64 {
	t.Helper()
	var b []byte
	for i := lo; i < hi; i++ {
		p := append([]byte(nil), set.Pixels(i)...)
		if change != nil {
			change(p)
		}
		b = append(b, p...)
	}
	return eye.See(b, nil)
}

// Other real pictures are like real ones; noise, blurred ones, a few repeated and one kind alone are less so, each by the value
// that speaks of it.
func TestLikeness(t *testing.T) {
	set := data.Made("flowers", data.TrainSplit)
	eye, err := NewEye(cpu.New(nil), 50, set.Shape())
	if err != nil {
		t.Fatal(err)
	}
	const n = 200
	r, err := NewReals(seen(t, eye, set, 0, n, nil), seen(t, eye, set, n, 2*n, nil))
	if err != nil {
		t.Fatal(err)
	}
	stream := rng.New(3, "noise")
	measure := func(features []float64) Likeness {
		l, err := r.Measure(features, nil)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	real := measure(seen(t, eye, set, 2*n, 3*n, nil))
	noise := measure(seen(t, eye, set, 0, n, func(b []byte) {
		for i := range b {
			b[i] = byte(stream.IntN(256))
		}
	}))
	inverted := measure(seen(t, eye, set, 0, n, func(b []byte) {
		for i := range b {
			b[i] = 255 - b[i]
		}
	}))
	var repeated []float64
	for range 20 {
		repeated = append(repeated, seen(t, eye, set, 2*n, 2*n+10, nil)...)
	}
	few := measure(repeated)
	if real.Frechet > 2*real.Real.Frechet || real.Precision < 0.6 || real.Recall < 0.6 || real.Density < 0.85 || real.Density > 1.15 || real.Coverage < 0.9 || real.Kernel > 5*real.KernelErr {
		t.Errorf("of other real pictures: %+v", real)
	}
	if noise.Frechet < 10*real.Frechet || noise.Precision > 0.05 || noise.Density > 0.05 || noise.Coverage > 0.05 || noise.Kernel < 20*noise.KernelErr {
		t.Errorf("of noise: %+v", noise)
	}
	if inverted.Frechet < 5*real.Frechet || inverted.Density > 0.6*real.Density {
		t.Errorf("of negatives: %+v", inverted)
	}
	if few.Precision < 0.5 || few.Recall > 0.2 || few.Coverage > 0.3 {
		t.Errorf("of ten pictures twenty times each: %+v", few)
	}
}

// Pictures of any shape can be looked at, always alike; too few to compare are refused.
func TestEye(t *testing.T) {
	for _, s := range []sample.Shape{sample.Gray(1, 1), sample.Gray(28, 28), {Channels: 3, Height: 4, Width: 9}, {Channels: 4, Height: 33, Width: 17}, {Channels: 3, Height: 128, Width: 128}} {
		eye, err := NewEye(cpu.New(nil), 3, s)
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		b := make([]byte, 4*s.Size())
		for i := range b {
			b[i] = byte(i * 7)
		}
		copy(b[3*s.Size():], b[:s.Size()])
		f := eye.See(b, nil)
		if len(f) != 4*Features || f[0] != f[3*Features] || f[Features-1] != f[4*Features-1] {
			t.Errorf("%v: %d features", s, len(f))
		}
		if _, err := NewReals(f, f); err == nil {
			t.Errorf("%v: four pictures are compared", s)
		}
	}
}
