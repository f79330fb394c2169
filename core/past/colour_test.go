package past_test

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/past"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
)

// What a run of colour-64 leaves behind, its pictures and whole states, stays within the bound however long it goes on, and is spread
// over all of the run.
func TestColourStaysWithinTheBound(t *testing.T) {
	r, err := config.FindPreset("colour-64")
	if err != nil {
		t.Fatal(err)
	}
	const n, classes = 32, 5
	shape := sample.Shape{Channels: 3, Height: 64, Width: 64}
	b := make([]byte, n*shape.Size()+n)
	for i := range b[:n*shape.Size()] {
		b[i] = byte(i * 31)
	}
	for i := range n {
		b[n*shape.Size()+i] = byte(i % classes)
	}
	set, err := data.FromBytes("colours", n, shape, classes, b)
	if err != nil {
		t.Fatal(err)
	}
	tr := runtest.Trainer(t, r, set)
	sheet, pixels, err := tr.Sheet()
	if err != nil {
		t.Fatal(err)
	}
	state, err := tr.Checkpoint(false)
	if err != nil {
		t.Fatal(err)
	}
	var p past.Past
	for k := range 500 {
		p.AddMoment(past.Moment{Step: 10 * k, Sheet: sheet}, pixels)
		if p.AddState(10*k, state); p.Bytes() > past.MostBytes {
			t.Fatalf("%d bytes are kept at step %d", p.Bytes(), 10*k)
		}
	}
	moments, states := p.Steps()
	t.Logf("%d MB: %d moments, %d states", p.Bytes()>>20, len(moments), len(states))
	if len(moments) < 16 || len(states) < 8 || moments[0] != 0 || states[0] != 0 || moments[len(moments)-1] != 4990 {
		t.Errorf("it remembers the pictures of %v and the states of %v", moments, states)
	}
}
