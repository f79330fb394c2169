package session

import (
	"ganvas/core/inspect"
	"ganvas/core/run"
)

// Plane is answered with the whole game of a run on points, a wire.Plane and its bytes.
type Plane struct{}

func (*Plane) command() {}

func (*Plane) do(s *Session, _ run.Cancel) (Answer, error) {
	began := s.Now()
	if err := s.run.Refer(); err != nil {
		return Answer{}, err
	}
	p, err := s.plane()
	if err != nil {
		return Answer{}, err
	}
	out, b := p.See()
	out.Step, out.Fresh, out.Ms = s.run.Steps(), s.run.Fresh(), s.since(began)
	return Answer{Bytes: b, Data: out}, s.run.GAN.Engine.Err()
}

const (
	planeFakes = 256
	planeReals = 256
)

// plane sees the present run's game, bound at the first question.
func (s *Session) plane() (*inspect.Plane, error) {
	in, t := &s.run.inside, s.run.Trainer
	if in.plane != nil && in.planeOf == t {
		return in.plane, nil
	}
	noise, _ := t.FixedNoise()
	width, set := t.GAN.Recipe.Noise, t.Samples()
	fakes, reals := min(planeFakes, len(noise)/width), min(planeReals, set.Arrived())
	rows := make([]int32, reals)
	for i := range rows {
		rows[i] = int32(i)
	}
	points := make([]float32, reals*set.Size())
	set.Gather(points, rows)
	p, err := inspect.NewPlane(t.GAN, noise[:fakes*width], points)
	if err == nil {
		in.plane, in.planeOf = p, t
	}
	return p, err
}
