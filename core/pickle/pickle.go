package pickle

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// ErrShort says that a pickle ends before its end.
var ErrShort = errors.New("the pickle in it is cut short")

const (
	maxProtocol = 5
	maxStack    = 10_000_000
)

// mark is what MARK puts on the stack.
type mark struct{}

// machine is a pickle being read.
type machine struct {
	b     []byte
	at    int
	stack []any
	memo  map[int]any
	names Names
}

// Decode reads the pickle that b begins with, and says how many bytes it has.
func Decode(b []byte, names Names) (value any, length int, err error) {
	m := &machine{b: b, names: names, memo: map[int]any{}}
	for {
		op, err := m.byte()
		if err != nil {
			return nil, 0, err
		}
		if op == '.' {
			break
		}
		if err := m.do(op); err != nil {
			return nil, 0, err
		}
		if len(m.stack) > maxStack {
			return nil, 0, fmt.Errorf("the pickle in it piles up more than %d values", maxStack)
		}
	}
	value, err = m.pop()
	if _, is := value.(mark); is || err != nil {
		return nil, 0, errBroken
	}
	return value, m.at, nil
}

var errBroken = errors.New("the pickle in it is damaged")

func (m *machine) byte() (byte, error) {
	b, err := m.take(1)
	if err != nil {
		return 0, err
	}
	return b[0], nil
}

// take is the next n bytes.
func (m *machine) take(n uint64) ([]byte, error) {
	if n > uint64(len(m.b)-m.at) {
		return nil, ErrShort
	}
	b := m.b[m.at:][:n]
	m.at += int(n)
	return b, nil
}

// number is the next little-endian number of n bytes.
func (m *machine) number(n uint64) (uint64, error) {
	b, err := m.take(n)
	if err != nil {
		return 0, err
	}
	var wide [8]byte
	copy(wide[:], b)
	return binary.LittleEndian.Uint64(wide[:]), nil
}

// counted is the bytes whose number the next n bytes give.
func (m *machine) counted(n uint64) ([]byte, error) {
	k, err := m.number(n)
	if err != nil {
		return nil, err
	}
	return m.take(k)
}

func (m *machine) line() (string, error) {
	i := strings.IndexByte(string(m.b[m.at:min(len(m.b), m.at+1000)]), '\n')
	if i < 0 {
		return "", ErrShort
	}
	s := string(m.b[m.at:][:i])
	m.at += i + 1
	return s, nil
}

func (m *machine) push(v any) error {
	m.stack = append(m.stack, v)
	return nil
}

func (m *machine) pop() (any, error) {
	if len(m.stack) == 0 {
		return nil, errBroken
	}
	v := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	return v, nil
}

// marked is what lies above the last mark, which goes with it.
func (m *machine) marked() ([]any, error) {
	for i := len(m.stack) - 1; i >= 0; i-- {
		if _, is := m.stack[i].(mark); is {
			above := append([]any(nil), m.stack[i+1:]...)
			m.stack = m.stack[:i]
			return above, nil
		}
	}
	return nil, errBroken
}

// do is one opcode.
func (m *machine) do(op byte) error {
	switch op {
	case 0x80: // PROTO
		v, err := m.byte()
		if err == nil && v > maxProtocol {
			return fmt.Errorf("the pickle in it has protocol %d: up to %d is read", v, maxProtocol)
		}
		return err
	case 0x95: // FRAME
		_, err := m.take(8)
		return err
	case '(':
		return m.push(mark{})
	case '0': // POP
		_, err := m.pop()
		return err
	case '1': // POP_MARK
		_, err := m.marked()
		return err
	case '2': // DUP
		v, err := m.pop()
		if err != nil {
			return err
		}
		m.push(v)
		return m.push(v)
	case 'N':
		return m.push(nil)
	case 0x88:
		return m.push(true)
	case 0x89:
		return m.push(false)
	case 'K', 'M', 'J', 'G', 'I', 'L', 0x8a, 0x8b:
		return m.numeral(op)
	case 'X', 0x8c, 0x8d, 'U', 'T', 'C', 'B', 0x8e, 'S', 'V':
		return m.text(op)
	case ')':
		return m.push(Tuple(nil))
	case ']', 0x8f:
		return m.push(new(List))
	case '}':
		return m.push(new(Dict))
	case 't', 'l', 'd', 0x85, 0x86, 0x87, 0x91:
		return m.collect(op)
	case 'a', 'e', 's', 'u', 0x90:
		return m.fill(op)
	case 'q', 'r', 'p', 0x94, 'h', 'j', 'g':
		return m.remember(op)
	case 'c', 0x93, 'R', 0x81, 'b', 'Q':
		return m.ask(op)
	}
	return fmt.Errorf("the pickle in it uses the opcode %q (byte %d), which weights never need", op, m.at-1)
}

