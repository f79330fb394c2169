package gen

import "ganvas/wasm/kernel/asm"

// A shared memory holds what the programs of a group exchange. Words on cache lines of their own: how many programs have
// arrived at the barrier, and how often the barrier has opened (or ExchangeBroken for good). Then, for even and for odd
// rounds, one slot for each program. Two sets of slots let a round begin while others still read the one before.
const (
	ExchangeArrived = 0
	ExchangeOpened  = 64
	ExchangeSlots   = 128
	ExchangeBroken  = -1
)

// Exchange returns the bytes of the exchange module. It imports the program's memory as env.memory and the group's as
// env.shared, and exports sum.
func Exchange() []byte {
	g := newGenerator(false)
	g.shared = g.m.ImportSharedMemory("env", "shared", 1, 1<<16)
	g.sum(g.barrier())
	return g.m.Bytes()
}

// spins is how often a program looks again before it sleeps, about 200 µs: others are rarely later than that, and sleeping
// after 20 µs cost a step of dcgan, with its two dozen sums, 7 %.
const spins = 100_000

// waitMicros is how long a program sleeps at a time. A machine that sleeps itself, or a browser that is stopped for a while, so
// costs no more than one of the waits that make up the group's patience.
const waitMicros = 250_000

// barrier returns code that waits until all programs have arrived, and returns 1 from f if one of them doesn't within that
// many waits: then the group is broken, for all of them alike.
func (g *generator) barrier() func(f *asm.Func, programs, waits asm.IntVar) {
	at := func(offset int) asm.Place { return g.shared.At(asm.Int(0), offset) }
	arrived, opened := at(ExchangeArrived), at(ExchangeOpened)
	broken, everyone := asm.Int(ExchangeBroken), asm.Int(-1)
	return func(f *asm.Func, programs, waits asm.IntVar) {
		round, left := f.Let(opened.AtomicInt()), f.Let(asm.Int(spins))
		more := f.Let(waits.I32)
		fail := func() { f.ReturnInt(asm.Int(1)) }
		f.If(round.Eq(broken), fail)
		f.IfElse(arrived.AtomicAdd(asm.Int(1)).Add(asm.Int(1)).Eq(programs.I32), func() {
			f.AtomicStore(arrived, asm.Int(0))
			// Whoever changes the word first decides whether the round came to pass.
			f.If(opened.AtomicSwap(round.I32, round.Add(asm.Int(1)).And(asm.Int(1<<30-1))).Ne(round.I32), fail)
			f.Drop(opened.Notify(everyone))
		}, func() {
			f.While(opened.AtomicInt().Eq(round.I32).And(left.Ne(asm.Int(0))), func() { left.Inc(-1) })
			f.While(opened.AtomicInt().Eq(round.I32), func() {
				f.If(opened.Wait(round.I32, asm.Int(waitMicros)).Eq(asm.Int(2)), func() {
					more.Inc(-1)
					f.If(more.Eq(asm.Int(0)), func() {
						f.Drop(opened.AtomicSwap(round.I32, broken))
						f.Drop(opened.Notify(everyone))
					})
				})
			})
			f.If(opened.AtomicInt().Eq(broken), fail)
		})
	}
}

// sum writes x = Σ x over the programs of the group, added in the order of their ranks, so that all get the same bits.
// It returns 0, or 1 and leaves x alone where the group is broken. Parameters: x, n, rank, programs (2 or more), bytes of a slot,
// parity of the round, how often to wait.
func (g *generator) sum(barrier func(f *asm.Func, programs, waits asm.IntVar)) {
	put := g.each("put", signature{arrays: 2, shared: 1}, 4, func(l *lane) { l.store(1, l.load(0)) })
	first := g.each("first", signature{arrays: 3, shared: 2}, 4, func(l *lane) { l.store(0, l.load(1).Add(l.load(2))) })
	more := g.each("more", signature{arrays: 2, shared: 1}, 4, func(l *lane) { l.store(0, l.load(0).Add(l.load(1))) })

	f := g.m.Func("sum")
	p := f.IntParams(7)
	x, n, rank, programs, size, parity, waits := p[0], p[1], p[2], p[3], p[4], p[5], p[6]
	slots := f.Let(parity.Mul(programs.I32).Mul(size.I32).Add(asm.Int(ExchangeSlots)))
	slot := func(i asm.I32) asm.I32 { return slots.Add(size.Mul(i)) }
	f.Call(put, x, slot(rank.I32), n)
	barrier(f, programs, waits)
	f.Call(first, x, slot(asm.Int(0)), slot(asm.Int(1)), n)
	i := f.Let(asm.Int(2))
	f.While(i.LessU(programs.I32), func() {
		f.Call(more, x, slot(i.I32), n)
		i.Inc(1)
	})
	f.ReturnInt(asm.Int(0))
}
