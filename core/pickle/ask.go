package pickle

import "fmt"

// ask is what a pickle wants of the world: a name, a call of one, its state, or a value that is kept elsewhere.
func (m *machine) ask(op byte) error {
	switch op {
	case 'c': // GLOBAL
		module, err := m.line()
		if err != nil {
			return err
		}
		name, err := m.line()
		if err != nil {
			return err
		}
		return m.find(Name{module, name})
	case 0x93: // STACK_GLOBAL
		name, err1 := m.pop()
		module, err2 := m.pop()
		n, isText := name.(string)
		mod, isToo := module.(string)
		if err1 != nil || err2 != nil || !isText || !isToo {
			return errBroken
		}
		return m.find(Name{mod, n})
	case 'Q': // BINPERSID
		id, err := m.pop()
		if err != nil {
			return err
		}
		if m.names.Persistent == nil {
			return fmt.Errorf("the pickle in it refers to %s outside of it", Says(id))
		}
		v, err := m.names.Persistent(id)
		if err != nil {
			return err
		}
		return m.push(v)
	case 'b':
		return m.build()
	}
	args, err := m.pop()
	if err != nil {
		return err
	}
	what, err := m.pop()
	if err != nil {
		return err
	}
	k, isName := what.(known)
	tuple, isTuple := args.(Tuple)
	if !isName || !isTuple {
		return errBroken
	}
	v, err := k.call(tuple)
	if err != nil {
		return err
	}
	return m.push(v)
}

func (m *machine) find(n Name) error {
	call, err := m.names.Find(n)
	if err != nil {
		return err
	}
	return m.push(known{n, call})
}

// build gives the value below the top its state: attributes of an ordered dictionary are kept aside, and values that a
// caller made have none.
func (m *machine) build() error {
	state, err := m.pop()
	if err != nil {
		return err
	}
	if len(m.stack) == 0 {
		return errBroken
	}
	switch to := m.stack[len(m.stack)-1].(type) {
	case *Dict:
		to.State = state
	case *List, Tuple, known, mark:
		return errBroken
	}
	return nil
}
