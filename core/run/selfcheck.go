package run

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"

	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/rng"
	"ganvas/core/weights"
)

// checked is one noise vector and the image that the shown generator must make of it.
type checked struct {
	Noise string `json:"noise"` // base64 of little-endian float32
	Label int32  `json:"label"`
	Image string `json:"image"` // base64 of bytes, 0 black to 255 white
}

// How far a byte of the check image may be off. An engine that rounds its products moves pixels a little; the others round
// sums in another order at most, which takes a few pixels over the edge to the next byte. A file whose digest was right is
// only asked whether this engine computes what its own did.
const (
	checkTolerance = 6
	nextByte       = 1
	edgeShare      = 0.01 // of the image's bytes
)

func selfCheck(m *gan.GAN) (string, error) {
	noise := make([]float32, m.Recipe.Noise)
	rng.New(m.Recipe.Seed, "self-check").Normal(noise)
	image, err := checkImage(m, noise, 0)
	if err != nil {
		return "", err
	}
	raw := make([]byte, 0, 4*len(noise))
	for _, v := range noise {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	b, err := json.Marshal(checked{Noise: base64.StdEncoding.EncodeToString(raw), Image: base64.StdEncoding.EncodeToString(image)})
	return string(b), err
}

func checkImage(m *gan.GAN, noise []float32, label int32) ([]byte, error) {
	s, err := m.NewSampler(1)
	if err != nil {
		return nil, err
	}
	defer s.Release()
	var labels []int32
	if m.Recipe.Conditional {
		labels = []int32{label}
	}
	image := make([]float32, m.Data.Sample.Size())
	s.Images(image, noise, labels)
	return img.ToBytes(nil, image), m.Engine.Err()
}

// verifySelf makes the check image again and compares it. A file without a check passes, and one whose changes are accepted.
func verifySelf(m *gan.GAN, f *weights.File, text string) error {
	if text == "" || f.Accepted {
		return nil
	}
	var c checked
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return fmt.Errorf("the checkpoint's self-check is unreadable: %w", err)
	}
	raw, err1 := base64.StdEncoding.DecodeString(c.Noise)
	want, err2 := base64.StdEncoding.DecodeString(c.Image)
	if err1 != nil || err2 != nil || len(raw) != 4*m.Recipe.Noise || len(want) != m.Data.Sample.Size() || c.Label < 0 || m.Recipe.Conditional && int(c.Label) >= m.Data.Classes {
		return fmt.Errorf("the checkpoint's self-check does not fit its recipe")
	}
	noise := make([]float32, m.Recipe.Noise)
	for i := range noise {
		noise[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	got, err := checkImage(m, noise, c.Label)
	if err != nil {
		return err
	}
	rough, is := m.Engine.(engine.Rough)
	if !alike(got, want, f.Checked || is && rough.Rough()) {
		return weights.Damaged("its generator does not make the image that its self-check promises")
	}
	return nil
}

// alike compares the check image with the one that was saved.
func alike(got, want []byte, loosely bool) bool {
	over := 0 // bytes that went over the edge
	for i := range got {
		d := max(got[i], want[i]) - min(got[i], want[i])
		switch {
		case loosely && d > checkTolerance || !loosely && d > nextByte:
			return false
		case d > 0:
			over++
		}
	}
	return loosely || over <= 1+int(edgeShare*float64(len(got)))
}
