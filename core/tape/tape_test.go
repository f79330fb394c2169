package tape_test

import (
	"math"
	"strings"
	"testing"

	"ganvas/core/tape"
	"ganvas/core/weights"
)

func state(matrix [6]float32, bias float32) []weights.Tensor {
	return []weights.Tensor{weights.FromF32("0.weight", []int{3, 2}, matrix[:]), weights.FromF32("0.bias", []int{1}, []float32{bias})}
}

var (
	first = state([6]float32{1, 2, 3, 4, 5, 6}, 0)
	last  = state([6]float32{10, 0, 0, 0, 0, 20}, 9)
)

// written is a tape of four moments: two between the beginning and the end, each of rank 1.
func written(t *testing.T) *weights.File {
	t.Helper()
	mark, err := tape.Mark(last)
	if err != nil {
		t.Fatal(err)
	}
	f := &weights.File{Meta: map[string]string{"format": tape.Format, "generator": mark},
		Tensors: []weights.Tensor{weights.FromI64(tape.Steps, []int{4}, []int64{0, 10, 40, 100})}}
	for k, mix := range map[int][]float32{1: {0.5, 0.25, 0}, 2: {0, 0.5, 1}} {
		name := tape.Moment(k) + "0.weight"
		f.Tensors = append(f.Tensors, weights.FromF32(name+tape.Mix, []int{3}, mix), weights.FromF32(name+tape.Scale, []int{1}, []float32{0.1}),
			weights.Tensor{Name: name + tape.Left, DType: weights.I8, Shape: []int{3, 1}, Data: []byte{1, 0, 0xff}},
			weights.Tensor{Name: name + tape.Right, DType: weights.I8, Shape: []int{1, 2}, Data: []byte{10, 20}},
			weights.FromF32(tape.Moment(k)+"0.bias", []int{1}, []float32{float32(k)}))
	}
	return f
}

// By hand: left·0.1·right is {1, 2; 0, 0; −1, −2}.
var told = [][6]float32{
	{1, 2, 3, 4, 5, 6},
	{0.5 + 2.5 + 1, 1 + 2, 1.5, 2, 2.5 - 1, 3 + 5 - 2},
	{4 + 5 + 1, 3 + 2, 1.5, 2, 1.5 - 1, 6 + 10 - 2},
	{10, 0, 0, 0, 0, 20},
}

// Moments are what their formula gives, in whatever order one goes to them.
func TestMomentsAreTold(t *testing.T) {
	r, err := tape.Open(written(t), first, last)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range []int{3, 2, 0, 1, 2, 1, 3, 0} {
		ts, err := r.Seek(k)
		if err != nil {
			t.Fatal(err)
		}
		w, _ := ts[0].F32()
		for i, v := range told[k] {
			if math.Abs(float64(w[i]-v)) > 1e-5 {
				t.Fatalf("moment %d has the weights %v, not %v", k, w, told[k])
			}
		}
		if b, _ := ts[1].F32(); b[0] != []float32{0, 1, 2, 9}[k] {
			t.Errorf("moment %d has the bias %v", k, b[0])
		}
	}
	for _, k := range []int{-1, 4} {
		if _, err := r.Seek(k); err == nil {
			t.Errorf("moment %d is there", k)
		}
	}
}

// A tape that lacks something, or that is another generator's, is refused when it is opened.
func TestTapesThatDoNotFit(t *testing.T) {
	replace := func(name string, with ...weights.Tensor) func(f *weights.File) {
		return func(f *weights.File) {
			for i, x := range f.Tensors {
				if x.Name == name {
					f.Tensors = append(append(f.Tensors[:i:i], with...), f.Tensors[i+1:]...)
					return
				}
			}
			t.Fatalf("no %s to replace", name)
		}
	}
	for what, c := range map[string]struct {
		spoil func(f *weights.File)
		last  []weights.Tensor
		says  string
	}{
		"a checkpoint":      {func(f *weights.File) { f.Meta["format"] = "ganvas-checkpoint-1" }, last, "not a tape"},
		"another generator": {func(*weights.File) {}, state([6]float32{10, 0, 0, 0, 0, 20}, 8), "another generator"},
		"no steps":          {replace(tape.Steps), last, "at which steps"},
		"falling steps":     {replace(tape.Steps, weights.FromI64(tape.Steps, []int{4}, []int64{0, 40, 10, 100})), last, "rise from 0"},
		"one moment":        {replace(tape.Steps, weights.FromI64(tape.Steps, []int{1}, []int64{0})), last, "at least 2"},
		"no factor":         {replace("moment.2.0.weight.left"), last, "moment.2.0.weight.left"},
		"no bias":           {replace("moment.1.0.bias"), last, "moment.1.0.bias"},
		"a short mix":       {replace("moment.1.0.weight.mix", weights.FromF32("moment.1.0.weight.mix", []int{2}, []float32{1, 1})), last, "mix of 2"},
		"a long bias":       {replace("moment.1.0.bias", weights.FromF32("moment.1.0.bias", []int{2}, []float32{1, 1})), last, "[2]"},
	} {
		f := written(t)
		c.spoil(f)
		if _, err := tape.Open(f, first, c.last); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
