package live

import (
	"slices"

	"ganvas/core/wire"
)

// memory is what somebody who joins is told, so that the page is as if it had been there: how the run began, its curves, the
// newest pictures and measurements, and whether it goes on.
type memory struct {
	started wire.Event // with the recipe as it is now
	curves  curves
	last    map[wire.EventType]wire.Event // the newest of each kind
	state   wire.EventType                // Started or Resumed, Paused, Stopped
}

// take remembers an event.
func (m *memory) take(e wire.Event) {
	switch e.Type {
	case wire.Started:
		if !e.Continues {
			m.curves = curves{}
		}
		loading := m.last[wire.Loading]
		m.started, m.last = e, map[wire.EventType]wire.Event{}
		if loading.Type != "" {
			m.last[wire.Loading] = loading
		}
		m.curves.cut(e.Step)
		m.state = e.Type
	case wire.Changed:
		bytes, continues := m.started.Bytes, m.started.Continues
		m.started = e
		m.started.Type, m.started.Bytes, m.started.Continues = wire.Started, bytes, continues
	case wire.Stepped:
		m.curves.add(e)
	case wire.Paused, wire.Resumed, wire.Stopped:
		if e.Type != wire.Paused || m.state != wire.Stopped { // a run that is over pauses first
			m.state = e.Type
		}
		m.last[e.Type] = e
	case wire.Updated, wire.Answered, wire.Saved:
	default:
		if m.last == nil {
			m.last = map[wire.EventType]wire.Event{}
		}
		m.last[e.Type] = e
	}
}

// began reports whether there is a run.
func (m *memory) began() bool { return m.started.Type != "" }

// tell gives everything that somebody who joins must know, in the order in which it could have happened.
func (m *memory) tell(to func(*message)) {
	say := func(e wire.Event) { to(&message{event: e}) }
	if e, is := m.last[wire.Loading]; is {
		say(e)
	}
	if !m.began() {
		return
	}
	e := m.started
	e.Continues = false
	say(e)
	for _, e := range m.curves.events() {
		say(e)
	}
	for _, kind := range []wire.EventType{wire.Sampled, wire.Remembered, wire.Measured, wire.Diagnosed} {
		if e, is := m.last[kind]; is {
			say(e)
		}
	}
	if m.state == wire.Paused || m.state == wire.Stopped {
		say(m.last[m.state])
	}
}

// mostCurve bounds the points of a curve that are kept; with more the neighbours become one, their mean.
const mostCurve = 2048

// curves is what the steps measured, from the first to step, each point the mean of so many steps.
type curves struct {
	points []wire.Point
	some   []wire.Point // of newer steps, fewer than a point needs
	each   int
	step   int        // of the newest step
	at     wire.Event // that told of it
}

func (c *curves) add(e wire.Event) {
	if first := e.Step - len(e.Points); first != c.step {
		c.cut(first)
		if first != c.step { // earlier steps are unknown
			*c = curves{step: first}
		}
	}
	c.each = max(c.each, 1)
	c.at, c.step = e, e.Step
	for _, p := range e.Points {
		c.some = append(c.some, p)
		if len(c.some) < c.each {
			continue
		}
		c.points, c.some = append(c.points, mean(c.some)), c.some[:0]
		if len(c.points) < mostCurve {
			continue
		}
		for i := range mostCurve / 2 {
			c.points[i] = mean(c.points[2*i : 2*i+2])
		}
		c.points = c.points[:mostCurve/2]
		c.each *= 2
	}
}

// cut forgets what came after a step.
func (c *curves) cut(step int) {
	if step >= c.step {
		return
	}
	back := c.step - step
	if back <= len(c.some) {
		c.some = c.some[:len(c.some)-back]
		c.step = step
		return
	}
	back -= len(c.some)
	n := min(len(c.points), (back+max(1, c.each)-1)/max(1, c.each))
	kept := c.points[:len(c.points)-n]
	c.step -= len(c.some) + n*c.each
	c.points, c.some = kept, nil
	if c.step != step { // in the middle of a point, or before the first
		c.step = step
		if len(kept) == 0 {
			c.points = nil
		}
	}
}

// events tell of the curves: the thinned part, then the newest steps one by one.
func (c *curves) events() (all []wire.Event) {
	for _, part := range []struct {
		points     []wire.Point
		each, upTo int
	}{{c.points, c.each, c.step - len(c.some)}, {c.some, 1, c.step}} {
		if len(part.points) == 0 {
			continue
		}
		e := c.at
		e.Points, e.Step = slices.Clone(part.points), part.upTo
		if part.each > 1 {
			e.Each = part.each
		}
		all = append(all, e)
	}
	return all
}

// mean of points that follow each other.
func mean(ps []wire.Point) wire.Point {
	var m wire.Point
	n := float64(len(ps))
	for _, p := range ps {
		m.LossD, m.LossG, m.PReal, m.PFake, m.Right = m.LossD+p.LossD/n, m.LossG+p.LossG/n, m.PReal+p.PReal/n, m.PFake+p.PFake/n, m.Right+p.Right/n
		m.SReal, m.SFake = m.SReal+p.SReal/n, m.SFake+p.SFake/n
	}
	return m
}
