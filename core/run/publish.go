package run

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/weights"
)

// halfAtMost is how many weights a published file holds in float16; a larger generator's matrices are int8.
const halfAtMost = 1_000_000

// Publish makes of a checkpoint the file to hand out: the shown generator alone, in float16, with the command that
// trained it. Matrices of a generator of more than a million weights are int8 with a scale for each row. What the file
// describes and checks itself by is the rounded generator.
func Publish(e engine.Engine, f *weights.File) (*weights.File, error) {
	m, in, err := Open(e, f)
	if err != nil {
		return nil, err
	}
	state, err := m.Shown().State()
	if err != nil {
		return nil, err
	}
	small, err := rounded(state, m.Shown().Count() > halfAtMost)
	if err != nil {
		return nil, err
	}
	wide, err := weights.Widen(small)
	if err != nil {
		return nil, err
	}
	if err := m.Shown().Load(wide); err != nil {
		return nil, fmt.Errorf("the weights are too large for float16: %w", err)
	}
	out, err := describe(m, in.Step, in.Images)
	if err != nil {
		return nil, err
	}
	out.Meta["recipe"], out.Meta["command"] = string(in.Recipe.JSON()), in.Recipe.Command()
	for _, t := range small {
		t.Name = prefixG + t.Name
		out.Tensors = append(out.Tensors, t)
	}
	return out, nil
}

// rounded is a state in float16, its matrices in int8 if that is asked for. Counts stay.
func rounded(state []weights.Tensor, int8 bool) (small []weights.Tensor, err error) {
	for _, t := range state {
		switch {
		case t.DType == weights.I64:
			small = append(small, t)
		case int8 && len(t.Shape) > 1:
			q, scale, err := t.Rows8()
			if err != nil {
				return nil, err
			}
			small = append(small, q, scale)
		default:
			half, err := t.Half()
			if err != nil {
				return nil, err
			}
			small = append(small, half)
		}
	}
	return small, nil
}
