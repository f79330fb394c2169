package weights

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"ganvas/core/rng"
)

// Whatever single byte of a file is changed, to whatever it is changed, the file is refused.
func TestEveryChangedByteIsSeen(t *testing.T) {
	whole, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		for _, with := range []byte{1, 0x20, 0x80, 0xff, whole[i] ^ ' ', whole[i] ^ '\t', whole[i] ^ '\n', whole[i] ^ '0'} {
			if with == 0 {
				continue
			}
			b := slices.Clone(whole)
			b[i] ^= with
			if f, err := Decode(b); err == nil {
				t.Errorf("byte %d of %d, %q instead of %q: read as %v", i, len(whole), b[i], whole[i], f.Meta)
			}
		}
	}
}

// The digest is one of content: another order of tensors or keys is no damage, and a file that was changed on purpose is
// read when that is said.
func TestDigestIsOfContent(t *testing.T) {
	f := sample()
	was := f.digest()
	slices.Reverse(f.Tensors)
	f.Meta[digestKey] = "anything"
	if f.digest() != was {
		t.Error("order, or the digest itself, changes the digest")
	}
	for what, change := range map[string]func(){
		"a byte":      func() { f.Tensors[0].Data[0] ^= 1 },
		"a shape":     func() { f.Tensors[1].Shape = []int{1, 1} },
		"a name":      func() { f.Tensors[0].Name += "x" },
		"a type":      func() { f.Tensors[1].DType = F64 },
		"a text":      func() { f.Meta["format"] = "y" },
		"a new text":  func() { f.Meta["more"] = "" },
		"a new array": func() { f.Tensors = append(f.Tensors, Tensor{"z", U8, []int{0}, nil}) },
	} {
		change()
		now := f.digest()
		if now == was {
			t.Errorf("%s changes nothing", what)
		}
		was = now
	}
}

func TestChangesAreAccepted(t *testing.T) {
	whole, err := sample().Encode()
	if err != nil {
		t.Fatal(err)
	}
	f, err := Decode(whole)
	if err != nil || !f.Checked || f.Accepted || f.Meta[digestKey] != "" || f.Meta[digestOfKey] != "" {
		t.Fatalf("a whole file: %+v, %v", f, err)
	}
	if f, err := DecodeChanged(whole); err != nil || f.Accepted || !f.Checked {
		t.Errorf("nothing in a whole file needs to be accepted: %+v, %v", f, err)
	}
	whole[len(whole)-1] ^= 1
	if _, err := Decode(whole); !errors.As(err, new(Damaged)) {
		t.Errorf("a changed file: %v", err)
	}
	if f, err := DecodeChanged(whole); err != nil || !f.Accepted || f.Checked || f.Meta["format"] != "x" {
		t.Errorf("a changed file, accepted: %+v, %v", f, err)
	}
	one := bytes.Replace(whole, []byte(digestOfKey), []byte("dig_st_of"), 1)
	if _, err := Decode(one); !errors.As(err, new(Damaged)) {
		t.Errorf("a file with one of the digest's two names: %v", err)
	}
}

func BenchmarkDigest(b *testing.B) {
	f := &File{Tensors: []Tensor{{"w", F32, []int{9 << 20}, make([]byte, 36<<20)}}}
	stream := rng.New(1, "bytes")
	for i := range f.Tensors[0].Data {
		f.Tensors[0].Data[i] = byte(stream.IntN(256))
	}
	b.SetBytes(36 << 20)
	for b.Loop() {
		f.digest()
	}
}
