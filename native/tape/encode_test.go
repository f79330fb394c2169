package tape_test

import (
	"math"
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/weights"
	"ganvas/native/tape"
)

// trained trains a recipe on patterns of 8×8 pixels and returns its generator at the end and at moments before.
func trained(t *testing.T, fields map[string]string) (last *weights.File, moments []*weights.File) {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range fields {
		if err := r.Set(name, v); err != nil {
			t.Fatal(err)
		}
	}
	set, stream := data.NewSet("patterns", 200, sample.Gray(8, 8), 10), rng.New(3, "patterns")
	pixels, labels := make([]byte, 200*64), make([]byte, 200)
	for i := range pixels {
		labels[i/64] = byte(i / 64 % 10)
		pixels[i] = byte((i/64%10*25+i%64*7)%200 + stream.IntN(50))
	}
	if err := set.Append(pixels, labels); err != nil {
		t.Fatal(err)
	}
	tr, err := run.New(cpu.New(nil), r, set)
	if err != nil {
		t.Fatal(err)
	}
	for !tr.Done() {
		if _, err := tr.Step(); err != nil {
			t.Fatal(err)
		}
		if k := tr.Steps(); k == 5 || k == 30 || tr.Done() {
			f, err := run.GeneratorFile(tr.GAN, k, tr.Images())
			if err != nil {
				t.Fatal(err)
			}
			moments, last = append(moments, f), f
		}
	}
	return last, moments
}

// What a tape tells of each moment draws, on another engine that has only the last generator and the tape, as near to
// the generator's own images as the tape claims and was asked for; all of it in fewer bytes than the generators.
func TestTapeTellsTheRun(t *testing.T) {
	dense := map[string]string{"noise": "12", "generator": "48-64", "discriminator": "48", "batch": "20", "epochs": "8"}
	conv := map[string]string{"arch": "dcgan", "noise": "8", "generator": "8-6", "discriminator": "6-8", "dropout": "0", "batch": "20", "epochs": "6", "conditional": "true", "ema": "0.9"}
	for name, c := range map[string]struct {
		fields map[string]string
		near   float64
	}{"dense": {dense, 34}, "conditional convolutions, averaged": {conv, 30}} {
		last, moments := trained(t, c.fields)
		f, kept, err := tape.Encode(cpu.New(nil), last, moments, c.near)
		if err != nil {
			t.Fatal(err)
		}
		if len(kept) != 2 || kept[0].Step != 5 || kept[1].Step != 30 {
			t.Fatalf("%s: the tape has %+v", name, kept)
		}
		b, err := f.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if f, err = weights.Decode(b); err != nil {
			t.Fatal(err)
		}
		m, _, err := run.Open(cpu.New(nil), last)
		if err != nil {
			t.Fatal(err)
		}
		r, err := run.NewReplay(m, f)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for k, file := range moments[:2] {
			exact, _, err := run.Open(cpu.New(nil), file)
			if err != nil {
				t.Fatal(err)
			}
			want, err1 := run.Generate(exact, 200, 9, -1)
			if err := r.Seek(float64(k + 1)); err != nil {
				t.Fatal(err)
			}
			got, err2 := run.Generate(m, 200, 9, -1)
			if err1 != nil || err2 != nil {
				t.Fatal(err1, err2)
			}
			sum := 0.0
			for i := range got {
				sum += (float64(got[i]) - float64(want[i])) * (float64(got[i]) - float64(want[i]))
			}
			if near := 10 * math.Log10(255*255*float64(len(got))/sum); near < c.near-2 || math.Abs(near-kept[k].PSNR) > 2 {
				t.Errorf("%s: other noise is drawn within %.1f dB at step %d, and the tape says %.1f", name, near, kept[k].Step, kept[k].PSNR)
			}
		}
	}
}

// Asking for more costs more bytes, and a rank that suffices for everything is exact within int8.
func TestNearerTakesMore(t *testing.T) {
	last, moments := trained(t, map[string]string{"noise": "12", "generator": "48-64", "discriminator": "48", "batch": "20", "epochs": "8"})
	bytes := 0
	for _, near := range []float64{25, 35, 45} {
		_, kept, err := tape.Encode(cpu.New(nil), last, moments, near)
		if err != nil {
			t.Fatal(err)
		}
		now := 0
		for _, k := range kept {
			now += k.Bytes
			if k.PSNR < near {
				t.Errorf("asked for %v dB, step %d has %.1f", near, k.Step, k.PSNR)
			}
		}
		if now < bytes {
			t.Errorf("%v dB take %d bytes, less than the %d of fewer", near, now, bytes)
		}
		bytes = now
	}
}

func TestNoTapeOfNetworksThatGrow(t *testing.T) {
	r, err := config.FindPreset("progressive")
	if err != nil {
		t.Fatal(err)
	}
	set := data.NewSet("none", 100, sample.Gray(28, 28), 10)
	tr, err := run.New(cpu.New(nil), r, set)
	if err != nil {
		t.Fatal(err)
	}
	f, err := run.GeneratorFile(tr.GAN, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := tape.Encode(cpu.New(nil), f, nil, 30); err == nil {
		t.Error("networks that grow have a tape")
	}
}
