// Package tape replays how a generator learned: its weights at some moments of a run, told from its first weights, its
// last ones, and the moment before.
package tape

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strconv"

	"ganvas/core/f32"
	"ganvas/core/weights"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Format names tapes in their metadata.
const Format = "ganvas-tape-1"

// Names of a tape's tensors. Steps (n) has the step of each moment, the run's beginning first and its end last. The
// moments between have for each matrix W (out, in) of the generator, which is a tensor of two or more dimensions with all
// but the first joined,
//
//	W of moment k = mix[0]·first + mix[1]·last + mix[2]·(W of moment k−1) + left·diag(scale)·right
//
// with left (out, r) and right (r, in) in int8, and every other tensor as it is in float16. All but Steps begin with
// Moment's prefix and go on with the generator's own name.
const (
	Steps  = "steps"
	Left   = ".left"
	Right  = ".right"
	Scale  = ".scale"
	Mix    = ".mix"
	mixing = 3
)

// Moment is the prefix of moment k's tensors.
func Moment(k int) string { return "moment." + strconv.Itoa(k) + "." }

// Tape is a run's moments, at one of which it stands.
type Tape struct {
	Steps []int // of each moment; the first is 0, the beginning

	file        *weights.File
	first, last []weights.Tensor // the generator's state there
	at          int
	now, before []weights.Tensor // the state there, and one moment earlier
}

// Mark names a generator's state in a tape's metadata under the key "generator": a 64-bit FNV-1a hash of its names and
// values.
func Mark(state []weights.Tensor) (string, error) {
	h := fnv.New64a()
	for _, t := range state {
		v, err := t.F32()
		if err != nil {
			return "", err
		}
		h.Write([]byte(t.Name))
		h.Write(weights.FromF32("", t.Shape, v).Data)
	}
	return fmt.Sprintf("%016x", h.Sum64()), nil
}

// Open reads a tape that belongs to a generator with these first and last states, and stands at its beginning.
func Open(f *weights.File, first, last []weights.Tensor) (*Tape, error) {
	if got := f.Meta["format"]; got != Format {
		return nil, fmt.Errorf("this file is not a tape: its metadata give the format %q instead of %q", got, Format)
	}
	s, ok := f.Lookup(Steps)
	if !ok {
		return nil, errors.New("the tape does not say at which steps its moments are")
	}
	steps, err := s.I64()
	if err != nil {
		return nil, err
	}
	t := &Tape{file: f, first: first, last: last, now: first}
	for i, v := range steps {
		if v < 0 || i == 0 && v != 0 || i > 0 && int(v) <= t.Steps[i-1] {
			return nil, fmt.Errorf("the tape's moments are at steps %v, which do not rise from 0", steps)
		}
		t.Steps = append(t.Steps, int(v))
	}
	if len(t.Steps) < 2 {
		return nil, fmt.Errorf("the tape has %d moments: there must be at least 2", len(t.Steps))
	}
	mark, err := Mark(last)
	if err != nil {
		return nil, err
	}
	if mark != f.Meta["generator"] {
		return nil, errors.New("the tape belongs to another generator than the one that is open")
	}
	if len(first) != len(last) {
		return nil, errors.New("the tape's generator has other weights at its beginning than at its end")
	}
	for i := range first {
		if first[i].Name != last[i].Name || !slices.Equal(first[i].Shape, last[i].Shape) {
			return nil, fmt.Errorf("%s is %v at the tape's beginning and %s is %v at its end", first[i].Name, first[i].Shape, last[i].Name, last[i].Shape)
		}
	}
	for k := 1; k < len(t.Steps)-1; k++ { // what does not fit is refused now and not while it plays
		if _, err := t.next(first, k); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Seek goes to a moment and returns the generator's state there, which must be left as it is.
func (t *Tape) Seek(k int) ([]weights.Tensor, error) {
	if k < 0 || k >= len(t.Steps) {
		return nil, fmt.Errorf("moment %d: the tape has those from 0 to %d", k, len(t.Steps)-1)
	}
	if k == len(t.Steps)-1 {
		return t.last, nil
	}
	if k == t.at-1 {
		return t.before, nil
	}
	if k < t.at {
		t.at, t.now = 0, t.first
	}
	for t.at < k {
		next, err := t.next(t.now, t.at+1)
		if err != nil {
			return nil, err
		}
		t.at, t.before, t.now = t.at+1, t.now, next
	}
	return t.now, nil
}

// next is the state at moment k, told from the one before.
func (t *Tape) next(before []weights.Tensor, k int) ([]weights.Tensor, error) {
	return Next(t.file, k, t.first, t.last, before)
}

// Next is the state at moment k of the tape in f, told from the generator's first and last states and the one before.
func Next(f *weights.File, k int, first, last, before []weights.Tensor) ([]weights.Tensor, error) {
	state := make([]weights.Tensor, len(before))
	for i, p := range before {
		stored := Moment(k) + p.Name
		if whole, ok := f.Lookup(stored); ok {
			if !slices.Equal(whole.Shape, p.Shape) {
				return nil, fmt.Errorf("the tape's %s is %v and must be %v", stored, whole.Shape, p.Shape)
			}
			whole.Name = p.Name
			state[i] = whole
			continue
		}
		var err error
		if state[i], err = told(f, stored, first[i], last[i], p); err != nil {
			return nil, err
		}
	}
	return state, nil
}

// told is a matrix of a moment, from the first, the last and the one before.
func told(f *weights.File, stored string, first, last, before weights.Tensor) (w weights.Tensor, err error) {
	if len(before.Shape) < 2 {
		return w, fmt.Errorf("the tape has no %s", stored)
	}
	out := before.Shape[0]
	in := before.Len() / out
	var parts [4][]float32
	var tensors [4]weights.Tensor
	for i, end := range []string{Mix, Scale, Left, Right} {
		var ok bool
		if tensors[i], ok = f.Lookup(stored + end); !ok {
			return w, fmt.Errorf("the tape has no %s%s", stored, end)
		}
		if parts[i], err = tensors[i].F32(); err != nil {
			return w, err
		}
	}
	mix, scale, left, right := parts[0], parts[1], parts[2], parts[3]
	r := len(scale)
	if len(mix) != mixing || !slices.Equal(tensors[2].Shape, []int{out, r}) || !slices.Equal(tensors[3].Shape, []int{r, in}) {
		return w, fmt.Errorf("the tape's %s has a mix of %d, factors %v and %v and %d scales, which do not make %d × %d weights",
			stored, len(mix), tensors[2].Shape, tensors[3].Shape, r, out, in)
	}
	sum := make([]float32, out*in)
	for i, from := range []weights.Tensor{first, last, before} {
		v, err := from.F32()
		if err != nil {
			return w, err
		}
		for j, x := range v {
			sum[j] += float32(mix[i] * x)
		}
	}
	for i := range left {
		left[i] *= scale[i%r]
	}
	if r > 0 {
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, f32.Matrix(out, r, left), f32.Matrix(r, in, right), 1, f32.Matrix(out, in, sum))
	}
	return weights.FromF32(before.Name, before.Shape, sum), nil
}
