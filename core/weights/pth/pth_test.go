package pth

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/weights"
	"ganvas/core/zipstore"
)

func some() []weights.Tensor {
	return []weights.Tensor{
		weights.FromF32("0.weight", []int{2, 3}, []float32{1, 2, 3, 4, 5, 6}), weights.FromF32("0.bias", []int{2}, []float32{-1, 0.5}),
		weights.FromI64("1.num_batches_tracked", nil, []int64{7}), weights.FromF64("wide", []int{1}, []float64{0.25}),
		{Name: "none", DType: weights.F32, Shape: []int{0, 3}}, {Name: "bytes", DType: weights.U8, Shape: []int{3}, Data: []byte{1, 2, 3}},
	}
}

func encoded(t testing.TB) []byte {
	t.Helper()
	b, err := Encode(some())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is written is read as it was, in its order, and each storage begins where PyTorch wants it.
func TestRoundTrip(t *testing.T) {
	b := encoded(t)
	f, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b weights.Tensor) bool {
		return a.Name == b.Name && a.DType == b.DType && slices.Equal(a.Shape, b.Shape) && string(a.Data) == string(b.Data)
	}
	if !slices.EqualFunc(f.Tensors, some(), same) {
		t.Errorf("read as %+v", f.Tensors)
	}
	if at := strings.Index(string(b), string(some()[0].Data)); at%alignment != 0 {
		t.Errorf("the first storage begins at byte %d", at)
	}
	if _, err := Encode([]weights.Tensor{some()[0], some()[0]}); err == nil {
		t.Error("two tensors of one name pass")
	}
}

// Whatever a file is cut to and whichever bit of it is turned, it is read as it was or refused in one sentence.
func TestDamage(t *testing.T) {
	b := encoded(t)
	for n := range b {
		if f, err := Decode(b[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes pass: %+v", n, len(b), f)
		}
	}
	for i := range b {
		c := slices.Clone(b)
		c[i] ^= 1 << (i % 8)
		if f, err := Decode(c); err == nil && len(f.Tensors) != len(some()) {
			t.Errorf("byte %d changed: %d tensors", i, len(f.Tensors))
		} else if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("byte %d changed: %q", i, err)
		}
	}
}

// global, tensor and others write pieces of pickles.
func global(module, name string) string { return "c" + module + "\n" + name + "\n" }

func text(s string) string {
	var p pickled
	p.text(s)
	return string(p)
}

func number(n int) string {
	var p pickled
	p.number(n)
	return string(p)
}

func tuple(items ...string) string { return "(" + strings.Join(items, "") + "t" }

func storageOf(class string, n int) string {
	return tuple(text("storage"), global("torch", class), text("0"), text("cpu"), number(n)) + "Q"
}

func tensorOf(storage string, offset int, shape, strides []int) string {
	var s, by []string
	for i := range shape {
		s, by = append(s, number(shape[i])), append(by, number(strides[i]))
	}
	return global("torch._utils", "_rebuild_tensor_v2") + tuple(storage, number(offset), tuple(s...), tuple(by...), "\x89", "N") + "R"
}

func dict(key, value string) string { return "\x80\x02}" + text(key) + value + "s." }

