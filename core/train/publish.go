package train

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/weights"
)

// Publish makes of a checkpoint the file to hand out: the shown generator alone, in float16, with the command that
// trained it. What the file describes and checks itself by is the rounded generator.
func Publish(e engine.Engine, f *weights.File) (*weights.File, error) {
	m, in, err := Open(e, f)
	if err != nil {
		return nil, err
	}
	if err := roundToHalf(m.Shown()); err != nil {
		return nil, err
	}
	out, err := GeneratorFile(m, in.Step, in.Images)
	if err != nil {
		return nil, err
	}
	out.Meta["recipe"], out.Meta["command"] = string(in.Recipe.JSON()), in.Recipe.Command()
	for i, t := range out.Tensors {
		if t.DType == weights.I64 {
			continue
		}
		if out.Tensors[i], err = t.Half(); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// roundToHalf rounds a network's every value to float16.
func roundToHalf(n engine.Net) error {
	state, err := n.State()
	if err != nil {
		return err
	}
	for i, t := range state {
		if t.DType == weights.I64 {
			continue
		}
		if state[i], err = t.Half(); err != nil {
			return err
		}
	}
	if err := n.Load(state); err != nil {
		return fmt.Errorf("the weights are too large for float16: %w", err)
	}
	return nil
}
