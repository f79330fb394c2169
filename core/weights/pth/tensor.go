package pth

import (
	"errors"
	"fmt"
	"slices"
	"sort"

	"ganvas/core/pickle"
	"ganvas/core/weights"
)

// reader puts a file's tensors together.
type reader struct {
	size     int // the file's, which bounds what is copied
	copied   int
	storages map[string]*storage
	fetch    func(key string, s *storage) error // nil where numbers come later
}

// storage is a row of numbers that tensors are views of. In the older form its numbers follow the pickle.
type storage struct {
	dtype weights.DType
	width int // bytes of a number
	n     int // numbers that it should have
	data  []byte
}

func (s *storage) fill(data []byte, key string) error {
	if len(data) < s.n*s.width {
		return fmt.Errorf("the file is damaged: its numbers %q should be %d and %d are there", key, s.n, len(data)/s.width)
	}
	s.data = data
	return nil
}

// view is a tensor before its numbers are there.
type view struct {
	of            *storage
	offset        int
	sizes, stride []int
}

func (v *view) String() string { return "a tensor" }

// persistent is the storage of an id: ("storage", class, key, device, length), and in the older form a view behind that.
func (r *reader) persistent(id any) (any, error) {
	broken := errors.New("the file is damaged: it refers to numbers in a way that is not known")
	t, is := id.(pickle.Tuple)
	if !is || len(t) < 2 {
		return nil, broken
	}
	switch kind, _ := t[0].(string); {
	case kind == "module":
		n, _ := pickle.NameOf(t[1])
		return nil, wholeModule(n.String())
	case kind != "storage" || len(t) < 5:
		return nil, broken
	}
	name, is := pickle.NameOf(t[1])
	key, isText := t[2].(string)
	n, isCount := t[4].(int64)
	dtype, isKnown := storages[name.Name]
	if !is || !isKnown {
		return nil, unknown(name)
	}
	if !isText || !isCount || n < 0 || n > int64(r.size) {
		return nil, broken
	}
	if len(t) > 5 && t[5] != nil {
		return nil, errors.New("the file holds views of storages, which only PyTorch before 0.4 wrote: load it and save it anew")
	}
	s := r.storages[key]
	if s == nil {
		s = &storage{dtype: dtype, width: weights.Width(dtype), n: int(n)}
		r.storages[key] = s
		if r.fetch != nil {
			if err := r.fetch(key, s); err != nil {
				return nil, err
			}
		}
	}
	if s.dtype != dtype || s.n != int(n) {
		return nil, fmt.Errorf("the file is damaged: it says two things of its numbers %q", key)
	}
	return s, nil
}

// tensor is torch._utils._rebuild_tensor and its second version: (storage, offset, size, stride, …).
func (r *reader) tensor(args pickle.Tuple) (any, error) {
	broken := errors.New("the file is damaged: a tensor is not described as torch.save does")
	if len(args) < 4 {
		return nil, broken
	}
	s, isStorage := args[0].(*storage)
	offset, isCount := args[1].(int64)
	sizes, ok1 := counts(args[2])
	strides, ok2 := counts(args[3])
	if !isStorage || !isCount || !ok1 || !ok2 || len(sizes) != len(strides) || len(sizes) > maxDims {
		return nil, broken
	}
	last, n := offset, int64(1)
	if slices.Contains(sizes, 0) && !slices.ContainsFunc(sizes, func(d int64) bool { return d < 0 || d > 1<<40 }) { // no numbers, wherever they are
		return &view{of: s, sizes: ints(sizes), stride: ints(strides)}, nil
	}
	for i, d := range sizes {
		if d < 0 || strides[i] < 0 {
			return nil, broken
		}
		if d > 1 && strides[i] == 0 {
			return nil, repeated(sizes)
		}
		if d > 1 && (strides[i] > int64(s.n) || d-1 > int64(s.n)) {
			return nil, outside(sizes)
		}
		if d > 0 {
			last += (d - 1) * strides[i]
		}
		if n > 0 && d > int64(s.n)/n {
			return nil, outside(sizes)
		}
		n *= d
	}
	if offset < 0 || n > 0 && last >= int64(s.n) {
		return nil, outside(sizes)
	}
	v := &view{of: s, offset: int(offset), sizes: ints(sizes), stride: ints(strides)}
	if v.overlaps() {
		return nil, repeated(sizes)
	}
	return v, nil
}

const maxDims = 32

func repeated(sizes []int64) error {
	return fmt.Errorf("a tensor of shape %v shows the same numbers several times: save it as tensor.contiguous()", sizes)
}

func outside(sizes []int64) error {
	return fmt.Errorf("the file is damaged or made to mislead: a tensor of shape %v lies outside of its numbers", sizes)
}

func counts(v any) ([]int64, bool) {
	t, is := v.(pickle.Tuple)
	all := make([]int64, len(t))
	for i, x := range t {
		n, isCount := x.(int64)
		is = is && isCount
		all[i] = n
	}
	return all, is
}

func ints(v []int64) []int {
	all := make([]int, len(v))
	for i, x := range v {
		all[i] = int(x)
	}
	return all
}

// overlaps reports a view in which some number stands twice.
func (v *view) overlaps() bool {
	by := make([]int, 0, len(v.sizes))
	for i, d := range v.sizes {
		if d == 0 {
			return false
		}
		if d > 1 {
			by = append(by, i)
		}
	}
	sort.Slice(by, func(a, b int) bool { return v.stride[by[a]] < v.stride[by[b]] })
	reach := 1 // numbers that the dimensions so far span
	for _, i := range by {
		if v.stride[i] < reach {
			return true
		}
		reach += (v.sizes[i] - 1) * v.stride[i]
	}
	return false
}

// piece reports whether the numbers lie in order.
func (v *view) piece() bool {
	want := 1
	for i := len(v.sizes) - 1; i >= 0; i-- {
		if v.sizes[i] > 1 && v.stride[i] != want {
			return false
		}
		want *= v.sizes[i]
	}
	return true
}

// bring is the view as a tensor.
func (r *reader) bring(name string, v *view) (weights.Tensor, error) {
	t := weights.Tensor{Name: name, DType: v.of.dtype, Shape: slices.Clone(v.sizes)}
	n, w := t.Len(), v.of.width
	if v.of.data == nil && n > 0 {
		return t, fmt.Errorf("the file is damaged: there are no numbers for tensor %q", name)
	}
	if n == 0 {
		return t, nil
	}
	if v.piece() {
		t.Data = v.of.data[v.offset*w:][: n*w : n*w]
		return t, nil
	}
	if r.copied += n * w; r.copied > 2*r.size {
		return t, errors.New("the file shows the same numbers in many tensors: save them by themselves")
	}
	t.Data = make([]byte, 0, n*w)
	at, index := v.offset, make([]int, len(v.sizes))
	for range n {
		t.Data = append(t.Data, v.of.data[at*w:][:w]...)
		for i := len(index) - 1; i >= 0; i-- {
			index[i]++
			at += v.stride[i]
			if index[i] < v.sizes[i] {
				break
			}
			at -= index[i] * v.stride[i]
			index[i] = 0
		}
	}
	return t, nil
}
