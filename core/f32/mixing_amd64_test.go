//go:build go1.27 && goexperiment.simd && amd64

package f32_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// mixing follows the disassembly of functions that hold vectors of 256 or 512 bits: while upper halves may be dirty, no
// instruction with a vector register may be of the older encoding, and nothing may be called or returned to but functions that
// take such vectors themselves.
type mixing struct {
	functions map[string]*function
	dirty     map[string]bool // functions that are called with dirty upper halves
	found     []string
}

type function struct {
	name  string
	code  []instruction
	index map[string]int // by address
	wide  bool
}

type instruction struct{ where, address, op, args string }

// parse reads what go tool objdump prints.
func parse(dump []byte) *mixing {
	m := &mixing{functions: map[string]*function{}, dirty: map[string]bool{}}
	var f *function
	for line := range strings.Lines(string(dump)) {
		if name, ok := strings.CutPrefix(line, "TEXT "); ok {
			name, _, _ = strings.Cut(name, "(SB)")
			f = &function{name: name, index: map[string]int{}}
			m.functions[name] = f
			continue
		}
		parts := strings.FieldsFunc(strings.TrimSpace(line), func(r rune) bool { return r == '\t' })
		if f == nil || len(parts) < 4 {
			continue
		}
		op, args, _ := strings.Cut(parts[3], " ")
		i := instruction{parts[0], parts[1], op, args}
		f.index[i.address] = len(f.code)
		f.code = append(f.code, i)
		f.wide = f.wide || registers(args, "YZ")
	}
	return m
}

// registers says whether an argument names a register of a kind: X of 128, Y of 256, Z of 512 bits.
func registers(args, kinds string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(args, func(r rune) bool { return strings.ContainsRune(" ,()[]", r) }), func(a string) bool {
		return len(a) > 1 && strings.ContainsRune(kinds, rune(a[0])) && strings.Trim(a[1:], "0123456789") == ""
	})
}

// all walks every function, and those that are called with dirty upper halves again.
func (m *mixing) all() []string {
	for before := -1; before != len(m.dirty); {
		before, m.found = len(m.dirty), nil
		for _, f := range m.functions {
			if f.wide || m.dirty[f.name] {
				m.walk(f)
			}
		}
	}
	slices.Sort(m.found)
	return m.found
}

// walk goes every way through f, at most once with clean and once with dirty upper halves.
func (m *mixing) walk(f *function) {
	type state struct {
		at    int
		dirty bool
	}
	seen, todo := map[state]bool{}, []state{{0, m.dirty[f.name]}}
	for len(todo) > 0 {
		s := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[s] || s.at >= len(f.code) {
			continue
		}
		seen[s] = true
		i := f.code[s.at]
		switch {
		case i.op == "VZEROUPPER" || i.op == "VZEROALL":
			s.dirty = false
		case registers(i.args, "YZ"):
			s.dirty = true
		case s.dirty && !strings.HasPrefix(i.op, "V") && registers(i.args, "X"):
			m.found = append(m.found, f.name+": "+i.where+": "+i.op+" "+i.args)
		case i.op == "CALL":
			callee, _, _ := strings.Cut(i.args, "(SB)")
			if strings.HasPrefix(callee, "runtime.panic") || callee == "runtime.gopanic" || strings.HasPrefix(callee, "runtime.morestack") {
				break
			}
			if s.dirty && m.functions[callee] != nil && m.functions[callee].wide {
				m.dirty[callee] = true
			} else if s.dirty {
				m.found = append(m.found, f.name+": "+i.where+": calls "+callee)
			}
		case i.op == "RET":
			if s.dirty && !m.dirty[f.name] {
				m.found = append(m.found, f.name+": "+i.where+": returns")
			}
			continue
		}
		if target, ok := f.index[i.args]; ok && strings.HasPrefix(i.op, "J") {
			todo = append(todo, state{target, s.dirty})
			if i.op == "JMP" {
				continue
			}
		}
		todo = append(todo, state{s.at + 1, s.dirty})
	}
}

func TestMixingIsFound(t *testing.T) {
	const before, inLoop, clear, after = "  a.go:1\t0x10\t\t00\tMOVSS X1, X2\n", "  a.go:2\t0x20\t\t00\tVADDPS Y1, Y2, Y3\n  a.go:3\t0x30\t\t00\tJLE 0x10\n",
		"  a.go:4\t0x40\t\t00\tVZEROUPPER\n", "  a.go:5\t0x50\t\t00\tXORPS X3, X3\n  a.go:6\t0x60\t\t00\tCALL other(SB)\n  a.go:7\t0x70\t\t00\tRET\n"
	for name, c := range map[string]struct {
		code string
		want int
	}{
		"clean":              {strings.Replace(before, "0x10", "0x00", 1) + inLoop + clear + after, 0},
		"after a jump back":  {before + inLoop + clear + after, 1},
		"never cleared":      {strings.Replace(before, "0x10", "0x00", 1) + inLoop + after, 3},
		"without wide ones":  {before + clear + after, 0},
		"in another routine": {"  a.go:2\t0x20\t\t00\tVADDPS Y1, Y2, Y3\nTEXT next(SB) a.go\n" + before, 0},
	} {
		if found := parse([]byte("TEXT f(SB) a.go\n" + c.code)).all(); len(found) != c.want {
			t.Errorf("%s: %q, want %d", name, found, c.want)
		}
	}
}

// The native program, as it is built to compute fast.
func TestProgramDoesNotMixEncodings(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	toolchain, _, _ := strings.Cut(runtime.Version(), "-X:")
	env := append(os.Environ(), "GOTOOLCHAIN="+toolchain, "GOEXPERIMENT=simd", "GOFLAGS=-buildvcs=false")
	program := filepath.Join(t.TempDir(), "native")
	build := exec.Command("go", "build", "-o", program, "ganvas/native")
	build.Env = env
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	dump := exec.Command("go", "tool", "objdump", "-s", "^(ganvas|simd)/", program)
	dump.Env = env
	var said bytes.Buffer
	dump.Stderr = &said
	out, err := dump.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &said)
	}
	m := parse(out)
	wide := 0
	for _, f := range m.functions {
		if f.wide {
			wide++
		}
	}
	if wide < 10 {
		t.Fatalf("only %d functions hold wide vectors: is this the build with SIMD?", wide)
	}
	for _, f := range m.all() {
		t.Error("with dirty upper halves: " + f)
	}
}
