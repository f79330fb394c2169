package engine

// Pair is two passes of one network over as many rows each, with modes and results of their own, which may also go
// through it side by side: the same numbers as one after the other, but for rounding in the gradients.
type Pair interface {
	Released // both passes
	Passes() (a, b Pass)
	// Forward is a's and b's.
	Forward(a, b Batch, ma, mb Mode) (ya, yb Array)
	// Backward of the last Forwards adds both to the parameter gradients.
	Backward(da, db Array)
}

// Sloped is a Pair with memory of its own for the gradients (rows, out) that its Backward takes, from where they need not be brought together.
type Sloped interface{ Slopes() (da, db Array) }

// Pairer is a Net that gains by passes that go side by side. The networks of an engine need not have it.
type Pairer interface {
	BindPair(rows int) (Pair, error)
}

// BindPair binds two passes of that many rows each.
func BindPair(n Net, rows int) (Pair, error) {
	if p, ok := n.(Pairer); ok {
		return p.BindPair(rows)
	}
	a, err := n.Bind(rows)
	if err != nil {
		return nil, err
	}
	b, err := n.Bind(rows)
	return apart{a, b}, err
}

// Apart is two passes of a network that go one after the other.
func Apart(a, b Pass) Pair { return apart{a, b} }

// apart is two passes that go one after the other.
type apart struct{ a, b Pass }

func (p apart) Release() {
	p.a.Release()
	p.b.Release()
}

func (p apart) Passes() (a, b Pass) { return p.a, p.b }

func (p apart) Forward(a, b Batch, ma, mb Mode) (ya, yb Array) {
	ya = p.a.Forward(a, ma)
	return ya, p.b.Forward(b, mb)
}

func (p apart) Backward(da, db Array) {
	p.a.Backward(da, Params)
	p.b.Backward(db, Params)
}
