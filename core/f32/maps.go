package f32

// Mapper is what a set of [Kernels] may offer besides, for images and their feature maps. Sets without it get plain Go.
type Mapper interface {
	// Patches: col (oh·ow, C·k·k) = what a k × k kernel sees of one padded image (C, h, w) at each place, stride apart.
	Patches(col, image []float32, p Patch)
	// AddPatches is its adjoint: the image's pixels += all that col says of them.
	AddPatches(image, col []float32, p Patch)
	// Transpose: to (c, r) = from (r, c).
	Transpose(to, from []float32, r, c int)
	// Sums: s[0] = Σ x, s[1] = Σ x·y.
	Sums(s *[2]float32, x, y []float32)
	// Squares: s[0] = Σ (x − mean)².
	Squares(s *[2]float32, x []float32, mean float32)
	// Normalize: hat = (x − mean)·inv; y = gamma·hat + beta.
	Normalize(y, hat, x []float32, mean, inv, gamma, beta float32)
	// NormalizeGrad: dx = scale·(dy − mean − hat·dot).
	NormalizeGrad(dx, dy, hat []float32, scale, mean, dot float32)
}

// Patch is how a kernel walks over one padded image of C maps of H × W, stopping at OH × OW places.
type Patch struct{ C, H, W, Kernel, Stride, OH, OW int }

var mapper Mapper = plain{}

// mapperOf is what k offers, or plain Go.
func mapperOf(k Kernels) Mapper {
	if m, ok := k.(Mapper); ok {
		return m
	}
	return plain{}
}

// Patches: see [Mapper].
func Patches(col, image []float32, p Patch) { mapper.Patches(col, image, p) }

// AddPatches: see [Mapper].
func AddPatches(image, col []float32, p Patch) { mapper.AddPatches(image, col, p) }

// Transpose: to (c, r) = from (r, c).
func Transpose(to, from []float32, r, c int) { mapper.Transpose(to, from, r, c) }

// Sums: s[0] = Σ x, s[1] = Σ x·y.
func Sums(s *[2]float32, x, y []float32) { mapper.Sums(s, x, y) }

// Squares: s[0] = Σ (x − mean)².
func Squares(s *[2]float32, x []float32, mean float32) { mapper.Squares(s, x, mean) }

// Normalize: hat = (x − mean)·inv; y = gamma·hat + beta.
func Normalize(y, hat, x []float32, mean, inv, gamma, beta float32) {
	mapper.Normalize(y, hat, x, mean, inv, gamma, beta)
}

// NormalizeGrad: dx = scale·(dy − mean − hat·dot).
func NormalizeGrad(dx, dy, hat []float32, scale, mean, dot float32) {
	mapper.NormalizeGrad(dx, dy, hat, scale, mean, dot)
}

func (plain) Patches(col, image []float32, p Patch) {
	switch p.Kernel { // the usual sizes, without a loop or a call
	case 1:
		eachRow(p, func(at, to int) { col[to] = image[at] })
	case 3:
		eachRow(p, func(at, to int) { *(*[3]float32)(col[to:]) = *(*[3]float32)(image[at:]) })
	case 4:
		eachRow(p, func(at, to int) { *(*[4]float32)(col[to:]) = *(*[4]float32)(image[at:]) })
	default:
		eachRow(p, func(at, to int) { copy(col[to:][:p.Kernel], image[at:]) })
	}
}

func (plain) AddPatches(image, col []float32, p Patch) {
	switch p.Kernel {
	case 1:
		eachRow(p, func(at, from int) { image[at] += col[from] })
	case 3:
		eachRow(p, func(at, from int) {
			to, x := (*[3]float32)(image[at:]), (*[3]float32)(col[from:])
			to[0] += x[0]
			to[1] += x[1]
			to[2] += x[2]
		})
	case 4:
		eachRow(p, func(at, from int) {
			to, x := (*[4]float32)(image[at:]), (*[4]float32)(col[from:])
			to[0] += x[0]
			to[1] += x[1]
			to[2] += x[2]
			to[3] += x[3]
		})
	default:
		eachRow(p, func(at, from int) {
			to := image[at:][:p.Kernel]
			for j, v := range col[from:][:p.Kernel] {
				to[j] += v
			}
		})
	}
}

// eachRow runs f over every row of taps: its place in the image and in the patches.
func eachRow(p Patch, f func(image, col int)) {
	col := 0
	for oy := range p.OH {
		for ox := range p.OW {
			for c := range p.C {
				at := (c*p.H+oy*p.Stride)*p.W + ox*p.Stride
				for range p.Kernel {
					f(at, col)
					at += p.W
					col += p.Kernel
				}
			}
		}
	}
}

// Transpose works in tiles that stay in the cache.
func (plain) Transpose(to, from []float32, r, c int) {
	const tile = 16
	for i0 := 0; i0 < r; i0 += tile {
		for j0 := 0; j0 < c; j0 += tile {
			for j := j0; j < min(c, j0+tile); j++ {
				for i := i0; i < min(r, i0+tile); i++ {
					to[j*r+i] = from[i*c+j]
				}
			}
		}
	}
}

func (plain) Sums(s *[2]float32, x, y []float32) {
	var sum, dot float32
	for i, v := range x {
		sum += v
		dot += v * y[i]
	}
	s[0], s[1] = sum, dot
}

func (plain) Squares(s *[2]float32, x []float32, mean float32) {
	var sum float32
	for _, v := range x {
		sum += (v - mean) * (v - mean)
	}
	s[0] = sum
}

func (plain) Normalize(y, hat, x []float32, mean, inv, gamma, beta float32) {
	for i, v := range x {
		h := (v - mean) * inv
		hat[i] = h
		y[i] = gamma*h + beta
	}
}

func (plain) NormalizeGrad(dx, dy, hat []float32, scale, mean, dot float32) {
	for i, v := range dy {
		dx[i] = scale * (v - mean - hat[i]*dot)
	}
}
