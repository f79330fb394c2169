package session

import (
	"errors"
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/run"
)

// Engine says what is to compute: OnCPU, OnGPU, OnHalf or Auto. A run that is here goes there as it is; where the GPU cannot take it, it
// stays, and the error says why.
type Engine struct {
	Engine string `json:"engine"`
}

func (*Engine) command() {}

func (c *Engine) do(s *Session, _ run.Cancel) (Answer, error) {
	if err := s.want(c.Engine); err != nil || s.run == nil {
		return Answer{}, err
	}
	s.run.weighed = false
	half := c.Engine == OnHalf
	e := s.engine(s.run.GAN.Recipe.Packs())
	switch {
	case (c.Engine == OnGPU || half) && (!s.onGPU() || s.gpu.half != half):
		var err error
		if e, err = s.openGPU(half); err != nil {
			return Answer{}, err
		}
		defer s.asBefore()
	case c.Engine == OnCPU && s.onGPU():
	default: // it is there, or is weighed when it trains
		return Answer{}, nil
	}
	s.gpu.says = ""
	if err := errors.Join(s.leaveTape(), s.whole()); err != nil {
		return Answer{}, err
	}
	if err := s.move(e); err != nil {
		return Answer{}, err
	}
	s.gpu.half = half
	s.changed("")
	return Answer{}, nil
}

// want takes a choice of engine; "" leaves it as it is.
func (s *Session) want(name string) error {
	switch name {
	case "":
	case OnCPU, OnGPU, OnHalf, Auto:
		s.Wanted = name
	default:
		return fmt.Errorf("engine is %q: it must be %s, %s, %s or %s", name, OnCPU, OnGPU, OnHalf, Auto)
	}
	return nil
}

// move brings the run, which is between two steps, to another engine, bit by bit as it is.
func (s *Session) move(e engine.Engine) error {
	f, err := s.run.Checkpoint(false)
	if err != nil {
		return err
	}
	away := s.onGPU() && e != s.gpu.Engine
	t, err := s.moved(e, f)
	if err != nil {
		return err
	}
	if err := s.goOn(t, f); err != nil {
		return err
	}
	if away {
		s.closeGPU()
	}
	return nil
}
