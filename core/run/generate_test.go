package run_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ganvas/core/run"
	"ganvas/core/run/runtest"
)

// A number is written line by line, each line in one hand: what a digit looks like depends on the line's noise alone.
func TestNumbersAreWritten(t *testing.T) {
	r := runtest.Small(t)
	r.Conditional = true
	m := runtest.Trainer(t, r, runtest.Digits(t, 100)).GAN
	made := func(w run.Request) []byte {
		t.Helper()
		b, err := run.Make(m, w)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	const size = 36
	lines := made(run.Request{Count: 70, Seed: 4, Text: "707"})
	if len(lines) != 70*3*size {
		t.Fatalf("%d bytes", len(lines))
	}
	ones := made(run.Request{Count: 33, Seed: 4, Digit: 7})
	for line := range 33 { // one block of both
		for place, digit := range "707" {
			got := lines[(3*line+place)*size:][:size]
			if same := bytes.Equal(got, ones[line*size:][:size]); same != (digit == '7') {
				t.Fatalf("line %d, place %d is the 7 of that noise: %v", line, place, same)
			}
		}
	}
	for w, says := range map[run.Request]string{
		{Count: 1, Text: "7a"}: "digits from 0 to 9", {Count: 1, Text: strings.Repeat("1", 41)}: "at most 40", {Count: 1, At: 2}: "from 0 to 1",
	} {
		if _, err := run.Make(m, w); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%+v: %v", w, err)
		}
	}
	plain := runtest.Trainer(t, runtest.Small(t), runtest.Digits(t, 100)).GAN
	if _, err := run.Make(plain, run.Request{Count: 1, Text: "7", Digit: -1}); err == nil || !strings.Contains(err.Error(), "conditional") {
		t.Errorf("a generator without labels writes: %v", err)
	}
}

// On the way from one seed to another the images begin as the one's and end as the other's.
func TestNoiseMovesFromSeedToSeed(t *testing.T) {
	m := runtest.Trainer(t, runtest.Small(t), runtest.Digits(t, 100)).GAN
	at := func(seed, to uint64, way float64) []byte {
		t.Helper()
		b, err := run.Make(m, run.Request{Count: 5, Seed: seed, Digit: -1, To: to, At: way})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	begin, end, half := at(1, 2, 0), at(1, 2, 1), at(1, 2, 0.5)
	if !slices.Equal(begin, at(1, 0, 0)) || !slices.Equal(half, at(2, 1, 0.5)) {
		t.Error("the way does not begin at the seed, or is not the same from both ends")
	}
	other := at(2, 0, 0)
	for i, v := range end {
		if d := int(v) - int(other[i]); d < -1 || d > 1 {
			t.Fatalf("value %d is %d at the end of the way, and %d from the other seed", i, v, other[i])
		}
	}
	if slices.Equal(half, begin) || slices.Equal(half, end) {
		t.Error("nothing moves")
	}
}
