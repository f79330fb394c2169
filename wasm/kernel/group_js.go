package kernel

import "unsafe"

//go:wasmimport exchange rank
func exchangeRank() uint32

//go:wasmimport exchange size
func exchangeSize() uint32

// exchangeFloats is how many numbers a sum takes at a time.
//
//go:wasmimport exchange floats
func exchangeFloats() uint32

// exchangeAdd returns 1 where the group is broken.
//
//go:wasmimport exchange add
//go:noescape
func exchangeAdd(x unsafe.Pointer, n uint32) uint32

// Group is the programs, each in its Worker, that share every batch with this one.
type Group struct {
	rank, size, floats int
	err                error
}

// Peers is the group that the page has entered this program in; alone, it has one member.
func Peers() *Group {
	return &Group{rank: int(exchangeRank()), size: int(exchangeSize()), floats: int(exchangeFloats())}
}

// Rank is this program's place, from 0.
func (g *Group) Rank() int { return g.rank }

// Size is how many members there are.
func (g *Group) Size() int { return g.size }

// Err is ErrGroup once a member has been lost.
func (g *Group) Err() error { return g.err }

// Sum replaces x by its sum over the members, in the order of their ranks: all get the same bits. Every member must make
// the same calls. Once a member is lost it does nothing; see [Group.Err].
func (g *Group) Sum(x []float32) {
	for g.size > 1 && g.err == nil && len(x) > 0 {
		part := x[:min(len(x), g.floats)]
		if exchangeAdd(ptr(part), uint32(len(part))) != 0 {
			g.err = ErrGroup
		}
		x = x[len(part):]
	}
}
