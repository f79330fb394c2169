package foreign

import (
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
)

// Open understands the generator in another program's file: one that PyTorch saved, or safetensors without metadata of ours.
func Open(file []byte, s Settings) (*Found, error) {
	if pth.Is(file) {
		f, err := pth.Decode(file)
		if err != nil {
			return nil, err
		}
		return Read(Tensors{All: f.Tensors}, s)
	}
	f, err := weights.Decode(file)
	if err != nil {
		return nil, err
	}
	return Read(Tensors{All: f.Tensors, Sorted: true}, s)
}
