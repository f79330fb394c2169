package train

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"ganvas/core/img"
	"ganvas/core/past"
	"ganvas/core/wire"
)

// stateEvery is how much time lies between whole states at most, for runs whose steps are slow; others keep the guard's.
const stateEvery = 20 * time.Second

// remember takes a sheet into the run's past, and says what is in it now. What a tape shows is another run's.
func (s *Session) remember(sheet *wire.Sheet, pixels []byte) {
	if s.reel != nil {
		return
	}
	t := s.t
	s.past.AddMoment(past.Moment{Step: t.Steps(), Images: t.Images(), Epoch: t.Epoch(), Sheet: sheet}, pixels)
	s.tellPast()
}

// tellPast says what the run remembers: at once while it rests, and while it trains as often as a page can show it.
func (s *Session) tellPast() {
	now := s.Now()
	if s.pacing.untold = !s.paused && now.Sub(s.pacing.lastPast) < pastEvery; s.pacing.untold {
		return
	}
	s.pacing.lastPast = now
	s.Emit(s.event(wire.Event{Type: wire.Remembered, Data: s.remembered()}))
}

func (s *Session) remembered() map[string]any {
	moments, states := s.past.Steps()
	return map[string]any{"moments": moments, "states": states, "marks": append([]past.Mark{}, s.past.Marks...)}
}

// keepState takes whole states into the run's past: each one that the guard keeps, which costs nothing, and a copy of the
// run as it is when it pauses and now and then.
func (s *Session) keepState(pausing bool) error {
	if s.t.Updates() > 0 || s.reel != nil {
		return nil
	}
	newest := -1
	if n := len(s.past.States); n > 0 {
		newest = s.past.States[n-1].Step
	}
	step, now := s.t.Steps(), s.Now()
	if good := s.t.good; good != nil && good.step > newest {
		s.past.AddState(good.step, good.file)
		newest, s.stateAt = good.step, now
		s.tellPast()
	}
	if newest == step || !pausing && now.Sub(s.stateAt) <= stateEvery {
		return nil
	}
	s.apart()
	f, err := s.t.Checkpoint(false)
	if err != nil || f.FirstNonFinite() != "" {
		return err
	}
	s.past.AddState(step, f)
	s.stateAt = now
	s.tellPast()
	return nil
}

// log writes a step down.
func (s *Session) log(p wire.Point) {
	if s.t.GAN.Scores() {
		p.PReal, p.PFake = p.SReal, p.SFake
	}
	s.past.Log.Add(past.Row{Step: s.t.Steps(), Epoch: s.t.Epoch(), Images: s.t.Images(), Point: p})
}

// doHistory answers with what the run remembers.
func (s *Session) doHistory(Ending, wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	return answer{data: s.remembered()}, nil
}

// moment answers with the pictures nearest to step N: a sheet, and its bytes.
func (s *Session) moment(_ Ending, c wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	m, ok := s.past.MomentAt(c.N)
	if !ok {
		return answer{}, errors.New("the run remembers no pictures yet")
	}
	return answer{
		bytes: slices.Concat(m.Fakes, m.Reals, m.Field),
		data:  map[string]any{"step": m.Step, "images": m.Images, "epoch": m.Epoch, "sheet": m.Sheet},
	}, nil
}

// export draws the fixed noise's images, now as a picture, over time as a film; or those of given noise; or writes what the
// steps measured, as CSV or JSON.
func (s *Session) export(_ Ending, c wire.Command) (answer, error) {
	if s.t != nil && len(c.Bytes) > 0 {
		return s.exportFrom(c)
	}
	if s.t == nil || len(s.past.Moments) == 0 {
		return answer{}, errNoRun
	}
	h := s.past.Moments
	last := h[len(h)-1]
	var d img.Drawer = img.Grid{Height: last.Sheet.Height, Width: last.Sheet.Width, Columns: 8, Gap: 2, Scale: 3}
	if last.Sheet.Field > 0 { // points, drawn over the real ones
		d = img.Scatter{Side: 512, Under: last.Reals}
	}
	switch c.Format {
	case "picture":
		return drawn(d, [][]byte{last.Fakes}, 0)
	case "film":
		frames := make([][]byte, len(h))
		for i, f := range h {
			frames[i] = f.Fakes
		}
		return drawn(d, frames, runRate)
	case "csv":
		return answer{bytes: s.past.Log.CSV()}, nil
	case "json":
		b, err := s.past.Log.JSON(s.t.GAN.Recipe)
		return answer{bytes: b}, err
	}
	return answer{}, fmt.Errorf("format is %q: it must be picture, film, csv or json", c.Format)
}

// runRate is hundredths of a second for each picture of a run.
const runRate = 10

// drawn answers with a film: its pixels, and what a file of them needs beside. It is the page that writes such files.
func drawn(d img.Drawer, frames [][]byte, delay int) (answer, error) {
	f, err := img.NewFilm(d, frames, delay)
	if err != nil {
		return answer{}, err
	}
	return answer{bytes: f.Pix, data: map[string]any{"film": f}}, nil
}
