package run

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"ganvas/core/rng"
)

// streams are a run's sources of random numbers. Each has its own name, so that using one more or less of one kind
// leaves the others as they were.
type streams struct {
	noiseD, noiseG, epsilon, masks, label, augment *rng.Stream
}

// augmentStream is the name of augmentation's stream in checkpoints.
const augmentStream = "augment"

func newStreams(seed uint64) streams {
	return streams{
		noiseD: rng.New(seed, "noise for the discriminator"), noiseG: rng.New(seed, "noise for the generator"),
		epsilon: rng.New(seed, "mix of real and fake"), masks: rng.New(seed, "dropout"), label: rng.New(seed, "labels of fakes"),
		augment: rng.New(seed, "augmentation"),
	}
}

// classes draws labels of fakes, each class as likely as any other.
func (s *streams) classes(dst []int32, n int) {
	for i := range dst {
		dst[i] = int32(s.label.IntN(n))
	}
}

// draws fills the random numbers of passes with augmentation.
func (s *streams) draws(passes [][]float32) {
	for _, u := range passes {
		s.augment.Uniform(u, 0, 1)
	}
}

func (s *streams) byName() map[string]*rng.Stream {
	return map[string]*rng.Stream{"noise_d": s.noiseD, "noise_g": s.noiseG, "epsilon": s.epsilon, "dropout": s.masks, "labels": s.label, augmentStream: s.augment}
}

// MarshalJSON is every stream's exact state.
func (s *streams) MarshalJSON() ([]byte, error) {
	states := map[string]string{}
	for name, st := range s.byName() {
		b, err := st.MarshalBinary()
		if err != nil {
			return nil, err
		}
		states[name] = base64.StdEncoding.EncodeToString(b)
	}
	return json.Marshal(states)
}

func (s *streams) UnmarshalJSON(b []byte) error {
	var states map[string]string
	if err := json.Unmarshal(b, &states); err != nil {
		return fmt.Errorf("the checkpoint's random state is unreadable: %w", err)
	}
	for name, st := range s.byName() {
		if name == augmentStream && states[name] == "" {
			continue // files that are older than augmentation have not drawn from it
		}
		raw, err := base64.StdEncoding.DecodeString(states[name])
		if err == nil {
			err = st.UnmarshalBinary(raw)
		}
		if err != nil {
			return fmt.Errorf("the checkpoint's random state of %s is unreadable: %w", name, err)
		}
	}
	return nil
}
