package asm_test

import (
	"encoding/binary"
	"math"
	"testing"

	"ganvas/wasm/kernel/asm"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// run compiles m, which must have a memory named "memory", and returns the instance.
func run(t *testing.T, m *asm.Module) api.Module {
	t.Helper()
	ctx := t.Context()
	r := wazero.NewRuntime(ctx)
	t.Cleanup(func() { r.Close(ctx) })
	mod, err := r.Instantiate(ctx, m.Bytes())
	if err != nil {
		t.Fatalf("%v: %v", m, err)
	}
	return mod
}

// words calls function name with args and returns the first n words of memory.
func words(t *testing.T, mod api.Module, name string, n uint32, args ...uint64) []uint32 {
	t.Helper()
	if _, err := mod.ExportedFunction(name).Call(t.Context(), args...); err != nil {
		t.Fatal(err)
	}
	b, ok := mod.Memory().Read(0, 4*n)
	if !ok {
		t.Fatal("memory is too small")
	}
	out := make([]uint32, n)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

func TestIntegers(t *testing.T) {
	x, y := int32(-1_000_003), int32(77)
	ux, uy := uint32(x), uint32(y)
	bit := func(b bool) uint32 {
		if b {
			return 1
		}
		return 0
	}
	type op = func(x, y asm.IntVar) asm.I32
	for name, c := range map[string]struct {
		op   op
		want uint32
	}{
		"eqz":     {func(x, _ asm.IntVar) asm.I32 { return x.Eqz() }, 0},
		"eq":      {func(x, y asm.IntVar) asm.I32 { return x.Eq(y.I32) }, 0},
		"ne":      {func(x, y asm.IntVar) asm.I32 { return x.Ne(y.I32) }, 1},
		"less":    {func(x, y asm.IntVar) asm.I32 { return x.Less(y.I32) }, bit(x < y)},
		"lessU":   {func(x, y asm.IntVar) asm.I32 { return x.LessU(y.I32) }, bit(ux < uy)},
		"add":     {func(x, y asm.IntVar) asm.I32 { return x.Add(y.I32) }, ux + uy},
		"sub":     {func(x, y asm.IntVar) asm.I32 { return x.Sub(y.I32) }, ux - uy},
		"mul":     {func(x, y asm.IntVar) asm.I32 { return x.Mul(y.I32) }, ux * uy},
		"divU":    {func(x, y asm.IntVar) asm.I32 { return x.DivU(y.I32) }, ux / uy},
		"remU":    {func(x, y asm.IntVar) asm.I32 { return x.RemU(y.I32) }, ux % uy},
		"and":     {func(x, y asm.IntVar) asm.I32 { return x.And(y.I32) }, ux & uy},
		"or":      {func(x, y asm.IntVar) asm.I32 { return x.Or(y.I32) }, ux | uy},
		"xor":     {func(x, y asm.IntVar) asm.I32 { return x.Xor(y.I32) }, ux ^ uy},
		"shl":     {func(x, _ asm.IntVar) asm.I32 { return x.Shl(5) }, ux << 5},
		"shr":     {func(x, _ asm.IntVar) asm.I32 { return x.Shr(5) }, ux >> 5},
		"min":     {func(x, y asm.IntVar) asm.I32 { return asm.Min(x.I32, y.I32) }, ux},
		"choose":  {func(x, y asm.IntVar) asm.I32 { return asm.Choose(asm.Int(0), x.I32, y.I32) }, uy},
		"minimum": {func(_, _ asm.IntVar) asm.I32 { return asm.Int(math.MinInt32) }, 1 << 31},
		"64":      {func(_, _ asm.IntVar) asm.I32 { return asm.Int(64) }, 64},
		"-65":     {func(_, _ asm.IntVar) asm.I32 { return asm.Int(-65) }, math.MaxUint32 - 64},
	} {
		t.Run(name, func(t *testing.T) {
			m := &asm.Module{}
			mem := m.ExportOwnMemory("memory", 1)
			f := m.Func("f")
			p := f.IntParams(2)
			f.StoreInt(mem.At(asm.Int(0), 0), c.op(p[0], p[1]))
			if got := words(t, run(t, m), "f", 1, uint64(ux), uint64(uy))[0]; got != c.want {
				t.Errorf("got %#x, want %#x", got, c.want)
			}
		})
	}
}

func TestVectors(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	x := [4]float32{1.5, -2.25, nan, inf}
	y := [4]float32{-3, 2.5, 4, 0.75}
	each := func(op func(a, b float32) float32) (out [4]uint32) {
		for i := range out {
			out[i] = math.Float32bits(op(x[i], y[i]))
		}
		return out
	}
	bits := func(op func(a, b uint32) uint32) (out [4]uint32) {
		for i := range out {
			out[i] = op(math.Float32bits(x[i]), math.Float32bits(y[i]))
		}
		return out
	}
	mask := func(b bool) float32 {
		if b {
			return math.Float32frombits(math.MaxUint32)
		}
		return 0
	}
	type op = func(x, y asm.V128) asm.V128
	for name, c := range map[string]struct {
		op   op
		want [4]uint32
	}{
		"greater": {asm.V128.Greater, each(func(a, b float32) float32 { return mask(a > b) })},
		"less":    {asm.V128.Less, each(func(a, b float32) float32 { return mask(a < b) })},
		"nearest": {func(x, _ asm.V128) asm.V128 { return x.Nearest() }, each(func(a, _ float32) float32 { return float32(math.RoundToEven(float64(a))) })},
		"abs":     {func(x, _ asm.V128) asm.V128 { return x.Abs() }, bits(func(a, _ uint32) uint32 { return a &^ (1 << 31) })},
		"neg":     {func(x, _ asm.V128) asm.V128 { return x.Neg() }, bits(func(a, _ uint32) uint32 { return a ^ 1<<31 })},
		"sqrt":    {func(_, y asm.V128) asm.V128 { return y.Abs().Sqrt() }, each(func(_, b float32) float32 { return float32(math.Sqrt(math.Abs(float64(b)))) })},
		"add":     {asm.V128.Add, each(func(a, b float32) float32 { return a + b })},
		"sub":     {asm.V128.Sub, each(func(a, b float32) float32 { return a - b })},
		"mul":     {asm.V128.Mul, each(func(a, b float32) float32 { return a * b })},
		"div":     {asm.V128.Div, each(func(a, b float32) float32 { return a / b })},
		"pmin":    {asm.V128.PMin, each(func(a, b float32) float32 { return map[bool]float32{true: b, false: a}[b < a] })},
		"pmax":    {asm.V128.PMax, each(func(a, b float32) float32 { return map[bool]float32{true: b, false: a}[a < b] })},
		"toInts": {func(x, _ asm.V128) asm.V128 { return x.ToInts() },
			[4]uint32{1, math.MaxUint32 - 1, 0, math.MaxInt32}},
		"and":         {asm.V128.And, bits(func(a, b uint32) uint32 { return a & b })},
		"or":          {asm.V128.Or, bits(func(a, b uint32) uint32 { return a | b })},
		"xor":         {asm.V128.Xor, bits(func(a, b uint32) uint32 { return a ^ b })},
		"intAdd":      {asm.V128.IntAdd, bits(func(a, b uint32) uint32 { return a + b })},
		"intMul":      {asm.V128.IntMul, bits(func(a, b uint32) uint32 { return a * b })},
		"intShl":      {func(x, _ asm.V128) asm.V128 { return x.IntShl(9) }, bits(func(a, _ uint32) uint32 { return a << 9 })},
		"intShr":      {func(x, _ asm.V128) asm.V128 { return x.IntShr(9) }, bits(func(a, _ uint32) uint32 { return a >> 9 })},
		"intGreaterU": {asm.V128.IntGreaterEqU, bits(func(a, b uint32) uint32 { return math.Float32bits(mask(a >= b)) })},
		"select": {func(x, y asm.V128) asm.V128 { return asm.Words(math.MaxUint32, 0, 0xffff, 0).Select(x, y) },
			[4]uint32{math.Float32bits(x[0]), math.Float32bits(y[1]), math.Float32bits(x[2])&0xffff | math.Float32bits(y[2])&^0xffff, math.Float32bits(y[3])}},
		"shuffle": {func(x, y asm.V128) asm.V128 { return x.Shuffle(y, 3, 4, 0, 6) },
			[4]uint32{math.Float32bits(x[3]), math.Float32bits(y[0]), math.Float32bits(x[0]), math.Float32bits(y[2])}},
		"floats": {func(_, _ asm.V128) asm.V128 { return asm.Floats(2.5) }, float4(2.5, 2.5, 2.5, 2.5)},
		"splat":  {func(_, _ asm.V128) asm.V128 { return asm.Float(-1).Splat() }, float4(-1, -1, -1, -1)},
		"splatI": {func(_, _ asm.V128) asm.V128 { return asm.Int(9).Splat() }, [4]uint32{9, 9, 9, 9}},
	} {
		t.Run(name, func(t *testing.T) {
			m := &asm.Module{}
			mem := m.ExportOwnMemory("memory", 1)
			f := m.Func("f")
			a, b := f.LetVector(floats(x)), f.LetVector(floats(y))
			f.StoreVector(mem.At(asm.Int(0), 0), c.op(a.V128, b.V128))
			got := words(t, run(t, m), "f", 4)
			for i, w := range c.want {
				if isNaN(w) && isNaN(got[i]) && w != math.MaxUint32 {
					continue // which NaN is free
				}
				if got[i] != w {
					t.Errorf("lane %d: got %#x, want %#x", i, got[i], w)
				}
			}
		})
	}
}

func isNaN(bits uint32) bool { return bits&^(1<<31) > 0x7f800000 }

func float4(a, b, c, d float32) [4]uint32 {
	return [4]uint32{math.Float32bits(a), math.Float32bits(b), math.Float32bits(c), math.Float32bits(d)}
}

func floats(x [4]float32) asm.V128 {
	w := float4(x[0], x[1], x[2], x[3])
	return asm.Words(w[0], w[1], w[2], w[3])
}

func TestMemory(t *testing.T) {
	m := &asm.Module{}
	mem := m.ExportOwnMemory("memory", 1)
	f := m.Func("f")
	base := f.IntParam()
	at := func(i int) asm.Place { return mem.At(base.I32, 4*i) }
	f.StoreVector(at(0), asm.Words(1, 2, 3, 4))
	f.StoreVector(at(4), at(1).Vector()) // overlaps what it wrote only behind its start
	f.StoreVector(at(8), at(1).Splat())
	f.StoreVector(at(12), at(3).Word())
	f.StoreVector(at(16), at(2).Words2())
	f.StoreWord(at(20), asm.Words(5, 6, 7, 8))
	f.StoreWords2(at(21), asm.Words(5, 6, 7, 8))
	f.StoreInt(at(23), at(0).Int())
	f.StoreFloat(at(24), at(3).Float())
	got := words(t, run(t, m), "f", 27, 4)
	want := []uint32{0, 1, 2, 3, 4, 2, 3, 4, 0, 2, 2, 2, 2, 4, 0, 0, 0, 3, 4, 0, 0, 5, 5, 6, 1, 4, 0}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("memory is %v, want %v", got, want)
		}
	}
}

