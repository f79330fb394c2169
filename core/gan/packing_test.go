package gan_test

import (
	"math"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/sample"
)

// packed is a small GAN whose discriminator judges three samples together, of pictures or of points.
func packed(t *testing.T, arch string, shape sample.Shape) *gan.GAN {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	r.Arch, r.Packing, r.Batch, r.Noise, r.Generator, r.Discriminator, r.Dropout = arch, 3, 6, 4, []int{5}, []int{5}, 0
	m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: shape})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Asked about one sample, D sees it with the company that was named behind it, whatever else is asked about; its slope is the
// gradient at that sample alone.
func TestAPackedVerdictIsASamplesOwn(t *testing.T) {
	for arch, shape := range map[string]sample.Shape{"mlp": {Channels: 2, Height: 1, Width: 1}, "dcgan": {Channels: 3, Height: 4, Width: 6}} {
		m, size := packed(t, arch, shape), shape.Size()
		const rows = 4
		s, err := m.NewSampler(rows)
		if err != nil {
			t.Fatal(err)
		}
		images, reals := normal("images", rows*size), normal("reals", 5*size)
		alone := append([]float64(nil), s.Logits(images, nil)...)
		if err := m.Refer(normal("noise", 3*4), nil, reals, nil); err != nil {
			t.Fatal(err)
		}
		got := append([]float64(nil), s.Logits(images, nil)...)
		direct, err := m.D.Bind(rows)
		if err != nil {
			t.Fatal(err)
		}
		x := cpu.New(nil).NewArray(rows, 3*size)
		ask := func(of func(i int) [][]float32) []float32 {
			var all []float32
			for i := range rows {
				for _, part := range of(i) {
					all = append(all, part...)
				}
			}
			x.Write(all)
			y := make([]float32, rows)
			direct.Forward(engine.Batch{X: x}, m.Judging()).Read(y)
			return y
		}
		image := func(i int) []float32 { return images[i*size:][:size] }
		for i, want := range ask(func(i int) [][]float32 { return [][]float32{image(i), reals[:2*size]} }) {
			if math.Abs(got[i]-float64(want)) > 1e-5 {
				t.Errorf("%s: sample %d beside real ones gets %v, and D says %v", arch, i, got[i], want)
			}
		}
		if arch == "mlp" { // batch norm's statistics were others before there was a reference
			for i, want := range ask(func(i int) [][]float32 { return [][]float32{image(i), image(i), image(i)} }) {
				if math.Abs(alone[i]-float64(want)) > 1e-5 {
					t.Errorf("%s: sample %d without company gets %v, and D says %v", arch, i, alone[i], want)
				}
			}
		}
		grads := make([]float32, rows*size)
		s.Slopes(grads, images, nil)
		const h = 1e-3
		moved := append([]float32(nil), images...)
		moved[size+1] += h
		up := s.Logits(moved, nil)[1]
		moved[size+1] -= 2 * h
		down := s.Logits(moved, nil)[1]
		if want := (up - down) / (2 * h); math.Abs(float64(grads[size+1])-want) > 1e-2*(1e-1+math.Abs(want)) {
			t.Errorf("%s: the slope is %v, differences say %v", arch, grads[size+1], want)
		}
	}
}

func TestPackingRefuses(t *testing.T) {
	for fields, says := range map[string]string{
		"batch=64":                       "take batch 63",
		"conditional=true batch=60":      "take packing 1 or conditional false",
		"augment=light batch=60":         "take packing 1 or augment none",
		"arch=progressive generator=4-4": "take packing 1",
	} {
		r, err := config.FindPreset("dcgan")
		if err != nil {
			t.Fatal(err)
		}
		r.Packing, r.Batch = 3, 63
		for _, f := range strings.Fields(fields) {
			name, value, _ := strings.Cut(f, "=")
			if err := r.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Validate(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want a sentence with %q", fields, err, says)
		}
	}
}
