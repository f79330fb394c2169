// Package pth reads and writes the files of PyTorch's torch.save that hold weights: state dicts, alone or within the
// dictionaries that checkpoints are. Nothing in a file is run. What is no weights (whole modules, sparse or quantised tensors,
// objects of any other kind) is refused by its name, in one sentence. Both forms are read, the ZIP file of PyTorch 1.6 and
// later and the row of pickles from before.
package pth

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"ganvas/core/pickle"
	"ganvas/core/weights"
	"ganvas/core/zipstore"
)

// File is what was read. A name is the keys on the way to a tensor, with dots between them. Tensors lie in the order in
// which their program made them.
type File struct {
	Tensors  []weights.Tensor
	Versions map[string]int // of modules by their name, as state dicts keep them; BatchNorm's is 2
}

// hdf5 is what Keras's .h5 files begin with.
var hdf5 = []byte("\x89HDF\r\n\x1a\n")

// Is reports whether a file that begins so may be one of torch.save, or another of which Decode says what it is.
func Is(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, hdf5) || bytes.HasPrefix(head, []byte{0x80}) && len(head) > 1 && head[1] <= 5 || tarred(head)
}

// tarred reports the form of before PyTorch 0.2, a tar file whose first entry is sys_info, or storages.
func tarred(head []byte) bool { return len(head) > 262 && string(head[257:262]) == "ustar" }

// Decode reads a file of torch.save. Tensors share b's memory where they lie in it as one piece.
func Decode(b []byte) (*File, error) {
	switch {
	case tarred(b):
		return nil, errors.New("this file has the form of before PyTorch 0.2: load it there and save it anew")
	case bytes.HasPrefix(b, hdf5):
		return nil, errors.New("this is an HDF5 file, such as Keras saves (.h5), and is not read: weights come as PyTorch saves them (.pth) or as .safetensors")
	case bytes.HasPrefix(b, []byte("PK")):
		return decodeZip(b)
	}
	return decodeLegacy(b)
}

var errScript = errors.New("this is a TorchScript file, which holds a program: in PyTorch, torch.save(torch.jit.load(FILE).state_dict(), \"weights.pth\") makes one of weights")

func decodeZip(b []byte) (*File, error) {
	if bytes.Contains(b, []byte("/constants.pkl")) {
		return nil, errScript
	}
	if !bytes.Contains(b, []byte("data.pkl")) {
		return nil, ErrOtherZIP // which may be packed in ways that torch.save has not
	}
	parts, err := zipstore.Read(b)
	if err != nil {
		return nil, err
	}
	dir, err := folder(parts)
	if err != nil {
		return nil, err
	}
	if order := string(parts[dir+"byteorder"]); order != "" && order != "little" {
		return nil, fmt.Errorf("the file's numbers are in %s-endian order: save it anew on a machine of the usual kind", order)
	}
	r := &reader{size: len(b), storages: map[string]*storage{}}
	r.fetch = func(key string, s *storage) error {
		data, ok := parts[dir+"data/"+key]
		if !ok {
			return fmt.Errorf("the file is damaged: it has no numbers under %q", key)
		}
		return s.fill(data, key)
	}
	v, _, err := pickle.Decode(parts[dir+"data.pkl"], r.names())
	if err != nil {
		return nil, err
	}
	return r.file(v)
}

// folder is the one that everything lies in, with its slash.
func folder(parts map[string][]byte) (string, error) {
	for name := range parts {
		if dir, is := strings.CutSuffix(name, "data.pkl"); is && strings.Count(name, "/") <= 1 {
			return dir, nil
		}
	}
	return "", ErrOtherZIP
}

// ErrOtherZIP is of archives that hold something else.
var ErrOtherZIP = errors.New("this is a ZIP file, but not one that torch.save writes: it has no data.pkl")

// magic is what the older form begins with, as a pickled number.
const magic = pickle.Large("\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19")

const legacyProtocol = 1001

// decodeLegacy reads the older form: pickles of a number that names it, of the protocol, of the machine, of the value and of the
// storages' keys, and then each storage with its length before it.
func decodeLegacy(b []byte) (*File, error) {
	r, whole := &reader{size: len(b), storages: map[string]*storage{}}, b
	next := func(names pickle.Names) (any, error) {
		v, n, err := pickle.Decode(b, names)
		b = b[n:]
		return v, err
	}
	v, err := next(nothing())
	if err != nil || v != magic {
		if v, _, err := pickle.Decode(whole, r.names()); err != nil && !errors.Is(err, pickle.ErrShort) {
			return nil, err
		} else if err == nil && v != nil {
			return nil, errors.New("this is a Python pickle, but not one that torch.save wrote: save weights by torch.save(model.state_dict(), \"weights.pth\")")
		}
		return nil, errors.New("this is not a file of torch.save, or it is damaged at its beginning")
	}
	if v, err = next(nothing()); err != nil || v != int64(legacyProtocol) {
		return nil, errors.New("the file is damaged, or of a form that torch.save does not write")
	}
	if v, err = next(nothing()); err != nil {
		return nil, err
	}
	if d, is := v.(*pickle.Dict); is {
		if little, _ := d.Get("little_endian"); little == false {
			return nil, errors.New("the file's numbers are in big-endian order: save it anew on a machine of the usual kind")
		}
	}
	value, err := next(r.names())
	if err != nil {
		return nil, err
	}
	keys, err := next(nothing())
	if err != nil {
		return nil, err
	}
	list, is := keys.(*pickle.List)
	if !is {
		return nil, errors.New("the file is damaged: it does not say which numbers it holds")
	}
	for _, k := range list.Items {
		key, _ := k.(string)
		s := r.storages[key]
		if s == nil {
			return nil, fmt.Errorf("the file is damaged: nothing in it asks for its numbers %q", key)
		}
		if len(b) < 8 {
			return nil, errors.New("the file is cut short")
		}
		n := binary.LittleEndian.Uint64(b)
		if n > uint64(len(b)-8)/uint64(s.width) {
			return nil, errors.New("the file is cut short")
		}
		end := 8 + int(n)*s.width
		if err := s.fill(b[8:end:end], key); err != nil {
			return nil, err
		}
		b = b[end:]
	}
	if len(b) > 0 {
		return nil, fmt.Errorf("the file has %d bytes that belong to no tensor", len(b))
	}
	return r.file(value)
}

// nothing is a world without names.
func nothing() pickle.Names {
	return pickle.Names{Find: func(n pickle.Name) (pickle.Call, error) { return nil, unknown(n) }}
}
