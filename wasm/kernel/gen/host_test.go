package gen

import (
	"context"
	"math"
	"testing"

	"ganvas/core/f32"
	"ganvas/wasm/kernel/asm"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"gonum.org/v1/gonum/blas"
)

// host runs the strict module in wazero as a set of kernels: every call copies its slices into the module's memory, each
// between guard words, and out again. What the module lacks falls to the embedded set.
type host struct {
	f32.Kernels
	t    testing.TB
	mod  api.Module
	mem  api.Memory
	next uint32
	args []placed
}

// placed is a slice inside the module's memory.
type placed struct {
	x  []float32
	at uint32
}

const (
	hostPages = 256
	guard     = 0x7fa5a5a5 // a signalling NaN that no kernel makes
)

func newHost(t testing.TB) *host {
	t.Helper()
	ctx := context.Background()
	r := wazero.NewRuntime(ctx)
	t.Cleanup(func() { r.Close(ctx) })

	env := &asm.Module{}
	env.ExportOwnMemory("memory", hostPages)
	envMod, err := r.InstantiateWithConfig(ctx, env.Bytes(), wazero.NewModuleConfig().WithName("env"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := r.InstantiateWithConfig(ctx, Module(false), wazero.NewModuleConfig().WithName("kernel"))
	if err != nil {
		t.Fatal(err)
	}
	return &host{Kernels: f32.Plain(), t: t, mod: mod, mem: envMod.Memory()}
}

func (h *host) Name() string { return "wasm simd in wazero" }

// in copies x in and returns its address; a nil slice is address 0.
func (h *host) in(x []float32) uint64 {
	for _, p := range h.args {
		if len(x) > 0 && len(p.x) > 0 && &p.x[0] == &x[0] {
			return uint64(p.at) // the same slice twice
		}
	}
	h.must(h.mem.WriteUint32Le(h.next, guard))
	at := h.next + 4
	for i, v := range x {
		h.must(h.mem.WriteUint32Le(at+uint32(4*i), math.Float32bits(v)))
	}
	h.next = at + uint32(4*len(x))
	h.must(h.mem.WriteUint32Le(h.next, guard))
	h.args = append(h.args, placed{x, at})
	return uint64(at)
}

// room is n bytes of working area.
func (h *host) room(n uint32) uint64 {
	at := (h.next + 4 + 63) &^ 63
	h.next = at + n
	return uint64(at)
}

// call runs a kernel, copies every slice out and checks the guards.
func (h *host) call(name string, args ...uint64) {
	h.t.Helper()
	if _, err := h.mod.ExportedFunction(name).Call(context.Background(), args...); err != nil {
		h.t.Fatalf("%s: %v", name, err)
	}
	for _, p := range h.args {
		for i := range p.x {
			w, ok := h.mem.ReadUint32Le(p.at + uint32(4*i))
			h.must(ok)
			p.x[i] = math.Float32frombits(w)
		}
		for _, at := range []uint32{p.at - 4, p.at + uint32(4*len(p.x))} {
			if w, _ := h.mem.ReadUint32Le(at); w != guard {
				h.t.Fatalf("%s: wrote beside an array", name)
			}
		}
	}
	h.next, h.args = 0, h.args[:0]
}

func (h *host) must(ok bool) {
	if !ok {
		h.t.Fatal("the module's memory is too small")
	}
}

func scalar(x float32) uint64 { return api.EncodeF32(x) }

func bit(t blas.Transpose) uint64 {
	if t == blas.NoTrans {
		return 0
	}
	return 1
}

func (h *host) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if m <= 0 || n <= 0 || k <= 0 || alpha == 0 {
		h.Kernels.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	h.call("gemm", bit(tA), bit(tB), uint64(m), uint64(n), uint64(k), h.in(a), uint64(lda), h.in(b), uint64(ldb), h.in(c), uint64(ldc),
		0, 0, h.room(ScratchBytes), scalar(alpha), scalar(beta), scalar(1))
}

func (h *host) GemmBias(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, bias []float32, leak float32, c []float32, ldc int) {
	if m <= 0 || n <= 0 || k <= 0 || bias == nil {
		h.Kernels.GemmBias(tA, tB, m, n, k, a, lda, b, ldb, bias, leak, c, ldc)
		return
	}
	h.call("gemm", bit(tA), bit(tB), uint64(m), uint64(n), uint64(k), h.in(a), uint64(lda), h.in(b), uint64(ldb), h.in(c), uint64(ldc),
		1, h.in(bias), h.room(ScratchBytes), scalar(1), scalar(0), scalar(leak))
}

func (h *host) Leaky(y, x []float32, leak float32) {
	h.call("leaky", h.in(y), h.in(x), uint64(len(y)), scalar(leak))
}

func (h *host) LeakyGrad(dx, dy, y []float32, leak float32) {
	h.call("leakyGrad", h.in(dx), h.in(dy), h.in(y), uint64(len(y)), scalar(leak))
}

func (h *host) Tanh(y, x []float32)    { h.call("tanh", h.in(y), h.in(x), uint64(len(y))) }
func (h *host) Sigmoid(y, x []float32) { h.call("sigmoid", h.in(y), h.in(x), uint64(len(y))) }
func (h *host) Add(y, x []float32)     { h.call("add", h.in(y), h.in(x), uint64(len(y))) }

func (h *host) TanhGrad(dx, dy, y []float32) {
	h.call("tanhGrad", h.in(dx), h.in(dy), h.in(y), uint64(len(y)))
}

func (h *host) Lerp(y, x []float32, t float32) {
	h.call("lerp", h.in(y), h.in(x), uint64(len(y)), scalar(t))
}

func (h *host) Drop(y, x []float32, p float32, seed uint64, base int) {
	h.call("drop", h.in(y), h.in(x), uint64(len(y)), uint64(uint32(seed)), seed>>32, uint64(uint32(base)),
		uint64(float64(p)*(1<<24)), scalar(1/(1-p)))
}

func (h *host) AddColumnSums(s, x []float32, m, n int) {
	h.call("columnSums", h.in(s), h.in(x), uint64(m), uint64(n))
}

func (h *host) Adam(w, g, m, v []float32, c f32.AdamStep) {
	rest1, rest2 := c.Rests()
	h.call("adam", h.in(w), h.in(g), h.in(m), h.in(v), uint64(len(w)), scalar(c.Rate), scalar(c.Root),
		scalar(float32(c.Beta1)), scalar(float32(c.Beta2)), scalar(rest1), scalar(rest2), scalar(c.Eps))
}

func (h *host) Saxpy(n int, a float32, x []float32, incX int, y []float32, incY int) {
	if n <= 0 || incX != 1 || incY != 1 {
		h.Kernels.Saxpy(n, a, x, incX, y, incY)
		return
	}
	h.call("axpy", h.in(y), h.in(x), uint64(n), scalar(a))
}

func (h *host) Sscal(n int, a float32, x []float32, incX int) {
	if n <= 0 || incX != 1 {
		h.Kernels.Sscal(n, a, x, incX)
		return
	}
	h.call("scale", h.in(x), uint64(n), scalar(a))
}
