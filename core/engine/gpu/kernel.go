package gpu

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
)

//go:embed wgsl/*.wgsl
var sources embed.FS

// source is the text of a file in wgsl, without .wgsl.
func source(name string) string {
	b, err := sources.ReadFile("wgsl/" + name + ".wgsl")
	if err != nil {
		panic("gpu: a kernel without a file")
	}
	return string(b)
}

// kernel is a program to be: text, the constants written before it, and the buffers that it is bound to.
type kernel struct {
	text   []string
	consts []konst
	bound  []bound
}

// konst is a constant of a kernel: an int becomes u32, a float32 f32, a bool bool.
type konst struct {
	name  string
	value any
}

// bound is a buffer of a kernel under the name that its text has for it.
type bound struct {
	name  string
	span  span
	kind  string // of its values: f32 or u32
	write bool
}

func in(name string, s span) bound    { return bound{name, s, "f32", false} }
func words(name string, s span) bound { return bound{name, s, "u32", false} }
func out(name string, s span) bound   { return bound{name, s, "f32", true} } // read and written

// code is the kernel as WGSL.
func (k kernel) code() string {
	var b strings.Builder
	for _, c := range k.consts {
		switch v := c.value.(type) {
		case int:
			fmt.Fprintf(&b, "const %s = %du;\n", c.name, v)
		case bool:
			fmt.Fprintf(&b, "const %s = %t;\n", c.name, v)
		case float32:
			fmt.Fprintf(&b, "const %s = %s;\n", c.name, literal(v))
		default:
			panic("gpu: a constant of no kind")
		}
	}
	for i, x := range k.bound {
		access := "read"
		if x.write {
			access = "read_write"
		}
		fmt.Fprintf(&b, "@group(0) @binding(%d) var<storage, %s> %s: array<%s>;\n", i, access, x.name, x.kind)
	}
	for _, t := range k.text {
		b.WriteString(t)
	}
	return b.String()
}

// check panics where a kernel would be bound to memory in ways that a GPU refuses.
func (k kernel) check() {
	if len(k.bound) > Least.Bindings {
		panic("gpu: a kernel with too many buffers")
	}
	for i, a := range k.bound {
		if a.span.in == nil || a.span.count < 1 || a.span.at%apart != 0 {
			panic("gpu: a kernel bound to no memory")
		}
		for _, b := range k.bound[:i] {
			if a.span.in != b.span.in || !a.write && !b.write {
				continue
			}
			if a.write != b.write || a.span.at < b.span.at+b.span.count && b.span.at < a.span.at+a.span.count {
				panic("gpu: a kernel bound to memory that it reads and writes")
			}
		}
	}
}

// program compiles the kernel, or finds it among those that were.
func (e *Engine) program(k kernel) Program {
	code := k.code()
	if p, ok := e.programs[code]; ok {
		return p
	}
	access := make([]Access, len(k.bound))
	for i, b := range k.bound {
		if b.write {
			access[i] = ReadWrite
		}
	}
	p, err := e.device.Program(code, access)
	if err != nil {
		e.fail(err)
		return nil
	}
	e.programs[code] = p
	return p
}

// literal is a number as WGSL.
func literal(v float32) string {
	return "f32(" + strconv.FormatFloat(float64(v), 'e', -1, 32) + ")"
}
