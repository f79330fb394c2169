package ops

import (
	"math"

	"ganvas/core/engine"
	"ganvas/core/net"
)

const stdEps = 1e-8

func (b *binding) MinibatchStd(_ net.MinibatchStd) Op {
	in := b.in
	size := in.Size()
	return &minibatchStd{n: b.N, size: size, area: in.H * in.W, ctx: b.Ctx, y: b.Buf(size + in.H*in.W), dx: b.Buf(size),
		dev: b.Buf(size), std: make([]float32, size), sums: make([]float32, size)}
}

// minibatchStd: with deviations d (n, F) of N rows from each feature's mean and σ (F), s = mean of σ, ∂s/∂x = d/(N·F·σ).
type minibatchStd struct {
	n, size, area int
	ctx           *Context
	count         float32   // N of the last Forward
	held          bool      // s came from a reference in the last Forward
	grouped       bool      // the last Forward summed over the group
	y, dx         []float32 // (n, F + area), (n, F)
	dev, std      []float32 // (n, F), (F)
	sums          []float32 // (F)
	one           [1]float32
	slope         float32 // dD/ds over the whole batch of the last Backward

	ty, px     []float32
	dt, moving []float32 // of the last Push: deviations of ẋ (n, F), σ̇ (F)
}

func (m *minibatchStd) total(x []float32) {
	if m.grouped {
		m.ctx.Group.Sum(x)
	}
}

// deviations: d (n, F) = x less each feature's mean over the batch.
func (m *minibatchStd) deviations(d, x []float32) {
	clear(m.sums)
	for i := range m.n {
		for j, v := range x[i*m.size:][:m.size] {
			m.sums[j] += v
		}
	}
	m.total(m.sums)
	for i := range m.n {
		row, to := x[i*m.size:][:m.size], d[i*m.size:][:m.size]
		for j, v := range row {
			to[j] = v - m.sums[j]/m.count
		}
	}
}

// products: sums (F) = the mean over the batch of a·b.
func (m *minibatchStd) products(a, b []float32) {
	clear(m.sums)
	for i := range m.n {
		x, y := a[i*m.size:][:m.size], b[i*m.size:][:m.size]
		for j := range x {
			m.sums[j] += x[j] * y[j]
		}
	}
	m.total(m.sums)
	for j := range m.sums {
		m.sums[j] /= m.count
	}
}

// beside: y (n, F + area) is x (n, F) with s behind every row.
func (m *minibatchStd) beside(y, x []float32, s float32) {
	width := m.size + m.area
	for i := range m.n {
		copy(y[i*width:], x[i*m.size:][:m.size])
		for j := range m.area {
			y[i*width+m.size+j] = s
		}
	}
}

func (m *minibatchStd) Forward(x []float32) []float32 {
	if m.held = m.ctx.held(); m.held {
		m.beside(m.y, x, m.ctx.Reference.Next()[0])
		return m.y
	}
	m.grouped, m.count = m.ctx.Train, float32(m.n)
	if m.grouped {
		m.count = float32(m.ctx.Rows)
	}
	m.deviations(m.dev, x)
	m.products(m.dev, m.dev)
	mean := 0.0
	for j, v := range m.sums {
		m.std[j] = float32(math.Sqrt(float64(v) + stdEps))
		mean += float64(m.std[j])
	}
	s := float32(mean / float64(m.size))
	if m.ctx.Batch {
		m.ctx.Reference.Keep([]float32{s})
	}
	m.beside(m.y, x, s)
	return m.y
}

// statistic is the sum over the batch of what dy (n, F + area) says of s.
func (m *minibatchStd) statistic(dy []float32) float32 {
	width, sum := m.size+m.area, 0.0
	for i := range m.n {
		for _, v := range dy[i*width+m.size:][:m.area] {
			sum += float64(v)
		}
	}
	m.one[0] = float32(sum)
	m.total(m.one[:])
	return m.one[0]
}

func (m *minibatchStd) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	if m.slope = 0; !m.held {
		m.slope = m.statistic(dy)
	}
	m.down(m.dx, dy, m.slope)
	return m.dx
}

// down: dx (n, F) = dy's part that stands for x, and slope·∂s/∂x.
func (m *minibatchStd) down(dx, dy []float32, slope float32) {
	width, scale := m.size+m.area, slope/(m.count*float32(m.size))
	for i := range m.n {
		to, from, d := dx[i*m.size:][:m.size], dy[i*width:][:m.size], m.dev[i*m.size:][:m.size]
		for j := range to {
			to[j] = from[j] + scale*d[j]/m.std[j]
		}
	}
}

// Push: σ̇ = mean of d·ẋ over σ, ṡ its mean.
func (m *minibatchStd) Push(t []float32) []float32 {
	if m.ty == nil {
		m.ty, m.px, m.dt, m.moving = make([]float32, len(m.y)), make([]float32, len(m.dx)), make([]float32, len(m.dx)), make([]float32, m.size)
	}
	m.deviations(m.dt, t)
	m.products(m.dev, m.dt)
	mean := 0.0
	for j, v := range m.sums {
		m.moving[j] = v / m.std[j]
		mean += float64(m.moving[j])
	}
	m.beside(m.ty, t, float32(mean/float64(m.size)))
	return m.ty
}

// Pull: what py says of x and s, and slope times the derivative of d/(N·F·σ) along ẋ: (ḋ/σ − d·σ̇/σ²)/(N·F).
func (m *minibatchStd) Pull(py []float32, w engine.Wrt) []float32 {
	slope := float32(0)
	if py != nil {
		slope = m.statistic(py)
	}
	if w&engine.Input == 0 {
		return nil
	}
	if py == nil {
		clear(m.px)
	} else {
		m.down(m.px, py, slope)
	}
	scale := m.slope / (m.count * float32(m.size))
	for i := range m.n {
		to, d, dt := m.px[i*m.size:][:m.size], m.dev[i*m.size:][:m.size], m.dt[i*m.size:][:m.size]
		for j := range to {
			to[j] += scale * (dt[j] - d[j]*m.moving[j]/m.std[j]) / m.std[j]
		}
	}
	return m.px
}
