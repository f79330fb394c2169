package f32

// Stencil is a sparse matrix that acts on places rather than numbers: each output place is a weighted sum of a few
// places of the input, for whole runs of numbers at once (see [Mapper.Mix]). Images lie beside each other in a run, so
// that transforms along an image's rows and columns are stencils.
type Stencil struct {
	Out []int32   // the output places
	End []int32   // where the terms of each output end; they begin where those of the one before do
	In  []int32   // each term's place in the input
	By  []float32 // and its factor

	outs, ins int // one more than the largest places
}

// Term is a place of a stencil's input and its factor.
type Term struct {
	In int
	By float32
}

// Add makes one more output the sum of terms; without terms it is zero.
func (s *Stencil) Add(out int, terms ...Term) {
	s.Out = append(s.Out, int32(out))
	s.outs = max(s.outs, out+1)
	for _, t := range terms {
		s.In, s.By = append(s.In, int32(t.In)), append(s.By, t.By)
		s.ins = max(s.ins, t.In+1)
	}
	s.End = append(s.End, int32(len(s.In)))
}

// Adjoint is the transposed matrix, with outputs 0 … outs−1: those that no term of s reads are zero.
func (s *Stencil) Adjoint(outs int) *Stencil {
	terms, first := make([][]Term, outs), int32(0)
	for o, end := range s.End {
		for t := first; t < end; t++ {
			terms[s.In[t]] = append(terms[s.In[t]], Term{int(s.Out[o]), s.By[t]})
		}
		first = end
	}
	a := &Stencil{}
	for o, list := range terms {
		a.Add(o, list...)
	}
	return a
}

// Mixing says how a stencil goes over memory: Rows times, each ToStep and FromStep places after the one before. A place
// is Unit numbers wide, and a run starts at a place and has Run numbers.
type Mixing struct{ Rows, ToStep, FromStep, Unit, Run int }

// Check panics where a stencil would leave its slices.
func (s *Stencil) Check(to, from []float32, m Mixing) {
	if m.Rows < 1 || m.Run < 1 || len(s.Out) == 0 {
		return
	}
	last := m.Rows - 1
	if (last*m.ToStep+s.outs-1)*m.Unit+m.Run > len(to) || s.ins > 0 && (last*m.FromStep+s.ins-1)*m.Unit+m.Run > len(from) {
		panic("f32: a stencil reaches beyond its slice")
	}
}

func (plain) Mix(to, from []float32, s *Stencil, m Mixing) {
	s.Check(to, from, m)
	for row := range m.Rows {
		t := 0
		for o, place := range s.Out {
			y := to[(row*m.ToStep+int(place))*m.Unit:][:m.Run]
			clear(y)
			for ; t < int(s.End[o]); t++ {
				by := s.By[t]
				for i, v := range from[(row*m.FromStep+int(s.In[t]))*m.Unit:][:m.Run] {
					y[i] += by * v
				}
			}
		}
	}
}
