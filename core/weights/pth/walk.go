package pth

import (
	"errors"
	"fmt"
	"strconv"

	"ganvas/core/pickle"
)

const (
	maxDepth   = 12
	maxTensors = 100_000
	maxKey     = 500 // bytes
)

// walk goes through a file's value for tensors.
type walk struct {
	r      *reader
	file   *File
	looked int
}

func (r *reader) file(v any) (*File, error) {
	w := &walk{r: r, file: &File{Versions: map[string]int{}}}
	if _, alone := v.(*view); alone {
		return nil, errors.New("the file holds one tensor and no name for it: a generator's weights are a dictionary of tensors")
	}
	if err := w.value("", v, 0); err != nil {
		return nil, err
	}
	if len(w.file.Tensors) == 0 {
		return nil, fmt.Errorf("the file holds no tensors: what was saved is %s", pickle.Says(v))
	}
	return w.file, nil
}

func (w *walk) value(name string, v any, depth int) error {
	if w.looked++; w.looked > w.r.size || depth > maxDepth {
		return errors.New("the file holds itself, or the same values over and over")
	}
	under := func(key string) string {
		if name == "" {
			return key
		}
		return name + "." + key
	}
	switch v := v.(type) {
	case *view:
		if len(w.file.Tensors) == maxTensors {
			return fmt.Errorf("the file holds more than the %d tensors that are read", maxTensors)
		}
		t, err := w.r.bring(name, v)
		w.file.Tensors = append(w.file.Tensors, t)
		return err
	case *pickle.Dict:
		w.versions(name, v)
		last := map[string]int{} // a key that is set twice counts once
		for i, item := range v.Items {
			if k, is := key(item.Key); is {
				last[k] = i
			}
		}
		for i, item := range v.Items {
			if k, is := key(item.Key); is && last[k] == i && len(k) <= maxKey {
				if err := w.value(under(k), item.Value, depth+1); err != nil {
					return err
				}
			}
		}
	case pickle.Tuple:
		return w.list(under, v, depth)
	case *pickle.List:
		return w.list(under, v.Items, depth)
	}
	return nil
}

func (w *walk) list(under func(string) string, items []any, depth int) error {
	for i, item := range items {
		switch item.(type) {
		case *view, *pickle.Dict, pickle.Tuple, *pickle.List:
			if err := w.value(under(strconv.Itoa(i)), item, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func key(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case int64:
		return strconv.FormatInt(v, 10), true
	}
	return "", false
}

// versions takes what a state dict says of its modules.
func (w *walk) versions(name string, d *pickle.Dict) {
	state, is := d.State.(*pickle.Dict)
	if !is {
		return
	}
	meta, _ := state.Get("_metadata")
	modules, is := meta.(*pickle.Dict)
	if !is {
		return
	}
	for _, m := range modules.Items {
		module, isText := m.Key.(string)
		about, isDict := m.Value.(*pickle.Dict)
		if !isText || !isDict || len(w.file.Versions) > maxTensors {
			continue
		}
		if v, ok := about.Get("version"); ok {
			if n, is := v.(int64); is {
				full := module
				if name != "" {
					full = name + "." + module
				}
				w.file.Versions[full] = int(n)
			}
		}
	}
}
