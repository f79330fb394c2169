package live

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"sync"

	"ganvas/core/wire"
)

// A message is text, one JSON object; or, with bytes beside it, binary: the length of the JSON as 4 bytes, little-endian, the
// JSON, and the bytes. Of more than a piece of bytes the first go before it in pieces, messages of type "part" each, so that signs
// of life come between them on a slow connection.

// message is an event on its way to viewers. It is written once, by whichever of their connections is first.
type message struct {
	event wire.Event
	plain []byte // JSON of what is no event
	own   bool   // it waits for one viewer alone
	once  sync.Once
	text  []byte
}

// json is the message's JSON.
func (m *message) json() []byte {
	m.once.Do(func() {
		if m.text = m.plain; m.text == nil {
			m.text = encode(m.event)
		}
	})
	return m.text
}

// encode writes an event; one with a number that JSON cannot carry says so.
func encode(e wire.Event) []byte {
	b, err := json.Marshal(e)
	if err != nil {
		b, _ = json.Marshal(wire.Event{Type: e.Type, ID: e.ID, Error: "The message cannot be written: " + err.Error() + "."})
	}
	return b
}

// plain is a message of the conversation itself.
func plain(v any) *message {
	b, err := json.Marshal(v)
	if err != nil {
		panic("live: a message that cannot be written")
	}
	return &message{plain: b}
}

// join puts JSON and the bytes beside it together.
func join(text, beside []byte) []byte {
	b := make([]byte, 4, 4+len(text)+len(beside))
	binary.LittleEndian.PutUint32(b, uint32(len(text)))
	return append(append(b, text...), beside...)
}

var partText = []byte(`{"type":"part"}`)

var errFrame = errors.New("the message is no frame of JSON and bytes")

// part takes them apart; they share b's memory.
func part(b []byte) (text, beside []byte, err error) {
	if len(b) < 4 {
		return nil, nil, errFrame
	}
	n := binary.LittleEndian.Uint32(b)
	if uint64(n) > uint64(len(b)-4) {
		return nil, nil, errFrame
	}
	return b[4 : 4+n], b[4+n:], nil
}
