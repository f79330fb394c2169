package session

import (
	"fmt"

	"ganvas/core/run"
)

const (
	weighAfter = 8 // steps on the CPU
	weighSteps = 8 // on the GPU
)

// weigh compares the CPU's time for a step of the run, which has done some there, with the GPU's for one of a run of the same recipe, and
// takes the run to the faster one. It happens once in a run, where Auto is wanted and there is a real GPU.
func (s *Session) weigh(ctx run.Cancel) {
	if s.Wanted != Auto || s.run.weighed || s.run.meter.n < weighAfter || s.run.Updates() > 0 || s.onGPU() {
		return
	}
	s.run.weighed = true
	s.disband()
	cpu := s.run.meter.median()
	if _, err := s.openGPU(false); err != nil {
		return // most computers without one have no use for a reason
	}
	s.gpu.half = false
	if s.gpu.Software {
		s.closeGPU()
		return
	}
	name := s.gpu.Name
	s.gpu.says = fmt.Sprintf("The GPU %s is tried.", name)
	s.changed("")
	gpu, err := s.timeGPU(ctx)
	switch {
	case err == nil && gpu < run.Worth*cpu:
		if err = s.move(s.gpu.Engine); err == nil {
			s.gpu.says = fmt.Sprintf("The GPU %s takes %.3g ms a step and the CPU took %.3g, so the GPU trains.", name, gpu, cpu)
		}
	case err == nil:
		s.gpu.says = fmt.Sprintf("The GPU %s takes %.3g ms a step and the CPU takes %.3g, so the CPU trains.", name, gpu, cpu)
	}
	if err != nil {
		s.gpu.says = sentence(fmt.Errorf("%w; so the CPU trains this run", err))
	}
	if !s.onGPU() {
		s.closeGPU()
	}
	s.changed("")
}

// timeGPU is the milliseconds of a step of the run's recipe on the GPU.
func (s *Session) timeGPU(ctx run.Cancel) (float64, error) {
	t, err := run.New(s.gpu.Engine, s.run.GAN.Recipe, s.run.Samples())
	if err != nil {
		return 0, err
	}
	defer t.GAN.Release()
	b, err := t.Bench(ctx, weighSteps, s.Now, s.Yield)
	if err != nil {
		return 0, err
	}
	median, _, _ := b.Median()
	return median, nil
}