// archive is a file of torch.save with that pickle and n bytes of numbers.
func archive(t testing.TB, pickle string, n int, more ...zipstore.Part) []byte {
	t.Helper()
	parts := append([]zipstore.Part{{Name: "a/data.pkl", Data: []byte(pickle)}, {Name: "a/data/0", Data: make([]byte, n)}}, more...)
	b, err := zipstore.Write(parts, 1)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What is no weights, or is made to mislead, is refused in one sentence that says what it is.
func TestRefused(t *testing.T) {
	f32, flat := storageOf("FloatStorage", 4), []int{1}
	deep := strings.Repeat("]", 100_000) + strings.Repeat("a", 99_999)
	twice := text("x")
	for range 40 { // each tuple holds the one before it twice
		twice += "2\x86"
	}
	for says, b := range map[string][]byte{
		"posix.system":                   archive(t, dict("a", global("posix", "system")+tuple(text("touch x"))+"R"), 0),
		"builtins.eval":                  archive(t, "\x80\x04"+"\x8c\x08builtins\x8c\x04eval\x93"+tuple(text("1"))+"R.", 0),
		"whole module of the class __ma": archive(t, dict("a", global("__main__", "G")+")\x81"), 0),
		"torch.nn.modules.linear.Linear": archive(t, dict("a", global("torch.nn.modules.linear", "Linear")+")\x81"), 0),
		"sparse":                         archive(t, dict("a", global("torch._utils", "_rebuild_sparse_tensor")), 0),
		"quantised":                      archive(t, dict("a", storageOf("QInt8Storage", 4)), 4),
		"complex":                        archive(t, dict("a", storageOf("ComplexFloatStorage", 4)), 32),
		"outside":                        archive(t, dict("a", tensorOf(f32, 0, []int{5}, flat)), 16),
		"lies outside":                   archive(t, dict("a", tensorOf(f32, 1<<40, []int{1}, flat)), 16),
		"[4611686018427387904 4]":        archive(t, dict("a", tensorOf(f32, 0, []int{1 << 62, 4}, []int{1, 1})), 16),
		"several times":                  archive(t, dict("a", tensorOf(f32, 0, []int{1000, 1000}, []int{0, 0})), 16),
		"shape [2 2] shows the same":     archive(t, dict("a", tensorOf(f32, 0, []int{2, 2}, []int{1, 1})), 16),
		"should be 4 and 3 are there":    archive(t, dict("a", tensorOf(f32, 0, []int{4}, flat)), 12),
		"two things":                     archive(t, dict("a", tuple(f32, storageOf("HalfStorage", 4))), 16),
		"numbers in a way":               archive(t, dict("a", storageOf("FloatStorage", 1<<40)), 16),
		"is damaged: it has no numbers":  archive(t, dict("a", tuple(text("storage"), global("torch", "FloatStorage"), text("9"), text("cpu"), number(1))+"Q"), 4),
		"big-endian":                     archive(t, dict("a", "N"), 0, zipstore.Part{Name: "a/byteorder", Data: []byte("big")}),
		"holds itself":                   archive(t, "\x80\x02}q\x00"+text("me")+"h\x00s.", 0),
		"values over and over":           archive(t, "\x80\x02"+deep+".", 0),
		"the same values":                archive(t, "\x80\x02"+twice+".", 0),
		"opcode":                         archive(t, "\x80\x02\xff.", 0),
		"opcode 'i'":                     archive(t, "\x80\x02(iinst\nx\n.", 0),
		"protocol 9":                     archive(t, "\x80\x09N.", 0),
		"no tensors":                     archive(t, "\x80\x02}.", 0),
		"one tensor":                     archive(t, "\x80\x02"+tensorOf(f32, 0, []int{4}, flat)+".", 16),
		"no data.pkl":                    plainZip(t, zipstore.Part{Name: "readme.txt", Data: []byte("hello")}),
		"TorchScript":                    archive(t, "\x80\x02}.", 0, zipstore.Part{Name: "a/constants.pkl"}),
		"two parts of the name":          plainZip(t, zipstore.Part{Name: "data.pkl"}, zipstore.Part{Name: "data.pkl"}),
		"not a file of torch.save":       []byte("\x80\x02garbage"),
		"HDF5":                           append([]byte("\x89HDF\r\n\x1a\n"), make([]byte, 500)...),
		"not one that torch.save wrote":  []byte("\x80\x04K\x01."),
	} {
		if f, err := Decode(b); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want an error that says %q: %v, %+v", says, err, f)
		}
	}
}

