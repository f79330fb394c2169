package weights

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func golden(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/golden.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A file that PyTorch wrote: every number type, shapes of no and of many dimensions, metadata.
func TestReadsWhatPyTorchWrites(t *testing.T) {
	f, err := Decode(golden(t))
	if err != nil {
		t.Fatal(err)
	}
	if f.Meta["format"] != "pt" || f.Meta["who"] != "测试" {
		t.Errorf("metadata %v", f.Meta)
	}
	values := []float64{0, math.Copysign(0, -1), 1, -1.5, 3.140625, 65504, 6e-8, 1e-3}
	for name, slack := range map[string]float64{"f64": 0, "f32": 1e-7, "f16": 1e-3, "bf16": 1e-2} {
		x, ok := f.Lookup(name)
		if !ok {
			t.Fatalf("%s is missing", name)
		}
		got, err := x.F64()
		if err != nil {
			t.Fatal(err)
		}
		for i, v := range values {
			if math.Abs(got[i]-v) > slack*math.Abs(v)+slack*1e-4 || math.Signbit(got[i]) != math.Signbit(v) {
				t.Errorf("%s[%d] is %v, PyTorch wrote %v", name, i, got[i], v)
			}
		}
	}
	for name, want := range map[string][]int64{"i64": {-1 << 62, -1, 0, 7}, "i32": {-5, 1 << 30}, "u8": {0, 255}, "scalar": {42}, "empty": {}} {
		x, _ := f.Lookup(name)
		got, err := x.F64()
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Errorf("%s has %d values", name, len(got))
		}
		if name == "empty" {
			continue
		}
		whole, err := x.I64()
		if err != nil || !slices.Equal(whole, want) {
			t.Errorf("%s is %v (%v)", name, whole, err)
		}
	}
	if x, _ := f.Lookup("scalar"); len(x.Shape) != 0 || x.Len() != 1 {
		t.Errorf("a scalar has the shape %v", x.Shape)
	}
	if x, _ := f.Lookup("f32"); !slices.Equal(x.Shape, []int{2, 2, 2}) {
		t.Errorf("f32 has the shape %v", x.Shape)
	}
}

// All 65536 halves, as PyTorch widens them, and back.
func TestHalves(t *testing.T) {
	f, err := Decode(golden(t))
	if err != nil {
		t.Fatal(err)
	}
	h, _ := f.Lookup("every half")
	w, _ := f.Lookup("every half as f32")
	got, err := h.F32()
	if err != nil {
		t.Fatal(err)
	}
	want, err := w.F32()
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) && want[i] == want[i] {
			t.Fatalf("half %d widens to %v, PyTorch says %v", i, got[i], want[i])
		}
	}
	back, err := w.Half()
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		a, b := binary.LittleEndian.Uint16(back.Data[2*i:]), binary.LittleEndian.Uint16(h.Data[2*i:])
		if a != b && want[i] == want[i] {
			t.Fatalf("%v narrows to %04x, it was %04x", want[i], a, b)
		}
	}
}

// Rounding is to the nearest half, ties to the even one: between every two neighbours, at and beside the middle.
func TestHalfRounding(t *testing.T) {
	for h := uint16(0); h < 0x7bff; h++ {
		lo, hi := fromHalf(h), fromHalf(h+1)
		middle := lo + (hi-lo)/2
		even := h + h&1
		for v, want := range map[float32]uint16{middle: even, math.Nextafter32(middle, 0): h, math.Nextafter32(middle, 1e9): h + 1} {
			if got := toHalf(v); got != want {
				t.Fatalf("%v between %04x and %04x becomes %04x", v, h, h+1, got)
			}
		}
	}
	for v, want := range map[float32]uint16{65519: 0x7bff, 65520: 0x7c00, -1e30: 0xfc00, float32(math.Inf(1)): 0x7c00} {
		if got := toHalf(v); got != want {
			t.Errorf("%v becomes %04x, want %04x", v, got, want)
		}
	}
}

