package inspect

import (
	"encoding/binary"
	"errors"
	"math"

	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

const (
	planeSide  = 48 // places of the square at which D is asked, each way
	sheetLines = 17 // of noise, each way, that the generator bends
	unitsShown = 8  // of each of D's hidden layers
	deepest    = 4  // hidden layers that are shown
)

// ErrNoPlane says that a run's samples are no points.
var ErrNoPlane = errors.New("this run makes pictures, and only points lie in a plane: start one on points, such as the preset ring-2d")

// Plane sees the whole game of a run on points of the plane: where the generator puts noise, what D says of every place and
// where its gradient sends the fakes.
type Plane struct {
	m                          *gan.GAN
	noise, reals               []float32 // (fakes, noise), (reals, 2)
	sheet                      []float32 // (sheetLines², noise)
	places                     []float32 // (planeSide², 2)
	fakes, known, bent, judged *gan.Sampler
	d                          *network // nil where the engine's networks cannot be looked into
	x                          []float32
}

// NewPlane looks at the run with fakes of noise (n, noise) among real points (m, 2).
func NewPlane(m *gan.GAN, noise, reals []float32) (*Plane, error) {
	if m.Data.Sample.Kind() != sample.Point {
		return nil, ErrNoPlane
	}
	p := &Plane{m: m, noise: noise, reals: reals, sheet: sheetOf(m.Recipe.Noise)}
	for i := range planeSide * planeSide {
		p.places = append(p.places, middleOf(i%planeSide), middleOf(i/planeSide))
	}
	for _, bind := range []struct {
		to   **gan.Sampler
		rows int
	}{{&p.fakes, len(noise) / m.Recipe.Noise}, {&p.known, len(reals) / 2}, {&p.bent, sheetLines * sheetLines}, {&p.judged, planeSide * planeSide}} {
		if bind.rows == 0 {
			continue // data that are not here
		}
		var err error
		if *bind.to, err = m.NewSampler(bind.rows); err != nil {
			return nil, err
		}
	}
	if i, ok := m.D.(engine.Inspector); ok {
		look, err := i.Inspect(planeSide * planeSide)
		if err != nil {
			return nil, err
		}
		p.d = &network{Inspection: look, name: Discriminator, spec: m.D.Spec(), places: look.Places()}
		p.x = make([]float32, planeSide*planeSide*p.d.spec.In.Size())
	}
	return p, nil
}

// middleOf is the middle of the k-th of planeSide equal pieces from −1 to 1.
func middleOf(k int) float32 { return (2*float32(k)+1)/planeSide - 1 }

// sheetOf is a square sheet of noise (sheetLines², width), row by row: its first two values reach as far as noise of that
// width usually lies from zero, but at least 2, and all others are 0. Noise of one value makes a sheet of equal rows.
func sheetOf(width int) []float32 {
	reach := max(2, math.Sqrt(float64(width)))
	z := make([]float32, sheetLines*sheetLines*width)
	for i := range sheetLines * sheetLines {
		for k, at := range [2]int{i % sheetLines, i / sheetLines} {
			if k < width {
				z[i*width+k] = float32(reach * (2*float64(at)/(sheetLines-1) - 1))
			}
		}
	}
	return z
}

// See is the game as it is now; the bytes are as [wire.Plane] says.
func (p *Plane) See() (*wire.Plane, []byte) {
	w := &wire.Plane{Fakes: p.fakes.Rows(), Reals: len(p.reals) / 2, Sheet: sheetLines, Field: planeSide, Scores: p.m.Scores()}
	points, slopes := make([]float32, 2*w.Fakes), make([]float32, 2*w.Fakes)
	p.fakes.Images(points, p.noise, nil)
	fake := append([]float64(nil), p.fakes.Slopes(slopes, points, nil)...)
	w.Middle = p.m.Undecided(func() ([]float64, []float64) {
		if p.known == nil {
			return fake, fake
		}
		return p.known.Logits(p.reals, nil), fake
	})
	bent := make([]float32, 2*sheetLines*sheetLines)
	p.bent.Images(bent, p.sheet, nil)
	field := make([]float32, planeSide*planeSide)
	for i, logit := range p.judged.Logits(p.places, nil) {
		field[i] = float32(logit - w.Middle)
	}
	var b []byte
	for _, values := range [][]float32{points, slopes, p.reals, bent, field} {
		for _, v := range values {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return w, p.units(w, b)
}

// units appends the maps of D's first hidden units: what each makes of every place, as signed bytes, 127 being its largest.
func (p *Plane) units(w *wire.Plane, b []byte) []byte {
	if p.d == nil {
		return b
	}
	p.judged.Seen(p.x, p.places)
	p.d.Forward(p.x, nil, p.m.Judging())
	for at, place := range p.d.places[:len(p.d.places)-1] {
		if !weighs(&place) || len(w.Units) == deepest {
			continue
		}
		n := min(unitsShown, place.Out.Size())
		w.Units, w.Widths = append(w.Units, n), append(w.Widths, place.Out.Size())
		for u := range n {
			top := float32(0)
			for i := range planeSide * planeSide {
				v := p.d.Activation(at, i)[u]
				top = max(top, v, -v)
			}
			for i := range planeSide * planeSide {
				b = append(b, byte(signed(127/max(top, 1e-30)*p.d.Activation(at, i)[u])))
			}
		}
	}
	return b
}
