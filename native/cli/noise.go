package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"ganvas/core/weights"
	"ganvas/core/weights/npz"
)

// noiseOut says, before anything is computed, why the images' noise cannot be written.
func (c *generateCmd) noiseOut() error {
	switch {
	case c.Noise == "":
		return nil
	case strings.ToLower(filepath.Ext(c.Noise)) != ".npy":
		return fmt.Errorf("--noise-out %s: the ending must be .npy", c.Noise)
	case c.To != nil || c.Tape != "":
		return errors.New("--noise-out is for images of one noise each: leave out --to and --tape")
	}
	if filepath.Clean(c.Noise) == filepath.Clean(c.Out) {
		return fmt.Errorf("--noise-out and --out are both %s: name two files", c.Out)
	}
	return errors.Join(writable(c.Noise), apart(c.Noise, c.Weights))
}

// writeNoise writes noise (N, width).
func (c *generateCmd) writeNoise(noise []float32, width int) error {
	b, err := npz.Array(weights.FromF32("noise", []int{len(noise) / width, width}, noise))
	if err != nil {
		return err
	}
	return writeFile(c.Noise, b)
}
