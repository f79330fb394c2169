// Package pickle reads the values in a Python pickle by an interpreter of the few opcodes that tensors need. Nothing that
// the pickle names is looked up or run: a caller says which names it knows and what a call of them gives, and everything
// else is refused by its name. What is read takes memory in proportion to the bytes it was read from.
package pickle

import "fmt"

// Tuple and List are Python's; every other value is nil, bool, int64, float64, string, *Dict, or what a caller's Names give.
type Tuple []any

// List is Python's list, or a set. It may hold itself.
type List struct{ Items []any }

// Item is one key of a dictionary and its value.
type Item struct{ Key, Value any }

// Dict is a dictionary in the order in which it was filled. A key that was set twice stands there twice. It may hold itself.
type Dict struct {
	Items []Item
	State any // the attributes that an ordered dictionary had beside its items
}

// Get is the value that was last set under a text.
func (d *Dict) Get(key string) (v any, ok bool) {
	for _, i := range d.Items {
		if s, is := i.Key.(string); is && s == key {
			v, ok = i.Value, true
		}
	}
	return v, ok
}

// Name is a module's name in it, which a pickle asks for.
type Name struct{ Module, Name string }

func (n Name) String() string { return n.Module + "." + n.Name }

// Call is what a known name gives when the pickle calls it with arguments.
type Call func(args Tuple) (any, error)

// Names are the world that a pickle may ask for.
type Names struct {
	// Find is what calling a name gives. Its error refuses the whole pickle.
	Find func(n Name) (Call, error)
	// Persistent is the value that the pickle's maker kept elsewhere under an id; nil where there is none.
	Persistent func(id any) (any, error)
}

// known is a name on the interpreter's stack.
type known struct {
	Name
	call Call
}

func (k known) String() string { return k.Name.String() }

// Says describes a value in a word, for sentences that refuse it.
func Says(v any) string {
	switch v := v.(type) {
	case nil:
		return "None"
	case bool, int64, float64:
		return "a number"
	case string:
		return "a text"
	case Tuple:
		return "a tuple"
	case *List:
		return "a list"
	case *Dict:
		return "a dictionary"
	case known:
		return "the name " + v.String()
	}
	return fmt.Sprintf("%v", v)
}

// NameOf is the name that a value is, such as a class among a call's arguments.
func NameOf(v any) (Name, bool) {
	k, ok := v.(known)
	return k.Name, ok
}
