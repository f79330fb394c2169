package weights

import (
	"math"
	"strings"
	"testing"
)

// Every value comes back within half a step of its row's scale; rows of zeros stay so, and what is not int8 is left alone.
func TestRowsOfInt8(t *testing.T) {
	const rows, width = 5, 12
	v := make([]float32, rows*width)
	for i := range v {
		v[i] = float32(math.Sin(float64(3*i))) * float32(math.Pow(10, float64(i/width-2)))
	}
	clear(v[2*width : 3*width])
	whole := FromF32("2.weight", []int{rows, 3, 4}, v)
	q, scale, err := whole.Rows8()
	if err != nil {
		t.Fatal(err)
	}
	if len(q.Data) != len(v) || scale.Name != "2.weight_scale" || scale.Len() != rows {
		t.Fatalf("%d bytes and %d scales under %q", len(q.Data), scale.Len(), scale.Name)
	}
	count := FromI64("2.count", nil, []int64{7})
	b, err := (&File{Tensors: []Tensor{q, scale, count}}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	ts, err := Widen(f.Tensors)
	if err != nil || len(ts) != 2 {
		t.Fatalf("%d tensors, %v", len(ts), err)
	}
	scales, _ := scale.F32()
	for _, x := range ts {
		if x.Name == count.Name {
			if x.DType != I64 {
				t.Errorf("a count became %s", x.DType)
			}
			continue
		}
		got, err := x.F32()
		if err != nil || x.DType != F32 || len(x.Shape) != 3 {
			t.Fatalf("%s %v, %v", x.DType, x.Shape, err)
		}
		for i := range v {
			if d := math.Abs(float64(got[i] - v[i])); d > 0.501*float64(scales[i/width]) {
				t.Fatalf("value %d is %v, not %v within half of %v", i, got[i], v[i], scales[i/width])
			}
		}
	}
}

func TestScalesThatDoNotFit(t *testing.T) {
	q := Tensor{"w", I8, []int{3, 2}, make([]byte, 6)}
	for _, scale := range []Tensor{FromF32("w_scale", []int{2}, []float32{1, 2}), FromF32("w_scale", []int{3, 1}, []float32{1, 2, 3})} {
		if _, err := Widen([]Tensor{q, scale}); err == nil || !strings.Contains(err.Error(), "w") {
			t.Errorf("scales of shape %v: %v", scale.Shape, err)
		}
	}
	if _, _, err := FromF32("x", nil, []float32{1}).Rows8(); err == nil {
		t.Error("a lone number has rows")
	}
	if alone, err := Widen([]Tensor{q}); err != nil || alone[0].DType != I8 {
		t.Errorf("int8 without scales: %v, %v", alone, err)
	}
}