func sample() *File {
	return &File{Meta: map[string]string{"format": "x"}, Tensors: []Tensor{
		FromF32("b.weight", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6}), FromI64("step", nil, []int64{7}), FromF64("a", []int{1}, []float64{0.5})}}
}

func TestRoundTripIsDeterministic(t *testing.T) {
	b, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(f.Tensors)
	again, err := f.Encode()
	if err != nil || !bytes.Equal(b, again) {
		t.Fatalf("another order of tensors gives another file (%v)", err)
	}
	if n := binary.LittleEndian.Uint64(b); n%8 != 0 {
		t.Errorf("the header of %d bytes leaves the data unaligned", n)
	}
}

// Every broken file is refused with one sentence.
func TestBrokenFiles(t *testing.T) {
	whole, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if _, err := Decode(whole[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes pass", n, len(whole))
		}
	}
	file := func(header string, data int) []byte {
		b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
		return append(append(b, header...), make([]byte, data)...)
	}
	for says, b := range map[string][]byte{
		"belong to no tensor": append(slices.Clone(whole), 0),
		"unreadable":          file(`not json`, 0),
		"entry":               file(`{"a": 3}`, 0),
		"metadata":            file(`{"__metadata__": {"a": 1}}`, 0),
		"type":                file(`{"a": {"dtype": "F8", "shape": [1], "data_offsets": [0, 1]}}`, 1),
		"needs 8 bytes":       file(`{"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4]}}`, 4),
		"overlaps":            file(`{"a": {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}, "b": {"dtype": "U8", "shape": [2], "data_offsets": [1, 3]}}`, 3),
		"hole":                file(`{"a": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1]}, "b": {"dtype": "U8", "shape": [1], "data_offsets": [2, 3]}}`, 3),
		"cut short":           file(`{"a": {"dtype": "U8", "shape": [9], "data_offsets": [0, 9]}}`, 3),
		"no place":            file(`{"a": {"dtype": "U8", "shape": [1], "data_offsets": [-1, 0]}}`, 3),
		"impossible shape":    file(`{"a": {"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 0]}}`, 0),
		"impossible":          file(`{"a": {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]}}`, 4),
	} {
		_, err := Decode(b)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
	place := `"dtype": "U8", "shape": [0], "data_offsets": [0, 0]`
	for says, headers := range map[string][]string{
		"twice": {`{"a": {` + place + `}, "a": {` + place + `}}`, `{"__metadata__": {}, "__metadata__": {}}`},
		"unreadable": {`null`, `[]`, ``, `{} {}`, `{"a": {` + place + `}`, `{"a": null}`, `{"a": {}}`, `{"a": {` + place + `, "more": 1}}`,
			`{"a": {"dtype": "U8", "dtype": "U8", "shape": [0], "data_offsets": [0, 0]}}`,
			`{"a": {"DType": "U8", "shape": [0], "data_offsets": [0, 0]}}`,
			`{"a": {"dtype": "U8", "shape": null, "data_offsets": [0, 0]}}`,
			`{"a": {"dtype": "U8", "shape": [0.0], "data_offsets": [0, 0]}}`,
			`{"a": {"dtype": "U8", "shape": [0], "data_offsets": [0]}}`,
			`{"a": {"dtype": "U8", "shape": [0], "data_offsets": [0, 0, 0]}}`,
			`{"a": {"dtype": "U8", "shape": [99999999999999999999], "data_offsets": [0, 0]}}`},
		"metadata":   {`{"__metadata__": {"a": null}}`, `{"__metadata__": {"a": "b", "a": "c"}}`, `{"__metadata__": null}`},
		"impossible": {`{"a": {"dtype": "U8", "shape": [0, 9223372036854775807], "data_offsets": [0, 0]}}`},
		"dimensions": {`{"a": {"dtype": "U8", "shape": [` + strings.Repeat("0, ", 40) + `0], "data_offsets": [0, 0]}}`},
	} {
		for _, h := range headers {
			if f, err := Decode(file(h, 0)); err == nil || !strings.Contains(err.Error(), says) || f != nil {
				t.Errorf("%s: want an error that says %q: %v", h, says, err)
			}
		}
	}
	huge := binary.LittleEndian.AppendUint64(nil, math.MaxUint64)
	if _, err := Decode(huge); err == nil {
		t.Error("a header of 16 exabytes passes")
	}
}

func TestFirstNonFinite(t *testing.T) {
	f := sample()
	if name := f.FirstNonFinite(); name != "" {
		t.Fatalf("%s is called broken", name)
	}
	for _, v := range []float32{float32(math.NaN()), float32(math.Inf(-1))} {
		f.Tensors[0] = FromF32("b.weight", []int{2}, []float32{1, v})
		if name := f.FirstNonFinite(); name != "b.weight" {
			t.Errorf("%v is not found: %q", v, name)
		}
	}
}

func TestWrongKinds(t *testing.T) {
	if _, err := FromF32("x", []int{1}, []float32{1}).I64(); err == nil {
		t.Error("a float is read as a whole number")
	}
	if _, err := (Tensor{Name: "x", DType: F32, Shape: []int{3}, Data: make([]byte, 4)}).F32(); err == nil {
		t.Error("three floats are read from four bytes")
	}
	twice := &File{Tensors: []Tensor{FromF32("x", []int{1}, []float32{1}), FromF32("x", []int{1}, []float32{1})}}
	if _, err := twice.Encode(); err == nil {
		t.Error("two tensors of one name are written")
	}
}

func FuzzDecode(f *testing.F) {
	whole, err := sample().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Add(whole[:20])
	f.Add(golden(f)[:4000])
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Decode(b)
		if err != nil {
			return
		}
		for _, x := range file.Tensors {
			if v, err := x.F64(); err != nil || len(v) != x.Len() {
				t.Fatalf("%s of %v passes and cannot be read: %v", x.Name, x.Shape, err)
			}
		}
		again, err := file.Encode()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Decode(again); err != nil {
			t.Fatalf("what was read is written so that it cannot be read: %v", err)
		}
	})
}

