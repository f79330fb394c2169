package session

import (
	"errors"
	"fmt"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

// What a run can be asked to be computed by.
const (
	OnCPU  = "cpu"
	OnGPU  = "webgpu"
	OnHalf = "webgpu-f16" // the GPU, which takes the factors of products as float16
	Auto   = "auto"       // whichever takes less time for this very recipe
)

// GPU is an engine on a GPU, and what that is.
type GPU struct {
	Engine   engine.Engine
	Name     string
	Software bool // a processor computes in its place
}

// graphics is what a session knows of the GPU beside its own engine.
type graphics struct {
	GPU         // open where Engine is not nil
	half bool   // the run's products have factors of float16
	fell int    // step that a run went back to when it failed last, −1 where it has not
	says string // a sentence on what computes, and why
}

// halving is an engine on which networks can be built that take the factors of their products as float16.
type halving interface{ Half(on bool) }

// openGPU brings the GPU's engine, the same as long as nothing has failed on it, for networks with factors of float16 or not.
func (s *Session) openGPU(half bool) (engine.Engine, error) {
	e, err := s.anyGPU()
	if err != nil {
		return nil, err
	}
	if h, can := e.(halving); can {
		h.Half(half)
	} else if half {
		return nil, errors.New("this GPU's engine has no float16")
	}
	return e, nil
}

// asBefore has what the run builds from now on be as precise as it is.
func (s *Session) asBefore() {
	if h, can := s.gpu.Engine.(halving); can {
		h.Half(s.gpu.half)
	}
}

func (s *Session) anyGPU() (engine.Engine, error) {
	if s.OpenGPU == nil {
		return nil, errors.New("this program cannot compute on a GPU")
	}
	if s.gpu.Engine != nil && s.gpu.Engine.Err() == nil {
		return s.gpu.Engine, nil
	}
	s.closeGPU()
	g, err := s.OpenGPU()
	s.gpu.GPU = g
	return g.Engine, err
}

// closeGPU gives back what the GPU holds, which no run may use any more.
func (s *Session) closeGPU() {
	if s.gpu.Engine != nil {
		_ = s.gpu.Engine.Close() // nothing is asked of it any more
	}
	s.gpu.GPU = GPU{}
}

// onGPU reports whether the run is computed there.
func (s *Session) onGPU() bool {
	return s.run != nil && s.gpu.Engine != nil && s.run.GAN.Engine == s.gpu.Engine
}

// prepare makes a run of so many packs a batch where it is wanted: on the GPU, or, if that cannot, on the CPU, and then says why.
func (s *Session) prepare(packs int, trainer func(engine.Engine) (*run.Trainer, error)) (*run.Trainer, error) {
	s.gpu.says = ""
	if s.Wanted != OnGPU && s.Wanted != OnHalf {
		return trainer(s.engine(packs))
	}
	t, err := s.tryGPU(trainer)
	if err == nil {
		return t, nil
	}
	t, failed := trainer(s.engine(packs))
	if failed != nil {
		return nil, failed
	}
	s.gpu.says = sentence(fmt.Errorf("%w; so the CPU trains this run", err))
	return t, nil
}

// tryGPU makes a run on the GPU.
func (s *Session) tryGPU(trainer func(engine.Engine) (*run.Trainer, error)) (*run.Trainer, error) {
	half := s.Wanted == OnHalf
	e, err := s.openGPU(half)
	if err != nil {
		return nil, err
	}
	s.gpu.half = half
	t, err := trainer(e)
	if err == nil {
		err = e.Err()
	}
	if err != nil && t != nil {
		t.GAN.Release()
	}
	return t, err
}

// moved makes the run that is here one on another engine, from a state of its own.
func (s *Session) moved(e engine.Engine, f *weights.File) (*run.Trainer, error) {
	t, err := run.ResumeAs(e, f, s.run.Samples(), s.run.GAN.Recipe)
	if err == nil {
		err = e.Err()
	}
	return t, err
}

// goOn lets the run go on as a trainer on another engine, made from that state of it.
func (s *Session) goOn(t *run.Trainer, f *weights.File) error {
	if t.GAN.Engine == s.Shared {
		b, err := f.Encode()
		if err != nil {
			return err
		}
		s.Tell(&Load{File: b})
	}
	s.run.GAN.Release()
	s.run.Trainer, s.run.meter, s.run.spent = t, meter{}, 0
	return nil
}

// failedGPU reports whether the run is on a GPU that has failed, such as one that was lost.
func (s *Session) failedGPU() bool { return s.onGPU() && s.gpu.Engine.Err() != nil }

// leaveGPU goes on from the last state that the host has, after the GPU has failed: on a new device if there is one and the run
// has come on since the last time, else on the CPU.
func (s *Session) leaveGPU() error {
	why, at := s.gpu.Engine.Err(), s.run.Steps()
	f := s.kept()
	if f == nil {
		return fmt.Errorf("%w before the run had a state to go back to: start it again", why)
	}
	t, where := (*run.Trainer)(nil), "the CPU"
	if at > s.gpu.fell {
		if e, err := s.openGPU(s.gpu.half); err == nil {
			if t, err = s.moved(e, f); err == nil {
				where = "it anew"
			}
		}
	}
	if where == "the CPU" {
		var err error
		if t, err = s.moved(s.engine(s.run.GAN.Recipe.Packs()), f); err != nil {
			return err
		}
	}
	s.gpu.fell = at
	if err := s.goOn(t, f); err != nil {
		return err
	}
	if where == "the CPU" {
		s.closeGPU()
	}
	s.gpu.says = sentence(fmt.Errorf("%w; training goes on on %s, from step %d", why, where, t.Steps()))
	s.changed(s.gpu.says)
	return nil
}

// kept is the newest state of the run that is in the host's memory, nil where there is none.
func (s *Session) kept() *weights.File {
	f, at := s.run.Good()
	if n := len(s.run.past.States); n > 0 && (f == nil || s.run.past.States[n-1].Step > at) {
		return s.run.past.States[n-1].File
	}
	return f
}

// changed announces that the run goes on otherwise; trouble is what has brought that about, if anything.
func (s *Session) changed(trouble string) {
	e := s.described(wire.Changed, true)
	e.Error = trouble
	s.Emit(e)
}

// notes is all that there is to say of what computes.
func (s *Session) notes() string { return strings.TrimSpace(s.Note + " " + s.gpu.says) }
