package foreign

import (
	"ganvas/core/engine"
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
)

// Open understands the generator in another program's file, one that PyTorch saved or safetensors without metadata of ours, and
// says what would mend its samples where they are absurd.
func Open(e engine.Engine, file []byte, s Settings) (*Found, error) {
	ts, err := tensors(file)
	if err != nil {
		return nil, err
	}
	f, err := Read(ts, s)
	if err != nil {
		return nil, err
	}
	return f, Advise(e, ts, s, f)
}

func tensors(file []byte) (Tensors, error) {
	if pth.Is(file) {
		f, err := pth.Decode(file)
		if err != nil {
			return Tensors{}, err
		}
		return Tensors{All: f.Tensors}, nil
	}
	f, err := weights.Decode(file)
	if err != nil {
		return Tensors{}, err
	}
	return Tensors{All: f.Tensors, Sorted: true}, nil
}
