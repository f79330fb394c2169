package asm

// Atomic operations on a word of a shared memory, sequentially consistent.

func (p Place) atomic(op byte, operands ...[]byte) []byte {
	return cat(p.addr, cat(operands...), []byte{0xfe, op}, p.arg())
}

func (p Place) AtomicInt() I32         { return p.atomic(0x10) }
func (p Place) AtomicAdd(by I32) I32   { return p.atomic(0x1e, by) }      // returns what was there
func (p Place) Notify(waiters I32) I32 { return p.atomic(0x00, waiters) } // returns how many were woken

// AtomicSwap writes to if the word is from; it returns what was there.
func (p Place) AtomicSwap(from, to I32) I32 { return p.atomic(0x48, from, to) }

// Wait sleeps while the word is x, until a Notify: 0 when woken, 1 when the word wasn't x, 2 when it took longer than
// micros (unsigned, in µs).
func (p Place) Wait(x, micros I32) I32 {
	const extendU, constant, mul = 0xad, 0x42, 0x7e // of i64
	nanos := cat(micros, []byte{extendU, constant}, appendS(nil, 1000), []byte{mul})
	return p.atomic(0x01, x, nanos)
}

// AtomicStore writes x.
func (f *Func) AtomicStore(p Place, x I32) { f.emit(p.atomic(0x17, x)) }

// Drop evaluates x for what it does.
func (f *Func) Drop(x I32) { f.emit(x, []byte{0x1a}) }
