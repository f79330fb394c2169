package session_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// The plane shows the run's own fakes, D's field and where its gradient leads; looking changes nothing of the run, and a run on
// pictures has none.
func TestPlane(t *testing.T) {
	run := func(look bool) (*page, []byte) {
		p := points(t, "ring")
		for step := 1; step <= 3; step++ {
			p.must(&session.Step{N: 5})
			p.paused(5 * step)
			if look {
				p.must(&session.Plane{})
			}
		}
		return p, p.must(&session.Save{}).Bytes
	}
	p, looked := run(true)
	if _, plain := run(false); !bytes.Equal(plain, looked) {
		t.Error("looking at the plane has changed the run")
	}
	e := p.must(&session.Plane{})
	w := e.Data.(*wire.Plane)
	values := make([]float32, 4*w.Fakes+2*w.Reals+2*w.Sheet*w.Sheet+w.Field*w.Field)
	units := 0
	for _, n := range w.Units {
		units += n
	}
	if len(w.Units) != 2 || w.Widths[0] != 64 || len(e.Bytes) != 4*len(values)+units*w.Field*w.Field || w.Step != 15 {
		t.Fatalf("%d bytes of %+v", len(e.Bytes), w)
	}
	if err := binary.Read(bytes.NewReader(e.Bytes), binary.LittleEndian, values); err != nil {
		t.Fatal(err)
	}
	fakes, slopes, field := values[:2*w.Fakes], values[2*w.Fakes:4*w.Fakes], values[len(values)-w.Field*w.Field:]
	made := p.must(&session.Images{Format: "float", GivenNoise: session.GivenNoise{Digit: -1, Noise: p.must(&session.Noise{}).Bytes}}).Bytes
	for i, v := range fakes[:20] {
		if want := math.Float32frombits(binary.LittleEndian.Uint32(made[4*i:])); v != want {
			t.Fatalf("value %d of the fakes is %v, want %v", i, v, want)
		}
	}
	// Along the gradient D's logit rises, by about the gradient's length.
	at := func(x, y float32) float64 {
		k := func(v float32) int { return max(0, min(w.Field-1, int((v+1)/2*float32(w.Field)))) }
		return float64(field[k(y)*w.Field+k(x)])
	}
	const far = 0.12 // some places of the field
	rises, want := 0.0, 0.0
	for i := range w.Fakes {
		x, y, dx, dy := fakes[2*i], fakes[2*i+1], slopes[2*i], slopes[2*i+1]
		if l := float32(math.Hypot(float64(dx), float64(dy))); l > 0 && max(x, -x, y, -y) < 0.8 {
			rises += at(x+far*dx/l, y+far*dy/l) - at(x-far*dx/l, y-far*dy/l)
			want += 2 * far * float64(l)
		}
	}
	if !(rises > 0.5*want && rises < 1.5*want) {
		t.Errorf("along the gradients D's logits rise by %v in all, want about %v", rises, want)
	}
	pictures := newPage(t, 1, runtest.Patterns(t, 100, 12))
	pictures.must(&session.Start{Choice: session.Choice{Recipe: with(nil)}, Paused: true})
	if _, err := pictures.ask(&session.Plane{}); err == nil || !strings.Contains(err.Error(), "ring-2d") {
		t.Errorf("the plane of a run on pictures: %v", err)
	}
}
