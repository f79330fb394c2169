//go:build !js

package mnist

import (
	"context"
	"testing"

	"ganvas/core/data"
	"ganvas/core/sample"
)

// The digits themselves: their numbers, and how many there are of each, as published.
func TestDigits(t *testing.T) {
	for split, want := range map[data.Split][11]int{
		data.TrainSplit: {60000, 5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949},
		data.TestSplit:  {10000, 980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009},
	} {
		s, err := Open(context.Background(), split)
		if err != nil {
			t.Fatal(err)
		}
		var counts [11]int
		counts[0] = s.Len()
		for i := range s.Len() {
			counts[1+s.Label(i)]++
		}
		if counts != want || s.Shape() != sample.Gray(28, 28) {
			t.Errorf("%s: %v of %v, want %v", split, counts, s.Shape(), want)
		}
	}
}
