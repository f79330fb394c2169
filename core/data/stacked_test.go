package data

import (
	"bytes"
	"errors"
	"testing"

	"ganvas/core/sample"
)

// Each channel of a stacked picture is a digit of the set that it is made of, any from its block; pictures come as their
// digits do, always the same ones, and others in each half.
func TestStackedDigits(t *testing.T) {
	digits := NewSet("digits", 13_000, sample.Gray(2, 2), 10)
	numbered := func(lo, hi int) (pixels []byte, labels []uint8) {
		for i := lo; i < hi; i++ {
			pixels, labels = append(pixels, byte(i>>8), byte(i), 7, 9), append(labels, uint8(i%10))
		}
		return pixels, labels
	}
	open := func(name string) (*Set, error) {
		if name != "mnist" {
			t.Fatalf("it is made of %q", name)
		}
		return digits, nil
	}
	s, err := Open("stacked-mnist", TrainSplit, open)
	if err != nil || s.Shape() != (sample.Shape{Channels: 3, Height: 2, Width: 2}) || s.Len() != 13_000 || s.Classes() != 0 || s.Digits() != digits {
		t.Fatalf("%d of %v, %v", s.Len(), s.Shape(), err)
	}
	for _, part := range []struct{ to, have int }{{5999, 0}, {6001, 6000}, {12_500, 12_000}, {13_000, 13_000}} {
		if err := digits.Append(numbered(digits.Arrived(), part.to)); err != nil || s.Arrived() != part.have {
			t.Fatalf("of %d digits %d pictures are made: %v", part.to, s.Arrived(), err)
		}
	}
	seen := map[int]bool{}
	for i := range s.Len() {
		p := s.Pixels(i)
		for c := range 3 {
			digit := p[4*c:][:4]
			k := int(digit[0])<<8 | int(digit[1])
			if k/6000 != i/6000 || !bytes.Equal(digit, digits.Pixels(k)) {
				t.Fatalf("channel %d of picture %d is digit %d: %v", c, i, k, digit)
			}
			seen[k] = true
		}
	}
	if len(seen) < 12_000 { // of 13,000, with 39,000 draws: 12,350
		t.Errorf("only %d digits are used", len(seen))
	}
	again, _ := Open("stacked-mnist", TrainSplit, open)
	other, _ := Open("stacked-mnist", TestSplit, open)
	if again.Look().Digest != s.Look().Digest || other.Look().Digest == s.Look().Digest {
		t.Error("the pictures are not always the same, or the same in both halves")
	}
	got := make([]float32, 12)
	s.Gather(got, []int32{6500})
	for k, b := range s.Pixels(6500) {
		if got[k] != scaled[b] {
			t.Fatalf("value %d is %v", k, got[k])
		}
	}
	digits.Fail(errors.New("no more came"))
	if s.Err() == nil {
		t.Error("digits that do not come are not missed")
	}
}
