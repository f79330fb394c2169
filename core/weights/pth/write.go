package pth

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"ganvas/core/weights"
	"ganvas/core/zipstore"
)

// alignment is where torch.save begins each storage, so that the file can be mapped into memory.
const alignment = 64

// Encode is a state dict, as torch.save writes one: torch.load reads it, with weights_only too.
func Encode(ts []weights.Tensor) ([]byte, error) {
	p := pickled("\x80\x02ccollections\nOrderedDict\n)R(")
	parts := make([]zipstore.Part, 1, len(ts)+3)
	seen := map[string]bool{}
	for i, t := range ts {
		class := classOf(t.DType)
		switch {
		case class == "":
			return nil, fmt.Errorf("tensor %q holds %s, which PyTorch has no storage for", t.Name, t.DType)
		case len(t.Data) != t.Len()*weights.Width(t.DType):
			return nil, fmt.Errorf("tensor %q of shape %v has %d bytes of %s", t.Name, t.Shape, len(t.Data), t.DType)
		case seen[t.Name]:
			return nil, fmt.Errorf("two tensors have the name %q", t.Name)
		}
		seen[t.Name] = true
		key := strconv.Itoa(i)
		p.text(t.Name)
		p = append(p, "ctorch._utils\n_rebuild_tensor_v2\n(("...)
		p.text("storage")
		p = append(p, "ctorch\n"+class+"\n"...)
		p.text(key)
		p.text("cpu")
		p.number(t.Len())
		p = append(p, "tQK\x00("...)
		for _, d := range t.Shape {
			p.number(d)
		}
		p = append(p, "t("...)
		stride := t.Len()
		for _, d := range t.Shape {
			stride /= max(1, d)
			p.number(stride)
		}
		p = append(p, "t\x89ccollections\nOrderedDict\n)RtR"...)
		parts = append(parts, zipstore.Part{Name: folderName + "data/" + key, Data: t.Data})
	}
	p = append(p, "u."...)
	parts[0] = zipstore.Part{Name: folderName + "data.pkl", Data: p}
	parts = append(parts, zipstore.Part{Name: folderName + "version", Data: []byte("3\n")}, zipstore.Part{Name: folderName + "byteorder", Data: []byte("little")})
	return zipstore.Write(parts, alignment)
}

const folderName = "weights/"

// classOf is PyTorch's class of storages for a number type.
func classOf(d weights.DType) string {
	for class, of := range storages {
		if of == d {
			return class
		}
	}
	return ""
}

// pickled is a pickle being written, of protocol 2.
type pickled []byte

func (p *pickled) text(s string) {
	*p = append(binary.LittleEndian.AppendUint32(append(*p, 'X'), uint32(len(s))), s...)
}

// number is a whole number from 0 on.
func (p *pickled) number(n int) {
	*p = binary.LittleEndian.AppendUint64(append(*p, 0x8a, 8), uint64(n))
}
