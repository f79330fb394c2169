package asm

// Func is a function being written. It has no result unless it uses ReturnInt.
type Func struct {
	name    string
	index   uint32
	params  []byte
	results []byte
	locals  []byte
	code    []byte
	depth   int
}

// IntVar, FloatVar and VectorVar are variables; as expressions they are their value.
type (
	IntVar struct {
		I32
		variable
	}
	FloatVar struct {
		F32
		variable
	}
	VectorVar struct {
		V128
		variable
	}
	variable struct {
		f     *Func
		index uint32
	}
)

func (v IntVar) Set(x I32)     { v.set(x) }
func (v FloatVar) Set(x F32)   { v.set(x) }
func (v VectorVar) Set(x V128) { v.set(x) }

// Inc adds a constant.
func (v IntVar) Inc(by int) { v.Set(v.Add(Int(int32(by)))) }

func (v variable) set(x []byte)  { v.f.emit(x, appendU([]byte{0x21}, v.index)) }
func (v variable) get() []byte   { return appendU([]byte{0x20}, v.index) }
func (f *Func) emit(b ...[]byte) { f.code = append(f.code, cat(b...)...) }

// Parameters must come before any other variable.
func (f *Func) IntParam() IntVar     { v := f.param(typeI32); return IntVar{v.get(), v} }
func (f *Func) FloatParam() FloatVar { v := f.param(typeF32); return FloatVar{v.get(), v} }

func (f *Func) Int() IntVar       { v := f.local(typeI32); return IntVar{v.get(), v} }
func (f *Func) Float() FloatVar   { v := f.local(typeF32); return FloatVar{v.get(), v} }
func (f *Func) Vector() VectorVar { v := f.local(typeV128); return VectorVar{v.get(), v} }

// Let is a new variable with a value.
func (f *Func) Let(x I32) IntVar           { v := f.Int(); v.Set(x); return v }
func (f *Func) LetVector(x V128) VectorVar { v := f.Vector(); v.Set(x); return v }

// Vectors are n new variables.
func (f *Func) Vectors(n int) []VectorVar {
	vs := make([]VectorVar, n)
	for i := range vs {
		vs[i] = f.Vector()
	}
	return vs
}

// IntParams are n parameters.
func (f *Func) IntParams(n int) []IntVar {
	vs := make([]IntVar, n)
	for i := range vs {
		vs[i] = f.IntParam()
	}
	return vs
}

// FloatParams are n parameters.
func (f *Func) FloatParams(n int) []FloatVar {
	vs := make([]FloatVar, n)
	for i := range vs {
		vs[i] = f.FloatParam()
	}
	return vs
}

func (f *Func) param(t byte) variable {
	if len(f.locals) > 0 {
		panic("asm: parameter after a local variable")
	}
	f.params = append(f.params, t)
	return variable{f, uint32(len(f.params) - 1)}
}

func (f *Func) local(t byte) variable {
	f.locals = append(f.locals, t)
	return variable{f, uint32(len(f.params) + len(f.locals) - 1)}
}

// StoreInt, StoreFloat and StoreVector write 4, 4 and 16 bytes.
func (f *Func) StoreInt(p Place, x I32)     { f.emit(p.addr, x, []byte{0x36}, p.arg()) }
func (f *Func) StoreFloat(p Place, x F32)   { f.emit(p.addr, x, []byte{0x38}, p.arg()) }
func (f *Func) StoreVector(p Place, x V128) { f.emit(p.addr, x, []byte{0xfd, 11}, p.arg()) }

// StoreWord writes the first word of x, StoreWords2 the first two.
func (f *Func) StoreWord(p Place, x V128) { f.emit(p.addr, x, []byte{0xfd, 0x5a}, p.arg(), []byte{0}) }
func (f *Func) StoreWords2(p Place, x V128) {
	f.emit(p.addr, x, []byte{0xfd, 0x5b}, p.arg(), []byte{0})
}

// Label names a block to leave or a loop to repeat.
type Label struct{ depth int }

func (f *Func) nest(op byte, body func()) {
	f.code = append(f.code, op, 0x40)
	f.depth++
	body()
	f.depth--
	f.code = append(f.code, 0x0b)
}

// Loop runs body once; branching to its label runs it again.
func (f *Func) Loop(body func(again Label)) {
	f.nest(0x03, func() { body(Label{f.depth}) })
}

func (f *Func) Branch(l Label)          { f.emit(appendU([]byte{0x0c}, uint32(f.depth-l.depth))) }
func (f *Func) BranchIf(l Label, c I32) { f.emit(c, appendU([]byte{0x0d}, uint32(f.depth-l.depth))) }
func (f *Func) Return()                 { f.emit([]byte{0x0f}) }

// ReturnInt makes x the function's result. A function that uses it must end with it.
func (f *Func) ReturnInt(x I32) {
	f.results = []byte{typeI32}
	f.emit(x, []byte{0x0f})
}

// If runs then where cond isn't zero.
func (f *Func) If(cond I32, then func()) {
	f.emit(cond)
	f.nest(0x04, then)
}

// IfElse runs one of two branches.
func (f *Func) IfElse(cond I32, then, otherwise func()) {
	f.emit(cond)
	f.nest(0x04, func() {
		then()
		f.code = append(f.code, 0x05)
		otherwise()
	})
}

// Repeat runs body, then again while cond holds.
func (f *Func) Repeat(body func(), cond func() I32) {
	f.Loop(func(again Label) {
		body()
		f.BranchIf(again, cond())
	})
}

// While runs body as long as cond holds.
func (f *Func) While(cond I32, body func()) {
	f.If(cond, func() { f.Repeat(body, func() I32 { return cond }) })
}

// Call calls g, which has no result.
func (f *Func) Call(g *Func, args ...Arg) {
	if len(args) != len(g.params) {
		panic("asm: call with a wrong number of arguments")
	}
	for i, a := range args {
		if typeOf(a) != g.params[i] {
			panic("asm: call with an argument of a wrong type")
		}
		f.emit(a.expr())
	}
	f.emit(appendU([]byte{0x10}, g.index))
}

func typeOf(a Arg) byte {
	switch a.(type) {
	case I32, IntVar:
		return typeI32
	case F32, FloatVar:
		return typeF32
	default:
		return typeV128
	}
}

// body encodes the variables, run by run, and the code.
func (f *Func) body() []byte {
	var runs []byte
	n := uint32(0)
	for i := 0; i < len(f.locals); {
		j := i
		for j < len(f.locals) && f.locals[j] == f.locals[i] {
			j++
		}
		runs = append(appendU(runs, uint32(j-i)), f.locals[i])
		n++
		i = j
	}
	return append(append(append(appendU(nil, n), runs...), f.code...), 0x0b)
}
