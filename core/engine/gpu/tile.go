package gpu

import (
	"fmt"
	"strings"
)

// tile is how a workgroup makes results of a product: across × down threads, each cols × rows of them, from deep columns and rows of the
// factors at a time, which all share. Whatever the tile, each result is added up in the same order.
type tile struct{ across, down, cols, rows, deep int }

// tiles are those to choose from; the first is taken where none was timed.
var tiles = [Tiles]tile{{8, 8, 4, 4, 16}, {16, 16, 4, 4, 16}, {8, 8, 8, 8, 8}, {16, 16, 2, 2, 32}}

func (t tile) wide() int { return t.across * t.cols }
func (t tile) high() int { return t.down * t.rows }

// String is a tile's results and who makes them, such as 32×32 by 64 threads.
func (t tile) String() string {
	return fmt.Sprintf("%d×%d by %d threads", t.high(), t.wide(), t.across*t.down)
}

// slopeScale is how much larger gradients are when they are taken as halves, whose least normal number is 6·10⁻⁵ and whose largest is 65504:
// means over a batch are small.
const slopeScale = 1024

// halves is text for factors of 16 bits, two to a word. What they cannot hold becomes the largest that they can; what is no number stays none.
const halvesText = `
fn bounded(v: f32) -> f32 { return select(v, clamp(v, -65504.0, 65504.0), abs(v) > 65504.0); }
fn packed_pair(v: f32, w: f32) -> u32 { return pack2x16float(vec2<f32>(bounded(v), bounded(w))); }
`