func TestControl(t *testing.T) {
	m := &asm.Module{}
	mem := m.ExportOwnMemory("memory", 1)
	out := func(i int) asm.Place { return mem.At(asm.Int(0), 4*i) }

	square := m.Func("square") // word 1 = x², twice through a call
	x := square.IntParam()
	_ = square.Float() // a run of another type between the variables
	square.StoreInt(out(1), x.Mul(x.I32))

	f := m.Func("f")
	n := f.IntParam()
	sum := f.Int()
	f.While(n.I32, func() { // n + … + 1
		sum.Set(sum.Add(n.I32))
		n.Inc(-1)
	})
	f.StoreInt(out(0), sum.I32)
	f.Call(square, sum)
	i := f.Int()
	f.Loop(func(again asm.Label) {
		i.Inc(1)
		f.IfElse(i.Eq(asm.Int(300)), func() {}, func() { f.Branch(again) })
	})
	f.StoreInt(out(2), i.I32)
	f.IfElse(i.Less(asm.Int(3)), func() { f.StoreInt(out(3), asm.Int(1)) }, func() { f.StoreInt(out(3), asm.Int(2)) })
	f.If(n.Eqz(), func() { f.Return() })
	f.StoreInt(out(4), asm.Int(9))

	got := words(t, run(t, m), "f", 5, 100)
	want := [5]uint32{5050, 5050 * 5050, 300, 2, 0}
	if [5]uint32(got) != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A call whose arguments don't fit is a bug that must not reach the module.
func TestCallChecksArguments(t *testing.T) {
	m := &asm.Module{}
	g := m.Func("g")
	g.IntParam()
	for name, args := range map[string][]asm.Arg{"count": {}, "type": {asm.Float(1)}} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			m.Func("f").Call(g, args...)
		})
	}
}
