package session

import (
	"errors"

	"ganvas/core/img"
	"ganvas/core/rng"
	"ganvas/core/run"
)

// Game is answered with one picture that is real or fake with equal chance, drawn by Seed: a sample of the data set, or an
// image of the generator as it is.
type Game struct {
	Seed uint64 `json:"seed"`
}

// Card is what the picture is and what D takes it for. D judges the bytes that the visitor sees, so that neither has more to go
// by.
type Card struct {
	Verdicts
	Real         bool `json:"real"`
	Label        int  `json:"label"` // −1 where the run is not conditional
	TakenForReal bool `json:"takenForReal"`
}

func (*Game) command() {}

func (c *Game) do(s *Session, _ run.Cancel) (Answer, error) {
	t := s.run.Trainer
	if t.Samples().Arrived() == 0 {
		return Answer{}, errors.New("the real samples have not arrived yet: try again in a moment")
	}
	stream := rng.New(c.Seed, "deal")
	draw, real := fakeCard, stream.IntN(2) == 1
	if real {
		draw = realCard
	}
	picture, label, err := draw(t, stream)
	if err != nil {
		return Answer{}, err
	}
	v, err := s.verdicts(picture, label)
	if err != nil {
		return Answer{}, err
	}
	return Answer{Bytes: picture, Data: Card{Verdicts: v, Real: real, Label: label, TakenForReal: v.Logits[0] > v.Middle}}, nil
}

// realCard draws a sample of the data set as D is shown it.
func realCard(t *run.Trainer, stream *rng.Stream) (picture []byte, label int, err error) {
	set := t.Samples()
	row := []int32{int32(stream.IntN(set.Arrived()))}
	image := make([]float32, set.Size())
	set.Gather(image, row)
	if err := t.AsSeen(image); err != nil {
		return nil, 0, err
	}
	label = -1
	if t.GAN.Recipe.Conditional {
		label = set.Label(int(row[0]))
	}
	return img.ToBytes(nil, image), label, nil
}

// fakeCard draws an image of the generator.
func fakeCard(t *run.Trainer, stream *rng.Stream) (picture []byte, label int, err error) {
	label = -1
	if t.GAN.Recipe.Conditional {
		label = stream.IntN(t.GAN.Data.Classes)
	}
	noise := make([]float32, t.GAN.Recipe.Noise)
	stream.Normal(noise)
	picture, err = t.From(noise, run.Request{Digit: label})
	return picture, label, err
}
