package engine

// Curve is a penalty on the norm n of one sample's gradient. It is data, so that an engine can compute it where its
// numbers are.
type Curve struct {
	Form   Form
	Weight float64
}

// Form is a curve at weight 1.
type Form int

const (
	ToOne  Form = iota + 1 // (n − 1)²: norms of 1 are wanted
	ToZero                 // ½n²: none is
)

// Forms lists every form that an engine must have.
var Forms = []Form{ToOne, ToZero}

// At is the curve's value and its derivative at n.
func (c Curve) At(n float64) (value, slope float64) {
	switch c.Form {
	case ToOne:
		return c.Weight * (n - 1) * (n - 1), 2 * c.Weight * (n - 1)
	case ToZero:
		return 0.5 * c.Weight * n * n, c.Weight * n
	}
	panic("engine: a curve of no form")
}
