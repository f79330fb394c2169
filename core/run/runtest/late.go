package runtest

import (
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/loss"
)

// Late is an engine whose losses, of networks without a class head, are known so many updates later, or when they are waited for.
func Late(by int) engine.Engine { return late{cpu.New(nil), by} }

type late struct {
	*cpu.Engine
	by int
}

type lateJudge struct {
	by, rows int
	last     engine.Report
	sent     []engine.Report
}

func (e late) Judge(rows, _ int) (engine.Judge, error) { return &lateJudge{by: e.by, rows: rows}, nil }
func (j *lateJudge) Release()                          {}

func (j *lateJudge) Judge(c engine.Case) {
	read := func(a engine.Array) (x, dx []float64) {
		if a == nil {
			return nil, nil
		}
		v := make([]float32, j.rows)
		a.Read(v)
		for _, f := range v {
			x = append(x, float64(f))
		}
		return x, make([]float64, j.rows)
	}
	write := func(a engine.Array, dx []float64) {
		if a == nil {
			return
		}
		v := make([]float32, j.rows)
		for i, f := range dx {
			v[i] = float32(f)
		}
		a.Write(v)
	}
	s, terms, r := &loss.Scores{Smoothing: c.Smoothing, Drift: c.Drift}, c.Loss.G, engine.Report{}
	s.Fake, s.DFake = read(c.Fake)
	s.Real, s.DReal = read(c.Real)
	if c.D {
		terms = c.Loss.D
		for i := range j.rows {
			r.PReal += loss.Sigmoid(s.Real[i])
			r.PFake += loss.Sigmoid(s.Fake[i])
		}
		r.PReal, r.PFake = r.PReal/float64(j.rows), r.PFake/float64(j.rows)
		r.SReal, r.SFake, r.Right = loss.MeanOf(s.Real), loss.MeanOf(s.Fake), c.Loss.Right(s)
	}
	r.Loss = terms.Compute(s)
	write(c.DFake, s.DFake)
	write(c.DReal, s.DReal)
	j.last = r
}

func (j *lateJudge) Send(penalties []engine.Array) {
	for _, p := range penalties {
		var v [1]float32
		p.Read(v[:])
		j.last.Loss += float64(v[0])
	}
	j.sent = append(j.sent, j.last)
}

func (j *lateJudge) Take(wait bool) (engine.Report, bool) {
	if !wait && len(j.sent) <= j.by {
		return engine.Report{}, false
	}
	r := j.sent[0]
	j.sent = j.sent[1:]
	return r, true
}
