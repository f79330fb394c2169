package weights

import (
	"fmt"
	"math"
	"slices"
)

// scaleSuffix names the tensor that holds one scale for each row of the int8 tensor of that name.
const scaleSuffix = "_scale"

// Rows8 rounds a tensor to int8 with a scale for each row, a row being what shares its first index: values v = q·scale,
// q from −127 to 127. It returns q under the tensor's name, in its shape, and the scales beside it.
func (t Tensor) Rows8() (q, scale Tensor, err error) {
	v, err := t.F32()
	if err != nil {
		return q, scale, err
	}
	if len(t.Shape) == 0 || t.Shape[0] == 0 {
		return q, scale, fmt.Errorf("tensor %q of shape %v has no rows", t.Name, t.Shape)
	}
	rows := t.Shape[0]
	width, b, scales := len(v)/rows, make([]byte, len(v)), make([]float32, rows)
	for i := range scales {
		row := v[i*width:][:width]
		scales[i] = Quantize(b[i*width:][:width], row)
	}
	return Tensor{t.Name, I8, t.Shape, b}, FromF32(t.Name+scaleSuffix, []int{rows}, scales), nil
}

// Quantize rounds values to int8 with one scale, which it returns: v ≈ q·scale.
func Quantize(q []byte, v []float32) (scale float32) {
	most := float32(0)
	for _, x := range v {
		most = max(most, float32(math.Abs(float64(x))))
	}
	if most == 0 {
		clear(q)
		return 0
	}
	scale = most / 127
	for j, x := range v {
		q[j] = byte(int8(math.RoundToEven(float64(x / scale))))
	}
	return scale
}

// Widen brings int8 tensors that have scales beside them to float32, without the scales; others stay as they are.
func Widen(ts []Tensor) ([]Tensor, error) {
	wide := make([]Tensor, 0, len(ts))
	for _, t := range ts {
		if of, ok := cutScale(ts, t.Name); ok {
			if len(t.Shape) != 1 || t.Shape[0] != of.Shape[0] {
				return nil, fmt.Errorf("tensor %q of shape %v does not hold a scale for each row of %q, which is %v", t.Name, t.Shape, of.Name, of.Shape)
			}
			continue
		}
		k := slices.IndexFunc(ts, func(s Tensor) bool { return s.Name == t.Name+scaleSuffix })
		if k < 0 || t.DType != I8 || len(t.Shape) == 0 {
			wide = append(wide, t)
			continue
		}
		scales, err := ts[k].F32()
		if err != nil {
			return nil, err
		}
		v, err := t.F32()
		if err != nil {
			return nil, err
		}
		if len(scales) != t.Shape[0] {
			return nil, fmt.Errorf("tensor %q has %d scales for its %d rows", t.Name, len(scales), t.Shape[0])
		}
		for i := range v {
			v[i] *= scales[i/(len(v)/len(scales))]
		}
		wide = append(wide, FromF32(t.Name, t.Shape, v))
	}
	return wide, nil
}

// cutScale is the int8 tensor whose scales the named tensor holds, if it does.
func cutScale(ts []Tensor, name string) (Tensor, bool) {
	k := slices.IndexFunc(ts, func(t Tensor) bool { return t.DType == I8 && len(t.Shape) > 0 && t.Name+scaleSuffix == name })
	if k < 0 {
		return Tensor{}, false
	}
	return ts[k], true
}