func plainZip(t *testing.T, parts ...zipstore.Part) []byte {
	t.Helper()
	b, err := zipstore.Write(parts, 1)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The older form: a number that names it, the protocol, the machine, the value, the storages' keys, the storages.
func legacy(little string, data []byte) []byte {
	b := "\x80\x02\x8a\x0a" + string(magic) + "." + "\x80\x02M\xe9\x03." + "\x80\x02}" + text("little_endian") + little + "s."
	b += dict("w", tensorOf(storageOf("FloatStorage", 4), 1, []int{3}, []int{1}))
	b += "\x80\x02]" + text("0") + "a."
	return append([]byte(b), data...)
}

func TestLegacy(t *testing.T) {
	data := binary.LittleEndian.AppendUint64(nil, 4)
	for _, v := range []float32{9, 1, 2, 3} {
		data = binary.LittleEndian.AppendUint32(data, math.Float32bits(v))
	}
	f, err := Decode(legacy("\x88", data))
	if err != nil {
		t.Fatal(err)
	}
	if v, err := f.Tensors[0].F32(); err != nil || !slices.Equal(v, []float32{1, 2, 3}) {
		t.Errorf("read as %v, %v", v, err)
	}
	for says, b := range map[string][]byte{
		"big-endian": legacy("\x89", data), "cut short": legacy("\x88", data[:20]), "belong to no tensor": append(legacy("\x88", data), 0),
		"should be 4": legacy("\x88", append(binary.LittleEndian.AppendUint64(nil, 3), data[8:20]...)),
	} {
		if _, err := Decode(b); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
}

// A view that is turned is put in order, and one that is a piece of a larger storage is cut out.
func TestViews(t *testing.T) {
	data := make([]byte, 24)
	for i := range 6 {
		binary.LittleEndian.PutUint32(data[4*i:], math.Float32bits(float32(i)))
	}
	b, err := zipstore.Write([]zipstore.Part{{Name: "a/data.pkl", Data: []byte(dict("w", tensorOf(storageOf("FloatStorage", 6), 0, []int{3, 2}, []int{1, 3})))}, {Name: "a/data/0", Data: data}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	f, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if v, err := f.Tensors[0].F32(); err != nil || !slices.Equal(v, []float32{0, 3, 1, 4, 2, 5}) {
		t.Errorf("turned: %v, %v", v, err)
	}
}

// Nothing that a file says makes more memory than it has bytes itself, by a small factor.
func FuzzDecode(f *testing.F) {
	f.Add(encoded(f))
	f.Add(legacy("\x88", make([]byte, 24)))
	f.Add(archive(f, dict("a", global("posix", "system")), 0))
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := Decode(b)
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("%q is more than one line", err)
			}
			return
		}
		copied := 0
		for _, x := range file.Tensors {
			if len(x.Data) != x.Len()*weights.Width(x.DType) {
				t.Errorf("%s of shape %v has %d bytes", x.Name, x.Shape, len(x.Data))
			}
			copied = max(copied, len(x.Data))
		}
		if copied > len(b) {
			t.Errorf("a tensor of %d bytes comes of a file of %d", copied, len(b))
		}
	})
}

// The pickle alone, which a ZIP file's checksums would keep a fuzzer from.
func FuzzPickle(f *testing.F) {
	f.Add(dict("w", tensorOf(storageOf("FloatStorage", 4), 0, []int{2, 2}, []int{2, 1})))
	f.Add("\x80\x02ccollections\nOrderedDict\n)R(X\x01\x00\x00\x00aK\x01u}X\x09\x00\x00\x00_metadata}sb.")
	f.Fuzz(func(t *testing.T, pickle string) {
		file, err := Decode(archive(t, pickle, 16))
		if err == nil && len(file.Tensors) == 0 {
			t.Error("nothing was read and nothing refused")
		}
		if err != nil && fmt.Sprint(err) == "" {
			t.Error("refused without a word")
		}
	})
}
