package metrics

// around is the k of the k-th nearest neighbour that density and coverage look as far as, their authors' choice.
const around = 5

// DensityCoverage of fakes against reals by their feature vectors (n, d) and (m, d), of more than five reals. Around each
// real one lies a ball that reaches to its fifth-nearest other real one. Density is how many of the balls a fake lies in, on
// average, as a share of five: 1 is what real samples reach, and unlike precision it does not reward a fake for lying beside
// a lone outlier. Coverage is the share of the balls that hold a fake; real samples reach 1 − 2⁻⁵. (Naeem et al. 2020.)
func DensityCoverage(fakes, reals []float64, d int) (density, coverage float64) {
	f, r := narrow(fakes), narrow(reals)
	n, m := len(f)/d, len(r)/d
	radii := make([]float32, m)
	distances(r, r, d, func(i int, to []float32) {
		to[i] = 0
		radii[i] = smallest(to, around) // 0 is the real one itself
	})
	balls := 0
	held := make([]bool, m)
	distances(f, r, d, func(_ int, to []float32) {
		for j, v := range to {
			if v <= radii[j] {
				balls++
				held[j] = true
			}
		}
	})
	return float64(balls) / float64(around*n), share(held)
}