// A bfloat16 is the upper half of the float32 that it stands for.
func TestEveryBfloat16(t *testing.T) {
	x := Tensor{Name: "x", DType: BF16, Shape: []int{256, 256}}
	for i := range 1 << 16 {
		x.Data = binary.LittleEndian.AppendUint16(x.Data, uint16(i))
	}
	got, err := x.F32()
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range got {
		want := math.Float32frombits(uint32(i) << 16)
		if math.Float32bits(v) != math.Float32bits(want) && want == want || (v == v) != (want == want) {
			t.Fatalf("bfloat16 %04x widens to %v, want %v", i, v, want)
		}
	}
}

// What a header announces is compared with the file's size before anything is allocated for it.
func TestReadsNoMoreThanTheHeaderSays(t *testing.T) {
	whole, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := Read(bytes.NewReader(whole), int64(len(whole))); err != nil || !bytes.Equal(b, whole) {
		t.Errorf("%d of %d bytes, %v", len(b), len(whole), err)
	}
	header := `{"a": {"dtype": "U8", "shape": [16000000000], "data_offsets": [0, 16000000000]}}`
	claims := append(binary.LittleEndian.AppendUint64(nil, uint64(len(header))), header...)
	for what, c := range map[string]struct {
		b    []byte
		size int64
	}{
		"a tensor of 16 GB":        {claims, int64(len(claims)) + 8},
		"4 GB without a header":    {make([]byte, 100), 4 << 30},
		"a header of 16 exabytes":  {bytes.Repeat([]byte{0xff}, 100), 4 << 30},
		"a header of 50 MB":        {append([]byte{0, 0, 0, 3}, make([]byte, 100)...), 104},
		"4 GB behind a small file": {whole, 4 << 30},
		"seven bytes":              {whole[:7], 7},
		"nothing":                  {nil, 0},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Read(bytes.NewReader(c.b), c.size)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; err == nil || n > 1<<20 {
			t.Errorf("%s: %v, after %d bytes", what, err, n)
		}
	}
}
