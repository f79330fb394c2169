package pth

import (
	"errors"
	"fmt"
	"strings"

	"ganvas/core/pickle"
	"ganvas/core/weights"
)

// storages is PyTorch's classes of storages and what their numbers are.
var storages = map[string]weights.DType{
	"DoubleStorage": weights.F64, "FloatStorage": weights.F32, "HalfStorage": weights.F16, "BFloat16Storage": weights.BF16, "LongStorage": weights.I64,
	"IntStorage": weights.I32, "ShortStorage": weights.I16, "CharStorage": weights.I8, "ByteStorage": weights.U8, "BoolStorage": weights.Bool,
}

// refusals is what is no weights, by how its name begins, and the sentence that says so.
var refusals = []struct{ begins, says string }{
	{"torch._utils._rebuild_sparse", "it holds a sparse tensor: save it as tensor.to_dense()"},
	{"torch._utils._rebuild_qtensor", "it holds a quantised tensor: save it as tensor.dequantize()"},
	{"torch.Q", "it holds quantised numbers: save them as tensor.dequantize()"},
	{"torch._utils._rebuild_meta", "it holds a tensor on the device meta, which has a shape and no numbers"},
	{"torch._utils._rebuild_nested", "it holds a nested tensor"},
	{"torch.Complex", "it holds complex numbers"},
	{"torch._utils._rebuild_tensor_v3", "it holds a tensor of a number type that is not read here: save it as tensor.float()"},
	{"torch._utils._rebuild_wrapper", "it holds a tensor of a class of somebody's own"},
	{"torch._tensor._rebuild_from_type", "it holds a tensor of a class of somebody's own"},
	{"torch.jit.", "it holds a TorchScript program"},
}

const remedy = "in the program that made it, save weights alone: torch.save(model.state_dict(), \"weights.pth\")"

// unknown refuses a name.
func unknown(n pickle.Name) error {
	full := n.String()
	for _, r := range refusals {
		if strings.HasPrefix(full, r.begins) {
			return fmt.Errorf("the file cannot be read: %s (%s)", r.says, printable(full))
		}
	}
	return fmt.Errorf("the file holds more than weights: it asks for %s, and nothing that a file asks for is run here; %s", printable(full), remedy)
}

// wholeModule refuses a network that was saved with its classes.
func wholeModule(class string) error {
	return fmt.Errorf("the file holds a whole module of the class %s, which only its own program can load; %s", printable(class), remedy)
}

// printable is a name without what a terminal would act on, and of a length that fits a sentence.
func printable(s string) string {
	q := fmt.Sprintf("%q", s[:min(len(s), 80)])
	return strings.Trim(q, `"`)
}

// opaque is a value of a known kind that no weights are in.
type opaque string

func (o opaque) String() string { return string(o) }

func (r *reader) names() pickle.Names {
	return pickle.Names{Find: r.find, Persistent: r.persistent}
}

// find is what calls of the names that weights need give.
func (r *reader) find(n pickle.Name) (pickle.Call, error) {
	gives := func(v func() any) (pickle.Call, error) {
		return func(pickle.Tuple) (any, error) { return v(), nil }, nil
	}
	never := func(pickle.Tuple) (any, error) { return nil, unknown(n) }
	switch n.String() {
	case "collections.OrderedDict":
		return func(args pickle.Tuple) (any, error) {
			d := new(pickle.Dict)
			if len(args) > 0 { // pairs
				if pairs, is := args[0].(*pickle.List); is {
					for _, p := range pairs.Items {
						if p, is := pair(p); is {
							d.Items = append(d.Items, p)
						}
					}
				}
			}
			return d, nil
		}, nil
	case "collections.defaultdict":
		return gives(func() any { return new(pickle.Dict) })
	case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2":
		return r.tensor, nil
	case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
		return func(args pickle.Tuple) (any, error) {
			if len(args) == 0 {
				return nil, errors.New("the file is damaged: a parameter has no tensor")
			}
			return args[0], nil
		}, nil
	case "torch.Size", "torch.device", "torch.serialization._get_layout", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar", "numpy.dtype", "_codecs.encode", "builtins.set":
		return gives(func() any { return opaque(n.String()) })
	case "builtins.list", "builtins.dict", "builtins.int", "builtins.float": // a defaultdict's
		return never, nil
	}
	if n.Module == "torch" {
		if _, is := storages[n.Name]; is || strings.HasPrefix(n.Name, "float") || strings.HasPrefix(n.Name, "int") || n.Name == "bfloat16" || n.Name == "strided" {
			return never, nil
		}
	}
	if strings.HasPrefix(n.Module, "torch.nn.modules.") || n.Module == "__main__" {
		return nil, wholeModule(n.String())
	}
	return nil, unknown(n)
}

func pair(v any) (pickle.Item, bool) {
	switch v := v.(type) {
	case pickle.Tuple:
		if len(v) == 2 {
			return pickle.Item{Key: v[0], Value: v[1]}, true
		}
	case *pickle.List:
		if len(v.Items) == 2 {
			return pickle.Item{Key: v.Items[0], Value: v.Items[1]}, true
		}
	}
	return pickle.Item{}, false
}
