package metrics

// neighbours is the k of the k-th nearest neighbour, Kynkäänniemi et al.'s choice.
const neighbours = 3

// PrecisionRecall of fakes against reals by their feature vectors (n, d) and (m, d). Precision is the share of fakes
// that lie within the distance of some real one's third-nearest neighbour: are the pictures good? Recall is the share
// of reals that lie so near to a fake: is everything there? Both are for samples of about equal size, of more than three
// vectors each. (Kynkäänniemi et al. 2019.)
func PrecisionRecall(fakes, reals []float64, d int) (precision, recall float64) {
	in, recall := Among(fakes, reals, d)
	return share(in), recall
}

// Among is which of the fakes look real in the sense of [PrecisionRecall], whose share is the precision, and the recall.
func Among(fakes, reals []float64, d int) (in []bool, recall float64) {
	f, r := narrow(fakes), narrow(reals)
	return within(f, r, d), share(within(r, f, d))
}

func share(in []bool) float64 {
	n := 0
	for _, v := range in {
		if v {
			n++
		}
	}
	return float64(n) / float64(len(in))
}

// within is which points lie in the ball around at least one of the centres, whose radius is the distance to
// that centre's third-nearest other centre.
func within(points, centres []float32, d int) []bool {
	radii := make([]float32, len(centres)/d)
	distances(centres, centres, d, func(i int, to []float32) {
		to[i] = 0
		radii[i] = smallest(to, neighbours) // 0 is the centre itself
	})
	inside := make([]bool, len(points)/d)
	distances(points, centres, d, func(i int, to []float32) {
		for j, v := range to {
			if v <= radii[j] {
				inside[i] = true
				return
			}
		}
	})
	return inside
}
