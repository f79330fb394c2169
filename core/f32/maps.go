package f32

// Mapper is what a set of [Kernels] may offer besides, for images and their feature maps. Sets without it get plain Go.
type Mapper interface {
	// Patches: col (oh·ow, C·k·k) = what a k × k kernel sees of one padded image (C, h, w) at each place, stride apart.
	Patches(col, image []float32, p Patch)
	// AddPatches is its adjoint: the image's pixels += all that col says of them.
	AddPatches(image, col []float32, p Patch)
	// Transpose: to (c, r) = from (r, c); their rows are ldTo and ldFrom numbers apart.
	Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int)
	// Mix applies a stencil: each run of to becomes a weighted sum of runs of from.
	Mix(to, from []float32, s *Stencil, m Mixing)

	// The rest works on maps (rows, cols) in each row of which lies one sample's feature map; row r is of map
	// r mod maps, with scalars of its own.

	// Sums: s[r] (rows, 2) = Σ x[r] and Σ x[r]·y[r].
	Sums(s, x, y []float32, rows, cols int)
	// Squares: s[r] = Σ (x[r] − mean)²; mean (maps).
	Squares(s, x, mean []float32, rows, cols int)
	// Normalize: hat = (x − mean)·inv; y = gamma·hat + beta; by (maps, 4) holds mean, inv, gamma, beta.
	Normalize(y, hat, x, by []float32, rows, cols int)
	// NormalizeGrad: dx = scale·(dy − mean − hat·dot); by (maps, 3) holds scale, mean, dot.
	NormalizeGrad(dx, dy, hat, by []float32, rows, cols int)
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

// Transpose: to (c, r) = from (r, c); their rows are ldTo and ldFrom numbers apart.
func Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	mapper.Transpose(to, ldTo, from, ldFrom, r, c)
}

// Mix applies a stencil: see [Mapper].
func Mix(to, from []float32, s *Stencil, m Mixing) { mapper.Mix(to, from, s, m) }

// Sums: s[r] (rows, 2) = Σ x[r] and Σ x[r]·y[r].
func Sums(s, x, y []float32, rows, cols int) { mapper.Sums(s, x, y, rows, cols) }

// Squares: s[r] = Σ (x[r] − mean[r mod maps])².
func Squares(s, x, mean []float32, rows, cols int) { mapper.Squares(s, x, mean, rows, cols) }

// Normalize: see [Mapper].
func Normalize(y, hat, x, by []float32, rows, cols int) { mapper.Normalize(y, hat, x, by, rows, cols) }

// NormalizeGrad: see [Mapper].
func NormalizeGrad(dx, dy, hat, by []float32, rows, cols int) {
	mapper.NormalizeGrad(dx, dy, hat, by, rows, cols)
}

func (plain) Patches(col, image []float32, p Patch) {
	switch p.Kernel { // the usual sizes, without a loop or a call
	case 1:
		eachRow(p, func(at, to int) { col[to] = image[at] })
	case 3:
		eachMap(p, func(at, to int) {
			c := (*[9]float32)(col[to:])
			*(*[3]float32)(c[0:]) = *(*[3]float32)(image[at:])
			*(*[3]float32)(c[3:]) = *(*[3]float32)(image[at+p.W:])
			*(*[3]float32)(c[6:]) = *(*[3]float32)(image[at+2*p.W:])
		})
	case 4:
		eachMap(p, func(at, to int) {
			c := (*[16]float32)(col[to:])
			*(*[4]float32)(c[0:]) = *(*[4]float32)(image[at:])
			*(*[4]float32)(c[4:]) = *(*[4]float32)(image[at+p.W:])
			*(*[4]float32)(c[8:]) = *(*[4]float32)(image[at+2*p.W:])
			*(*[4]float32)(c[12:]) = *(*[4]float32)(image[at+3*p.W:])
		})
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

// eachMap runs f over every place that the kernel stops at in every map: where that begins in the image and in the patches.
func eachMap(p Patch, f func(image, col int)) {
	col := 0
	for oy := range p.OH {
		for ox := range p.OW {
			at := oy*p.Stride*p.W + ox*p.Stride
			for range p.C {
				f(at, col)
				at += p.H * p.W
				col += p.Kernel * p.Kernel
			}
		}
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
func (plain) Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	const tile = 16
	for i0 := 0; i0 < r; i0 += tile {
		for j0 := 0; j0 < c; j0 += tile {
			for j := j0; j < min(c, j0+tile); j++ {
				for i := i0; i < min(r, i0+tile); i++ {
					to[j*ldTo+i] = from[i*ldFrom+j]
				}
			}
		}
	}
}

func (plain) Sums(s, x, y []float32, rows, cols int) {
	for r := range rows {
		var sum, dot float32
		row := y[r*cols:][:cols]
		for i, v := range x[r*cols:][:cols] {
			sum += v
			dot += v * row[i]
		}
		s[2*r], s[2*r+1] = sum, dot
	}
}

func (plain) Squares(s, x, mean []float32, rows, cols int) {
	for r := range rows {
		m := mean[r%len(mean)]
		var sum float32
		for _, v := range x[r*cols:][:cols] {
			sum += (v - m) * (v - m)
		}
		s[r] = sum
	}
}

func (plain) Normalize(y, hat, x, by []float32, rows, cols int) {
	for r := range rows {
		b := by[4*r%len(by):][:4]
		to, h := y[r*cols:][:cols], hat[r*cols:][:cols]
		for i, v := range x[r*cols:][:cols] {
			v = (v - b[0]) * b[1]
			h[i] = v
			to[i] = b[2]*v + b[3]
		}
	}
}

func (plain) NormalizeGrad(dx, dy, hat, by []float32, rows, cols int) {
	for r := range rows {
		b := by[3*r%len(by):][:3]
		to, h := dx[r*cols:][:cols], hat[r*cols:][:cols]
		for i, v := range dy[r*cols:][:cols] {
			to[i] = b[0] * (v - b[1] - h[i]*b[2])
		}
	}
}