// product is the kernel's text: the product of an (M, K) and a (K, N) matrix, whose values fn a(m, k, z) and fn b(k, n, z) find, and whose
// results fn put(m, n, z, v) takes. K is PIECES of at most LENGTH, MORE of them to each REACH, and each is added up by itself; where SPLIT, a
// workgroup makes one of them. With halves the factors are rounded to 16 bits, A_SCALE and B_SCALE times as large; sums are not.
func (t tile) product(half bool) string {
	var s strings.Builder
	line := func(format string, all ...any) { fmt.Fprintf(&s, format+"\n", all...) }
	threads, vec := t.across*t.down, min(t.cols, 4)
	kind, per := "f32", 1 // of the shared words, and values in each
	if half {
		kind, per = "u32", 2
		s.WriteString(halvesText)
	}
	line("var<workgroup> left: array<%s, %d>; // (deep, high)", kind, t.deep*t.high()/per)
	line("var<workgroup> right: array<%s, %d>; // (deep, wide)", kind, t.deep*t.wide()/per)
	line("fn left_at(m: u32, k: u32, stop: u32, z: u32) -> f32 {\n\tvar v = 0.0;\n\tif (m < M && k < stop) { v = a(m, k, z); }\n\treturn v;\n}")
	line("fn right_at(k: u32, n: u32, stop: u32, z: u32) -> f32 {\n\tvar v = 0.0;\n\tif (n < N && k < stop) { v = b(k, n, z); }\n\treturn v;\n}")
	line("@compute @workgroup_size(%d, %d)", t.across, t.down)
	line("fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) l: vec3<u32>) {")
	line("\tlet m0 = group.y * %du;\n\tlet n0 = group.x * %du;\n\tlet t = l.y * %du + l.x;", t.high(), t.wide(), t.across)
	line("\tvar z = group.z;\n\tvar begin = 0u;\n\tvar last = PIECES;\n\tif (SPLIT) {\n\t\tz = 0u;\n\t\tbegin = group.z;\n\t\tlast = group.z + 1u;\n\t}")
	sums := func(do func(name string)) {
		for i := range t.rows {
			for g := range t.cols / vec {
				do(fmt.Sprintf("%d_%d", i, g))
			}
		}
	}
	sums(func(name string) { line("\tvar all%s = vec%d<f32>();", name, vec) })
	line("\tfor (var piece = begin; piece < last; piece = piece + 1u) {")
	line("\t\tlet start = piece / MORE * REACH + piece %% MORE * LENGTH;\n\t\tlet stop = min(start + LENGTH, (piece / MORE + 1u) * REACH);")
	sums(func(name string) { line("\t\tvar sum%s = vec%d<f32>();", name, vec) })
	line("\t\tfor (var k0 = start; k0 < stop; k0 = k0 + %du) {", t.deep)
	load := func(to, deep, first, one string, size int) {
		line("\t\t\tfor (var i = t; i < %du; i = i + %du) {", t.deep*size/per, threads)
		line("\t\t\t\tvar j = i %% %du;\n\t\t\t\tvar k = i / %du;\n\t\t\t\tif (%s) {\n\t\t\t\t\tj = i / %du;\n\t\t\t\t\tk = i %% %du;\n\t\t\t\t}", size/per, size/per, deep, t.deep, t.deep)
		v := fmt.Sprintf(one, first+" + j")
		if half {
			scale := " * " + deep[:1] + "_SCALE"
			v = fmt.Sprintf("packed_pair("+one+scale+", "+one+scale+")", first+" + 2u * j", first+" + 2u * j + 1u")
		}
		line("\t\t\t\t%s[k * %du + j] = %s;\n\t\t\t}", to, size/per, v)
	}
	load("left", "A_DEEP", "m0", "left_at(%s, k0 + k, stop, z)", t.high())
	load("right", "B_DEEP", "n0", "right_at(k0 + k, %s, stop, z)", t.wide())
	line("\t\t\tworkgroupBarrier();\n\t\t\tlet deep = min(%du, stop - k0);", t.deep)
	line("\t\t\tfor (var k = 0u; k < deep; k = k + 4u) { // there are zeros behind the last")
	for u := range 4 {
		line("\t\t\t\tlet c%d = (k + %du) * %du + l.y * %du;\n\t\t\t\tlet r%d = (k + %du) * %du + l.x;", u, u, t.high()/per, t.rows/per, u, u, t.wide()/per)
		for g := range t.cols / vec {
			var parts []string
			for j := 0; j < vec; j += per {
				at := fmt.Sprintf("right[r%d + %du]", u, (g*vec+j)/per*t.across)
				if half {
					at = "unpack2x16float(" + at + ")"
				}
				parts = append(parts, at)
			}
			line("\t\t\t\tlet v%d_%d = vec%d<f32>(%s);", u, g, vec, strings.Join(parts, ", "))
		}
		for i := range t.rows {
			of := fmt.Sprintf("left[c%d + %du]", u, i)
			if half {
				if i%2 == 0 {
					line("\t\t\t\tlet h%d_%d = unpack2x16float(left[c%d + %du]);", u, i/2, u, i/2)
				}
				of = fmt.Sprintf("h%d_%d.%c", u, i/2, "xy"[i%2])
			}
			for g := range t.cols / vec {
				line("\t\t\t\tsum%d_%d = sum%d_%d + %s * v%d_%d;", i, g, i, g, of, u, g)
			}
		}
	}
	line("\t\t\t}\n\t\t\tworkgroupBarrier();\n\t\t}")
	sums(func(name string) { line("\t\tall%s = all%s + sum%s;", name, name, name) })
	line("\t}")
	for i := range t.rows {
		for j := range t.cols {
			n := fmt.Sprintf("l.x + %du", j*t.across)
			if half {
				n = fmt.Sprintf("2u * l.x + %du", j/2*2*t.across+j%2)
			}
			line("\tone(m0 + l.y * %du + %du, n0 + %s, group.z, all%d_%d.%c);", t.rows, i, n, i, j/vec, "xyzw"[j%vec])
		}
	}
	v := "v"
	if half {
		v = "v / (A_SCALE * B_SCALE)"
	}
	line("}\nfn one(m: u32, n: u32, z: u32, v: f32) {\n\tif (m < M && n < N) { put(m, n, z, %s); }\n}", v)
	return s.String()
}
