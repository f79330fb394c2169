package tape_test

import (
	"slices"
	"testing"

	"ganvas/native/tape"
)

// Moments lie densest at the beginning, rise, and take in both ends.
func TestMoments(t *testing.T) {
	for _, total := range []int{1, 10, 30_000} {
		m := tape.Moments(total, 24)
		if m[0] != 0 || m[len(m)-1] != total || !slices.IsSorted(m) || len(slices.Compact(slices.Clone(m))) != len(m) {
			t.Errorf("of %d steps: %v", total, m)
		}
	}
	m := tape.Moments(30_000, 24)
	if len(m) != 25 || m[6] > 1000 {
		t.Errorf("the first moments of 30000 steps are %v", m[:7])
	}
}