func (m *machine) numeral(op byte) error {
	switch op {
	case 'I', 'L': // in decimal
		s, err := m.line()
		if err != nil {
			return err
		}
		if op == 'I' && (s == "00" || s == "01") {
			return m.push(s == "01")
		}
		v, err := strconv.ParseInt(strings.TrimSuffix(s, "L"), 10, 64)
		if err != nil {
			return errBroken
		}
		return m.push(v)
	case 0x8a, 0x8b: // two's complement of any length
		b, err := m.counted(map[byte]uint64{0x8a: 1, 0x8b: 4}[op])
		if err != nil {
			return err
		}
		return m.push(whole(b))
	}
	bytes := map[byte]uint64{'K': 1, 'M': 2, 'J': 4, 'G': 8}[op]
	b, err := m.take(bytes)
	if err != nil {
		return err
	}
	switch op {
	case 'J':
		return m.push(int64(int32(binary.LittleEndian.Uint32(b))))
	case 'G':
		return m.push(math.Float64frombits(binary.BigEndian.Uint64(b)))
	}
	return m.push(whole(append(append([]byte(nil), b...), 0)))
}

// Large is a whole number beyond 64 bits, by its bytes.
type Large string

// whole reads two's complement, little-endian.
func whole(b []byte) any {
	if len(b) > 8 {
		return Large(b)
	}
	v := int64(0)
	for i, x := range b {
		v |= int64(x) << (8 * i)
	}
	if n := len(b); n > 0 && n < 8 && b[n-1]&0x80 != 0 {
		v -= 1 << (8 * n)
	}
	return v
}

func (m *machine) text(op byte) error {
	switch op {
	case 'S', 'V':
		s, err := m.line()
		if err != nil {
			return err
		}
		if op == 'S' {
			s = strings.Trim(s, `'"`)
		}
		return m.push(s)
	}
	b, err := m.counted(map[byte]uint64{'X': 4, 0x8c: 1, 0x8d: 8, 'U': 1, 'T': 4, 'C': 1, 'B': 4, 0x8e: 8}[op])
	if err != nil {
		return err
	}
	return m.push(string(b))
}

// collect makes a tuple, list, set or dictionary of what lies on the stack.
func (m *machine) collect(op byte) error {
	var above []any
	if op >= 0x85 && op <= 0x87 { // tuples of one to three
		n := int(op - 0x84)
		if len(m.stack) < n {
			return errBroken
		}
		above = append(above, m.stack[len(m.stack)-n:]...)
		m.stack = m.stack[:len(m.stack)-n]
		return m.push(Tuple(above))
	}
	above, err := m.marked()
	if err != nil {
		return err
	}
	switch op {
	case 't':
		return m.push(Tuple(above))
	case 'd':
		d := new(Dict)
		if err := d.add(above); err != nil {
			return err
		}
		return m.push(d)
	}
	return m.push(&List{above})
}

func (d *Dict) add(pairs []any) error {
	if len(pairs)%2 != 0 {
		return errBroken
	}
	for i := 0; i < len(pairs); i += 2 {
		d.Items = append(d.Items, Item{pairs[i], pairs[i+1]})
	}
	return nil
}

// fill adds what lies on the stack to the list, set or dictionary below it.
func (m *machine) fill(op byte) (err error) {
	var above []any
	switch op {
	case 'a', 's':
		n := map[byte]int{'a': 1, 's': 2}[op]
		if len(m.stack) < n {
			return errBroken
		}
		above = append(above, m.stack[len(m.stack)-n:]...)
		m.stack = m.stack[:len(m.stack)-n]
	default:
		if above, err = m.marked(); err != nil {
			return err
		}
	}
	if len(m.stack) == 0 {
		return errBroken
	}
	switch to := m.stack[len(m.stack)-1].(type) {
	case *List:
		if op == 's' || op == 'u' {
			return errBroken
		}
		to.Items = append(to.Items, above...)
		return nil
	case *Dict:
		if op != 's' && op != 'u' {
			return errBroken
		}
		return to.add(above)
	}
	return errBroken
}

// remember puts the top of the stack among what is remembered, or the reverse.
func (m *machine) remember(op byte) error {
	key := len(m.memo)
	switch op {
	case 'q', 'h', 'r', 'j':
		v, err := m.number(map[byte]uint64{'q': 1, 'h': 1, 'r': 4, 'j': 4}[op])
		if err != nil {
			return err
		}
		key = int(v)
	case 'p', 'g':
		s, err := m.line()
		if err != nil {
			return err
		}
		if key, err = strconv.Atoi(s); err != nil {
			return errBroken
		}
	}
	switch op {
	case 'h', 'j', 'g':
		v, ok := m.memo[key]
		if !ok {
			return errBroken
		}
		return m.push(v)
	}
	if len(m.stack) == 0 {
		return errBroken
	}
	m.memo[key] = m.stack[len(m.stack)-1]
	return nil
}
