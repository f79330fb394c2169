package live

import (
	"strconv"
	"testing"

	"ganvas/core/wire"
)

// What waits for a viewer that does not read is bounded: the newest picture, the steps together, and in the end it is cut off.
func TestQueueIsBounded(t *testing.T) {
	q := newQueue()
	push := func(e wire.Event) bool { return q.push(&message{event: e}) }
	push(wire.Event{Type: wire.Started})
	for i := 1; i <= 5000; i++ {
		if !push(wire.Event{Type: wire.Stepped, Step: 2 * i, Points: make([]wire.Point, 2)}) || !push(wire.Event{Type: wire.Sampled, Step: 2 * i, Bytes: make([]byte, 1000)}) ||
			!push(wire.Event{Type: wire.Remembered, Step: 2 * i}) {
			t.Fatalf("it is cut off at step %d", 2*i)
		}
	}
	var kinds []wire.EventType
	for m := q.pop(); m != nil; m = q.pop() {
		kinds = append(kinds, m.event.Type)
		if e := m.event; e.Type != wire.Started && e.Step != 10_000 || e.Type == wire.Stepped && len(e.Points) != 10_000 {
			t.Errorf("%s of step %d with %d points waits", e.Type, e.Step, len(e.Points))
		}
	}
	if len(kinds) != 4 {
		t.Errorf("%v wait", kinds)
	}
	cut := false
	for i := 0; i < 100_000 && !cut; i++ {
		cut = !push(wire.Event{Type: wire.Stepped, Step: i, Points: make([]wire.Point, 1)})
	}
	if n := q.points(); !cut || n > mostPoints+1 {
		t.Errorf("%d steps wait, cut off: %v", n, cut)
	}
	q, cut = newQueue(), false
	for i := 0; i < 10*mostQueued && !cut; i++ {
		cut = !push(wire.Event{Type: wire.Answered, ID: i})
	}
	if !cut {
		t.Error("answers wait without bound")
	}
}

// Steps that wait are joined into a message of their own: others read the old one.
func TestJoinedStepsAreTheViewersOwn(t *testing.T) {
	a, b := newQueue(), newQueue()
	first := &message{event: wire.Event{Type: wire.Stepped, Step: 1, Points: make([]wire.Point, 1, 10)}}
	a.push(first)
	b.push(first)
	a.push(&message{event: wire.Event{Type: wire.Stepped, Step: 2, Points: []wire.Point{{LossD: 2}}}})
	b.push(&message{event: wire.Event{Type: wire.Stepped, Step: 2, Points: []wire.Point{{LossD: 3}}}})
	if x, y := a.pop().event, b.pop().event; len(x.Points) != 2 || x.Points[1].LossD != 2 || y.Points[1].LossD != 3 || len(first.event.Points) != 1 {
		t.Errorf("%+v and %+v wait", x, y)
	}
	// A pause between them stays where it was.
	a.push(first)
	a.push(&message{event: wire.Event{Type: wire.Paused, Step: 1}})
	a.push(&message{event: wire.Event{Type: wire.Stepped, Step: 2, Points: make([]wire.Point, 1)}})
	if n := len(a.items); n != 3 {
		t.Errorf("%d messages wait", n)
	}
}

// The curves that somebody who joins is told go over the whole run in bounded memory, and end where it is.
func TestCurves(t *testing.T) {
	var c curves
	step := 0
	for _, n := range []int{1, 7, 100, 5000, 3, 20000, 1} {
		points := make([]wire.Point, n)
		for i := range points {
			points[i].LossD = float64(step + i + 1)
		}
		step += n
		c.add(wire.Event{Type: wire.Stepped, Step: step, Points: points})
		told := 0
		for _, e := range c.events() {
			each := max(1, e.Each)
			if len(e.Points) > mostCurve {
				t.Errorf("%d points are told at once", len(e.Points))
			}
			for i, p := range e.Points { // the mean of its steps' numbers
				last := e.Step - (len(e.Points)-1-i)*each
				if want := float64(last) - float64(each-1)/2; p.LossD != want {
					t.Fatalf("after %d steps the point of step %d is %v, want %v", step, last, p.LossD, want)
				}
				told += each
			}
		}
		if told != step {
			t.Errorf("after %d steps %d are told of", step, told)
		}
	}
	for _, back := range []int{step - 1, step - 100, 40, 0} {
		c.cut(back)
		for i, e := range c.events() {
			if e.Step > back {
				t.Errorf("cut at %d, event %s ends at %d", back, strconv.Itoa(i), e.Step)
			}
		}
	}
	c.add(wire.Event{Type: wire.Stepped, Step: 2, Points: make([]wire.Point, 2)})
	if all := c.events(); len(all) != 1 || all[0].Step != 2 || len(all[0].Points) != 2 {
		t.Errorf("after a new beginning %+v is told", all)
	}
}
