package kernel

// Vectors are worked on in windows of what a slot holds, each window shared out in parts of whole cache lines.
const (
	lineFloats = 16
	pieceSize  = 8 << 10 // numbers that stay in the cache from their sum to their update
)

// part is what member rank has of a window of n numbers: [lo, hi).
func (g *Group) part(n, rank int) (lo, hi int) {
	each := (n + g.size*lineFloats - 1) / (g.size * lineFloats) * lineFloats
	return min(n, rank*each), min(n, (rank+1)*each)
}

// others calls do for every other member's part of a window of n numbers.
func (g *Group) others(n int, do func(rank, lo, hi int)) {
	for rank := range g.size {
		if lo, hi := g.part(n, rank); rank != g.rank && lo < hi {
			do(rank, lo, hi)
		}
	}
}

// meet waits for all members and reports whether they came.
func (g *Group) meet() bool {
	if g.err == nil && exchangeMeet() != 0 {
		g.err = ErrGroup
	}
	return g.err == nil
}

// Update makes x[lo:hi] the sum over the members for each piece of this member's parts, calls work on it, and gives w as
// work leaves it to all. Once a member is lost it does nothing; see [Group.Err].
func (g *Group) Update(x, w []float32, work func(lo, hi int)) {
	if len(x) != len(w) {
		panic("kernel: vectors of different lengths")
	}
	for at := 0; at < len(x) && g.err == nil; at += g.floats {
		end := min(len(x), at+g.floats)
		g.update(x[at:end], w[at:end], at, work)
	}
}

// update is Update of the window at place at.
func (g *Group) update(x, w []float32, at int, work func(lo, hi int)) {
	g.others(len(x), func(_, lo, hi int) { exchangePut(ptr(x[lo:]), uint32(hi-lo), uint32(lo)) })
	if !g.meet() {
		return
	}
	for lo, hi := g.part(len(x), g.rank); lo < hi; lo += pieceSize {
		n := min(pieceSize, hi-lo)
		for rank := range g.size {
			if rank != g.rank {
				exchangePlus(ptr(x[lo:]), uint32(n), uint32(rank), uint32(lo))
			}
		}
		work(at+lo, at+lo+n)
		exchangePut(ptr(w[lo:]), uint32(n), uint32(lo))
	}
	g.fetch(w)
}

// Gather gives every member the parts of x that the others have.
func (g *Group) Gather(x []float32) {
	for len(x) > 0 && g.err == nil {
		window := x[:min(len(x), g.floats)]
		if lo, hi := g.part(len(window), g.rank); lo < hi {
			exchangePut(ptr(window[lo:]), uint32(hi-lo), uint32(lo))
		}
		g.fetch(window)
		x = x[len(window):]
	}
}

// fetch takes the others' parts of a window from where they have put them.
func (g *Group) fetch(x []float32) {
	if !g.meet() {
		return
	}
	g.others(len(x), func(rank, lo, hi int) { exchangeTake(ptr(x[lo:]), uint32(hi-lo), uint32(rank), uint32(lo)) })
}
