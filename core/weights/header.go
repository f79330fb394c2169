package weights

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// entry is one tensor in the header.
type entry struct {
	DType   DType    `json:"dtype"`
	Shape   []int    `json:"shape"`
	Offsets [2]int64 `json:"data_offsets"` // begin and end in the data part
}

var errNotSafetensors = errors.New("this is not a safetensors file: its header is unreadable")

// header reads names, types, shapes and places.
func header(b []byte) (meta map[string]string, entries map[string]entry, err error) {
	all, err := members(b)
	if errors.As(err, new(twiceError)) {
		return nil, nil, fmt.Errorf("the file's header is ambiguous: %w", err)
	}
	if err != nil {
		return nil, nil, errNotSafetensors
	}
	if len(all) > maxTensors {
		return nil, nil, fmt.Errorf("the file lists %d tensors, more than the %d that are read", len(all), maxTensors)
	}
	meta, entries = map[string]string{}, make(map[string]entry, len(all))
	for _, m := range all {
		if m.name == "__metadata__" {
			if meta, err = texts(m.value); err != nil {
				return nil, nil, errors.New("the file's metadata are not a map of texts, each with one name")
			}
			continue
		}
		if entries[m.name], err = m.entry(); err != nil {
			return nil, nil, err
		}
	}
	return meta, entries, nil
}

// member is a name and its value in a JSON object.
type member struct {
	name  string
	value json.RawMessage
}

type twiceError string

func (e twiceError) Error() string { return fmt.Sprintf("the name %q stands there twice", string(e)) }

// members reads a JSON object. Unlike encoding/json it takes a name that stands twice for an error, since which of the
// two counts depends on the reader.
func members(b []byte) ([]member, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errNotSafetensors
	}
	var all []member
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		name, isText := t.(string)
		if err != nil || !isText {
			return nil, errNotSafetensors
		}
		if seen[name] {
			return nil, twiceError(name)
		}
		seen[name] = true
		m := member{name: name}
		if err := d.Decode(&m.value); err != nil {
			return nil, errNotSafetensors
		}
		all = append(all, m)
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return nil, errNotSafetensors
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errNotSafetensors
	}
	return all, nil
}

// texts reads a JSON object whose values are all texts.
func texts(b []byte) (map[string]string, error) {
	all, err := members(b)
	if err != nil {
		return nil, err
	}
	m := make(map[string]string, len(all))
	for _, x := range all {
		var s *string
		if json.Unmarshal(x.value, &s) != nil || s == nil {
			return nil, errNotSafetensors
		}
		m[x.name] = *s
	}
	return m, nil
}

// entry reads the member as a tensor's: exactly its type, its shape and its two offsets.
func (m member) entry() (entry, error) {
	unreadable := fmt.Errorf("the header's entry for tensor %q is unreadable", m.name)
	fields, err := members(m.value)
	if err != nil || len(fields) != 3 {
		return entry{}, unreadable
	}
	var e entry
	var offsets []int64
	for _, f := range fields {
		var to any
		switch f.name {
		case "dtype":
			to = &e.DType
		case "shape":
			to = &e.Shape
		case "data_offsets":
			to = &offsets
		default:
			return entry{}, unreadable
		}
		if bytes.Contains(f.value, []byte("null")) || json.Unmarshal(f.value, to) != nil { // null would leave a zero
			return entry{}, unreadable
		}
	}
	if len(offsets) != 2 {
		return entry{}, unreadable
	}
	if len(e.Shape) > maxDims {
		return entry{}, fmt.Errorf("tensor %q has %d dimensions, more than the %d that are read", m.name, len(e.Shape), maxDims)
	}
	e.Offsets = [2]int64(offsets)
	return e, nil
}
